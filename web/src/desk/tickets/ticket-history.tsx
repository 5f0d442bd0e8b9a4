import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type HistoryEntry, historyQuery } from "../../api/history.ts";
import { momentText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { ACTION_WORDS } from "../action-words.ts";
import { useActorText } from "../use-actor-text.ts";
import { wordFor } from "../words.ts";

const LOOK_AGAIN_EVERY_MS = 10_000;

/** Who did what with the ticket, the newest first, as the audit has it. */
export function TicketHistory({ ticket }: { ticket: string }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const actorText = useActorText();
  // An entry is told of within a second of its change, and so not yet when the page has just made one.
  const { data } = useQuery({ ...historyQuery({ kind: "ticket", ticket }, ""), refetchInterval: LOOK_AGAIN_EVERY_MS });
  return (
    <section className="card" aria-labelledby="ticket-history">
      <h2 id="ticket-history">{t("history.heading")}</h2>
      {data?.items.length === 0 && <p className="soft">{t("history.empty")}</p>}
      <ol className="ticket-steps">
        {data?.items.map(({ id, at, action, actor, detail }) => (
          <li key={id}>
            <span>
              {wordFor(ACTION_WORDS, action, language)}
              {action === "ticket.assigned" && <Assigned detail={detail} />}
            </span>
            <span className="soft small wrap">
              <time dateTime={at}>{momentText(at, zone, language)}</time> · {actorText(`${actor.kind}:${actor.id}`)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Assigned({ detail: { assignee } }: Pick<HistoryEntry, "detail">) {
  const { t } = useTranslation("desk");
  const isSomebody = typeof assignee === "string";
  return <> · {isSomebody ? t("tickets.history.to", { person: assignee }) : t("tickets.history.toNobody")}</>;
}
