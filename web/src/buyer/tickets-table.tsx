import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Ticket } from "../api/tickets.ts";
import { momentText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { ColumnTable } from "../shell/column-table.tsx";
import { TimesNote } from "../shell/times-note.tsx";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { TicketOutcome } from "../tickets/ticket-outcome.tsx";
import { TicketStateTag } from "../tickets/ticket-state-tag.tsx";
import { useTicketWords } from "../tickets/use-ticket-words.ts";

const COLUMNS = ["order", "topic", "queue", "opened", "state", "outcome"] as const;

export function TicketsTable({ tickets }: { tickets: readonly Ticket[] }) {
  const { t } = useTranslation();
  const zone = useHouseZone();
  return (
    <>
      <ColumnTable
        className="labelled"
        caption={t("tickets.caption")}
        columns={COLUMNS.map((column) => ({ name: column, label: t(`tickets.column.${column}`) }))}
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
  const { t } = useTranslation();
  const { language } = useLanguage();
  const zone = useHouseZone();
  const words = useTicketWords();
  const { order, openedAt } = ticket;
  return (
    <tr>
      <th scope="row" className="column-number">
        <Link
          className="order-number"
          to={PATHS.ticket}
          params={{ ticket: ticket.ticket }}
          aria-label={t("tickets.showFor", { order })}
        >
          {order}
        </Link>
      </th>
      <td data-label={t("tickets.column.topic")}>{ticket.topicText}</td>
      <td data-label={t("tickets.column.queue")}>{words.queue(ticket.queue)}</td>
      <td data-label={t("tickets.column.opened")}>
        <time dateTime={openedAt}>{momentText(openedAt, zone, language)}</time>
      </td>
      <td data-label={t("tickets.column.state")}>
        <TicketStateTag state={ticket.state} />
      </td>
      <td data-label={t("tickets.column.outcome")}>
        <TicketOutcome ticket={ticket} />
      </td>
    </tr>
  );
}
