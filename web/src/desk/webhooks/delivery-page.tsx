import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type DeliveryDetail, deliveryQuery } from "../../api/webhooks.ts";
import { zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { type Fact, FactList } from "../../shell/fact-list.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { useMay } from "../../shell/use-may.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { wordFor } from "../words.ts";
import { AttemptsTable } from "./attempts-table.tsx";
import { DeliveryStateTag } from "./delivery-state-tag.tsx";
import { EVENT_TYPE_WORDS } from "./event-type-words.ts";
import { shortSequence } from "./short-sequence.ts";
import { useReplayOne } from "./use-replay-one.ts";
import { useSecondText } from "./use-second-text.ts";
import "./webhooks.css";

/** One event's way to one endpoint: each attempt, and what is sent. */
export function DeliveryPage() {
  const { t } = useTranslation("desk");
  const { endpoint, sequence } = useParams({ from: "/desk/webhooks/$endpoint/deliveries/$sequence" });
  const delivery = useQuery(deliveryQuery(endpoint, sequence));
  const mayManage = useMay()("webhooks:manage");
  const [done, setDone] = useState("");
  const replaying = useReplayOne(endpoint, () => setDone(t("webhooks.delivery.replayed")));
  const heading = t("webhooks.delivery.heading", { sequence: shortSequence(sequence) });
  usePageTitle(heading);
  const { data } = delivery;
  return (
    <>
      <p className="small back-line">
        <Link to={PATHS.webhook} params={{ endpoint }}>
          {t("webhooks.backToEndpoint")}
        </Link>
      </p>
      <div className="heading-with-action">
        <h1>{heading}</h1>
        {mayManage && data && data.state !== "pending" && (
          <Button
            type="primary"
            loading={replaying.isPending && { delay: 300 }}
            onClick={() => replaying.mutate(sequence)}
          >
            {t("webhooks.delivery.replay")}
          </Button>
        )}
      </div>
      <p className={done === "" ? "unseen" : "done-line"} role="status">
        {done}
      </p>
      {replaying.error && <ProblemPanel error={replaying.error} />}
      {delivery.isError && <ProblemPanel error={delivery.error} onRetry={() => void delivery.refetch()} />}
      {delivery.isPending && <TableSkeleton />}
      {data && <Delivered delivery={data} />}
    </>
  );
}

function Delivered({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation("desk");
  const facts = useDeliveryFacts(delivery);
  return (
    <>
      <section className="card endpoint-card" aria-label={t("webhooks.delivery.state")}>
        <FactList facts={facts} />
      </section>
      <h2 className="desk-subheading">{t("webhooks.delivery.attemptsHeading")}</h2>
      {delivery.tried.length === 0 ? (
        <p className="soft">{t("webhooks.delivery.noAttempts")}</p>
      ) : (
        <AttemptsTable attempts={delivery.tried} />
      )}
      <h2 className="desk-subheading">{t("webhooks.delivery.body")}</h2>
      {delivery.body === null ? (
        <p className="soft">{t("webhooks.delivery.bodyHidden")}</p>
      ) : (
        <pre className="card code event-body">{JSON.stringify(delivery.body, null, 2)}</pre>
      )}
    </>
  );
}

function useDeliveryFacts({ state, type, event, dueSince, settledAt, attempts, replays }: DeliveryDetail): Fact[] {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const secondText = useSecondText();
  const facts: Fact[] = [
    { label: t("webhooks.delivery.state"), value: <DeliveryStateTag state={state} /> },
    { label: t("webhooks.delivery.type"), value: wordFor(EVENT_TYPE_WORDS, type, language), note: type },
    { label: t("webhooks.delivery.id"), value: <span className="code wrap">{event}</span> },
    {
      label: t("webhooks.delivery.dueSince"),
      value: secondText(dueSince),
      note: zoneText(zone, dueSince, language),
    },
  ];
  if (settledAt !== null) facts.push({ label: t("webhooks.delivery.settledAt"), value: secondText(settledAt) });
  const again = replays > 0 && { note: t("webhooks.deliveries.replays", { count: replays }) };
  facts.push({ label: t("webhooks.delivery.attempts"), value: attempts, ...again });
  return facts;
}
