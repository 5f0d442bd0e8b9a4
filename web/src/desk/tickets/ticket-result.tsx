import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { nextTicketQuery } from "../../api/desk-tickets.ts";
import type { Thread } from "../../api/tickets.ts";
import { momentText, zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { contractPdfUrl, PATHS } from "../../paths.ts";
import { Icon } from "../../shell/icon.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { useMay } from "../../shell/use-may.ts";
import { useActorText } from "../use-actor-text.ts";

/** Where reading goes on when a ticket is closed while it is shown. */
export const RESULT_ID = "ticket-result";

/** What came of a ticket: the contract to look at and to download, or the reason; and what to do next. */
export function TicketResult({ thread }: { thread: Thread }) {
  const { t } = useTranslation("desk");
  const may = useMay();
  const { state, contract, reason } = thread;
  const title = state === "rejected" ? "rejected" : contract === null ? "resolvedLate" : "resolved";
  return (
    <section
      id={RESULT_ID}
      tabIndex={-1}
      className={`verdict-panel ticket-panel verdict-${state === "rejected" ? "off" : "good"}`}
      aria-labelledby="ticket-result-title"
    >
      <Icon name={state === "rejected" ? "cross" : "check"} size={20} />
      <div>
        <h2 id="ticket-result-title" className="verdict-title">
          {t(`tickets.result.${title}`)}
        </h2>
        {reason !== null && <p className="said">{reason}</p>}
        {contract !== null && <OfflineContract number={contract} />}
        <ClosedBy thread={thread} />
        {may("tickets:resolve") && <NextTicket thread={thread} />}
      </div>
    </section>
  );
}

function OfflineContract({ number }: { number: string }) {
  const { t } = useTranslation("desk");
  return (
    <p className="ticket-contract">
      <span className="soft">{t("tickets.result.number")}</span>
      <Link className="code ticket-contract-number" to={PATHS.deskContract} params={{ number }}>
        {number}
      </Link>
      <Button
        icon={<Icon name="download" size={15} />}
        href={contractPdfUrl(number)}
        download={`${number}.pdf`}
        aria-label={t("tickets.result.downloadFor", { number })}
      >
        {t("tickets.result.download")}
      </Button>
    </p>
  );
}

function ClosedBy({ thread: { closedAt, atDesk } }: { thread: Thread }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const actorText = useActorText();
  const by = atDesk?.closedBy ?? null;
  if (closedAt === null || by === null) return null;
  const moment = `${momentText(closedAt, zone, language)} (${zoneText(zone, closedAt, language)})`;
  return <p className="soft small wrap">{t("tickets.result.by", { by: actorText(by), moment })}</p>;
}

function NextTicket({ thread: { queue, ticket } }: { thread: Thread }) {
  const { t } = useTranslation("desk");
  const { data } = useQuery(nextTicketQuery(queue, ticket));
  if (data === undefined) return null;
  if (data === null) return <p className="soft">{t("tickets.result.none")}</p>;
  return (
    <p>
      <Link className="next-ticket" to={PATHS.deskTicket} params={{ ticket: data.ticket }}>
        {t("tickets.result.next", { order: data.order })} <Icon name="arrow" size={14} />
      </Link>
    </p>
  );
}
