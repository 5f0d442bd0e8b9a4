import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Delivery } from "../../api/webhooks.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { TimesNote } from "../../shell/times-note.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { wordFor } from "../words.ts";
import { ATTEMPT_WORDS } from "./attempt-words.ts";
import { DeliveryStateTag } from "./delivery-state-tag.tsx";
import { EVENT_TYPE_WORDS } from "./event-type-words.ts";
import { shortSequence } from "./short-sequence.ts";
import { useSecondText } from "./use-second-text.ts";

const COLUMNS = ["event", "state", "attempts", "last", "times"] as const;

interface DeliveriesTableProps {
  readonly endpoint: string;
  readonly deliveries: readonly Delivery[];
  /** Before then nothing is sent; null while nothing failed. */
  readonly restsUntil: string | null;
  /** Null for whoever may only look. */
  readonly onReplay: ((sequence: string) => void) | null;
}

export function DeliveriesTable({ deliveries, ...row }: DeliveriesTableProps) {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  const [newest] = deliveries;
  return (
    <>
      <div className="table-card">
        <table className="table stacking labelled deliveries-table">
          <caption className="unseen">{t("webhooks.deliveries.caption")}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`webhooks.deliveries.column.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="unseen">{t("webhooks.deliveries.action")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <DeliveryRow key={delivery.sequence} delivery={delivery} {...row} />
            ))}
          </tbody>
        </table>
      </div>
      {newest && <TimesNote zone={zone} at={newest.dueSince} />}
    </>
  );
}

interface DeliveryRowProps extends Omit<DeliveriesTableProps, "deliveries"> {
  readonly delivery: Delivery;
}

function DeliveryRow({ endpoint, delivery, restsUntil, onReplay }: DeliveryRowProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { sequence, type, state, attempts, replays } = delivery;
  const short = shortSequence(sequence);
  return (
    <tr>
      <th scope="row" className="column-event">
        <Link
          to={PATHS.webhookDelivery}
          params={{ endpoint, sequence }}
          aria-label={t("webhooks.deliveries.show", { sequence: short })}
        >
          {t("webhooks.deliveries.sequence", { sequence: short })}
        </Link>
        <span className="small event-type">{wordFor(EVENT_TYPE_WORDS, type, language)}</span>
        <span className="soft small code wrap">{type}</span>
      </th>
      <td data-label={t("webhooks.deliveries.column.state")}>
        <DeliveryStateTag state={state} />
      </td>
      <td data-label={t("webhooks.deliveries.column.attempts")}>
        <div>
          <span className="number">{attempts}</span>
          {replays > 0 && <span className="soft small">{t("webhooks.deliveries.replays", { count: replays })}</span>}
        </div>
      </td>
      <td data-label={t("webhooks.deliveries.column.last")}>
        <LastAttempt delivery={delivery} />
      </td>
      <td data-label={t("webhooks.deliveries.column.times")}>
        <DeliveryTimes delivery={delivery} next={state === "pending" ? restsUntil : null} />
      </td>
      <td className="column-action">
        {onReplay && state !== "pending" && (
          <Button
            size="small"
            aria-label={t("webhooks.deliveries.replayFor", { sequence: short })}
            onClick={() => onReplay(sequence)}
          >
            {t("webhooks.deliveries.replay")}
          </Button>
        )}
      </td>
    </tr>
  );
}

function LastAttempt({ delivery: { lastAttempt } }: { delivery: Delivery }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const secondText = useSecondText();
  if (lastAttempt === null) return <span className="soft">{t("webhooks.deliveries.notTried")}</span>;
  const { status, result, tookMs, at } = lastAttempt;
  return (
    <div>
      <span>
        {wordFor(ATTEMPT_WORDS, result, language)}
        {status !== null && ` · ${t("webhooks.deliveries.status", { status })}`}
      </span>
      <span className="soft small">
        <time dateTime={at}>{secondText(at)}</time> · {t("webhooks.deliveries.took", { ms: tookMs })}
      </span>
    </div>
  );
}

function DeliveryTimes({ delivery: { dueSince, settledAt }, next }: { delivery: Delivery; next: string | null }) {
  const { t } = useTranslation("desk");
  const secondText = useSecondText();
  return (
    <div>
      <span className="soft small">{t("webhooks.deliveries.dueSince", { moment: secondText(dueSince) })}</span>
      {next !== null && (
        <span className="soft small">{t("webhooks.deliveries.next", { moment: secondText(next) })}</span>
      )}
      {settledAt !== null && (
        <span className="soft small">{t("webhooks.deliveries.settledAt", { moment: secondText(settledAt) })}</span>
      )}
    </div>
  );
}
