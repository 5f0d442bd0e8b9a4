import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { auditQuery } from "../../api/audit.ts";
import type { Thread } from "../../api/tickets.ts";
import { momentText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { useMay } from "../../shell/use-may.ts";
import { ACTION_WORDS } from "../action-words.ts";
import { useActorText } from "../use-actor-text.ts";
import { wordFor } from "../words.ts";

interface Step {
  readonly key: string;
  readonly at: string;
  readonly action: string;
  /** "desk:contract-desk-1"; empty where it is not known. */
  readonly by: string;
  /** Whose the ticket has become; null: nobody's. */
  readonly assignee?: string | null;
}

/** Who did what with the ticket, oldest first: as the audit has it for whoever may read it, else as the ticket tells. */
export function TicketHistory({ thread }: { thread: Thread }) {
  const { t } = useTranslation("desk");
  const may = useMay();
  const audited = may("audit:read");
  return (
    <section className="card" aria-labelledby="ticket-history">
      <h2 id="ticket-history">{t("tickets.history.heading")}</h2>
      {audited ? <AuditedSteps ticket={thread.ticket} /> : <Steps steps={stepsOf(thread)} />}
      {audited && (
        <p className="small">
          <Link to={PATHS.audit} search={{ objectKind: "ticket", object: thread.ticket }}>
            {t("tickets.history.full")}
          </Link>
        </p>
      )}
    </section>
  );
}

function AuditedSteps({ ticket }: { ticket: string }) {
  const { data } = useQuery(auditQuery({ objectKind: "ticket", object: ticket }, ""));
  const steps = (data?.items ?? []).map(
    ({ id, at, action, actor, detail }): Step => ({
      ...{ key: id, at, action, by: `${actor.kind}:${actor.id}` },
      ...(action === "ticket.assigned" && {
        assignee: typeof detail.assignee === "string" ? detail.assignee : null,
      }),
    }),
  );
  return <Steps steps={steps.toReversed()} />;
}

function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const actorText = useActorText();
  return (
    <ol className="ticket-steps">
      {steps.map(({ key, at, action, by, assignee }) => (
        <li key={key}>
          <span>
            {wordFor(ACTION_WORDS, action, language)}
            {assignee !== undefined &&
              ` · ${assignee === null ? t("tickets.history.toNobody") : t("tickets.history.to", { person: assignee })}`}
          </span>
          <span className="soft small wrap">
            <time dateTime={at}>{momentText(at, zone, language)}</time>
            {by !== "" && ` · ${actorText(by)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What the ticket itself tells; who took it when is in the audit alone. */
function stepsOf({ openedAt, state, closedAt, messages, attachments, atDesk }: Thread): readonly Step[] {
  const opened: Step = { key: "opened", at: openedAt, action: "ticket.opened", by: "" };
  // What was said at the opening is part of it.
  const answers = messages
    .filter(({ at, from }) => from !== "system" && at !== openedAt)
    .map(({ at, from, author }, index): Step => {
      return { key: `said ${index}`, at, action: "ticket.answered", by: `${from}:${author}` };
    });
  const files = attachments.map(
    ({ id, at, from }): Step => ({ key: id, at, action: "ticket.attached", by: `${from}:` }),
  );
  const closed: readonly Step[] =
    closedAt === null ? [] : [{ key: "closed", at: closedAt, action: `ticket.${state}`, by: atDesk?.closedBy ?? "" }];
  return [opened, ...[...answers, ...files].sort((one, other) => one.at.localeCompare(other.at)), ...closed];
}
