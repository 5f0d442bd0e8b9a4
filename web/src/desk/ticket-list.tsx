import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Ticket } from "../api/tickets.ts";
import { momentText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { TicketStateTag } from "../tickets/ticket-state-tag.tsx";

/** Tickets in few words, each with the way to it. */
export function TicketList({ tickets }: { tickets: readonly Ticket[] }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  if (tickets.length === 0) return <p className="soft">{t("ticketList.none")}</p>;
  return (
    <ul className="short-list">
      {tickets.map(({ ticket, order, topicText, state, openedAt }) => (
        <li key={ticket}>
          <Link to={PATHS.deskTicket} params={{ ticket }}>
            {topicText}
          </Link>
          <TicketStateTag state={state} />
          <span className="soft small">
            {order} · <time dateTime={openedAt}>{momentText(openedAt, zone, language)}</time>
          </span>
        </li>
      ))}
    </ul>
  );
}
