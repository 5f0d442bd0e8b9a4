import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { WaitingTickets } from "../../api/today.ts";
import { durationText } from "../../format/duration.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { useTicketWords } from "../../tickets/use-ticket-words.ts";
import { FigureLine } from "./figure-line.tsx";
import { WaitingCard } from "./waiting-card.tsx";

interface TicketsCardProps {
  readonly tickets: readonly WaitingTickets[];
  readonly at: string;
}

/** Open tickets of each queue that I work on, with the one that has waited longest. */
export function TicketsCard({ tickets, at }: TicketsCardProps) {
  const { t } = useTranslation("desk");
  const some = tickets.filter(({ open }) => open > 0);
  const lines = some.map((queue) => <QueueLine key={queue.queue} tickets={queue} at={at} />);
  return (
    <WaitingCard
      title={t("today.tickets.title")}
      urgency={some.length > 0 ? "waits" : "calm"}
      lines={some.length > 0 ? lines : [t("today.tickets.none")]}
    >
      <Link to={PATHS.deskTickets}>{t("today.ways.tickets")}</Link>
    </WaitingCard>
  );
}

function QueueLine({ tickets: { queue, open, oldest }, at }: { tickets: WaitingTickets; at: string }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const words = useTicketWords();
  const time = durationText(oldest?.openedAt ?? at, at, language);
  return (
    <>
      <FigureLine
        figure={t("today.tickets.open", { count: open })}
        note={`${words.queue(queue)} · ${t("today.tickets.longest", { time })}`}
      />
      {oldest && (
        <Link className="small" to={PATHS.deskTicket} params={{ ticket: oldest.ticket }}>
          {t("today.ways.oldestTicket", { order: oldest.order })}
        </Link>
      )}
    </>
  );
}
