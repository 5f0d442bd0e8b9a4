import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { TicketState } from "../../api/desk-ticket-search.ts";
import { sessionQuery } from "../../api/session.ts";
import type { Ticket } from "../../api/tickets.ts";
import { momentText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { TimesNote } from "../../shell/times-note.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { TicketOutcome } from "../../tickets/ticket-outcome.tsx";
import { useTicketWords } from "../../tickets/use-ticket-words.ts";
import { useActorText } from "../use-actor-text.ts";
import { TurnText } from "./turn-text.tsx";
import { visibleQueues } from "./visible-queues.ts";

const OPEN_COLUMNS = ["order", "buyer", "topic", "opened", "waiting", "assignee"] as const;
const CLOSED_COLUMNS = ["order", "buyer", "topic", "opened", "closed", "outcome"] as const;

interface DeskTicketsTableProps {
  readonly tickets: readonly Ticket[];
  readonly state: TicketState;
}

export function DeskTicketsTable({ tickets, state }: DeskTicketsTableProps) {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  return (
    <>
      <ColumnTable
        className="labelled desk-tickets-table"
        caption={t("tickets.caption")}
        columns={(state === "open" ? OPEN_COLUMNS : CLOSED_COLUMNS).map((column) => ({
          name: column,
          label: t(`tickets.column.${column}`),
        }))}
      >
        {tickets.map((ticket) => (
          <TicketRow key={ticket.ticket} ticket={ticket} />
        ))}
      </ColumnTable>
      <TimesNote zone={zone} />
    </>
  );
}

function TicketRow({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const words = useTicketWords();
  const { data: session } = useQuery(sessionQuery);
  const seesBoth = visibleQueues(session?.staff?.roles ?? []).length > 1;
  const { order, account, openedAt, atDesk } = ticket;
  return (
    <tr>
      <th scope="row" className="column-number">
        <Link
          className="order-number"
          to={PATHS.deskTicket}
          params={{ ticket: ticket.ticket }}
          aria-label={t("tickets.show", { order })}
        >
          {order}
        </Link>
      </th>
      <td data-label={t("tickets.column.buyer")}>
        <div>
          <span className="wrap">{atDesk?.legalName ?? t("tickets.unnamed")}</span>
          <span className="soft small wrap">{account}</span>
        </div>
      </td>
      <td data-label={t("tickets.column.topic")}>
        <div>
          <span>{ticket.topicText}</span>
          {seesBoth && <span className="soft small">{words.queue(ticket.queue)}</span>}
        </div>
      </td>
      <td data-label={t("tickets.column.opened")}>
        <time dateTime={openedAt}>{momentText(openedAt, zone, language)}</time>
      </td>
      {ticket.state === "open" ? <OpenCells ticket={ticket} /> : <ClosedCells ticket={ticket} />}
    </tr>
  );
}

function OpenCells({ ticket: { atDesk } }: { ticket: Ticket }) {
  const { t } = useTranslation("desk");
  const { data: session } = useQuery(sessionQuery);
  const assignee = atDesk?.assignee ?? null;
  const isMine = assignee !== null && assignee === session?.staff?.person;
  return (
    <>
      <td data-label={t("tickets.column.waiting")}>{atDesk && <TurnText atDesk={atDesk} />}</td>
      <td data-label={t("tickets.column.assignee")}>
        {assignee === null ? (
          <span className="soft">{t("tickets.nobody")}</span>
        ) : (
          <span className="wrap">{isMine ? <strong>{t("tickets.me")}</strong> : assignee}</span>
        )}
      </td>
    </>
  );
}

function ClosedCells({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const actorText = useActorText();
  const { closedAt, atDesk } = ticket;
  return (
    <>
      <td data-label={t("tickets.column.closed")}>
        <div>
          {closedAt !== null && <time dateTime={closedAt}>{momentText(closedAt, zone, language)}</time>}
          {atDesk?.closedBy != null && (
            <span className="soft small wrap">{t("tickets.closedBy", { by: actorText(atDesk.closedBy) })}</span>
          )}
        </div>
      </td>
      <td data-label={t("tickets.column.outcome")}>
        <TicketOutcome ticket={ticket} />
      </td>
    </>
  );
}
