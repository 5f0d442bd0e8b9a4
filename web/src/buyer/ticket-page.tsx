import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { type Thread, ticketQuery } from "../api/tickets.ts";
import { momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { type Fact, FactList } from "../shell/fact-list.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { TicketAttachments } from "../tickets/ticket-attachments.tsx";
import { TicketMessages } from "../tickets/ticket-messages.tsx";
import { TicketOutcome } from "../tickets/ticket-outcome.tsx";
import { TicketStateTag } from "../tickets/ticket-state-tag.tsx";
import { useTicketWords } from "../tickets/use-ticket-words.ts";

/** One ticket: what it is about, what was said, which files were added, and what came of it (R20). */
export function TicketPage() {
  const { t } = useTranslation();
  const { ticket } = useParams({ from: "/buyer/tickets/$ticket" });
  const { data, error, refetch, isPending } = useQuery(ticketQuery(ticket));
  const heading = data ? t("tickets.one", { order: data.order }) : t("tickets.heading");
  usePageTitle(heading);
  return (
    <div className="one-thing">
      <p className="small">
        <Link to={PATHS.tickets}>{t("tickets.back")}</Link>
      </p>
      <h1 className="wrap">{heading}</h1>
      {error && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {isPending && (
        <div className="card" role="status" aria-label={t("common.loading")}>
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      )}
      {data && <TicketDetails thread={data} />}
    </div>
  );
}

function TicketDetails({ thread }: { thread: Thread }) {
  const facts = useTicketFacts(thread);
  return (
    <>
      <div className="card">
        <FactList facts={facts} />
      </div>
      <TicketMessages thread={thread} />
      <TicketAttachments thread={thread} />
    </>
  );
}

function useTicketFacts(thread: Thread): Fact[] {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const zone = useHouseZone();
  const words = useTicketWords();
  const { order, openedAt, closedAt, contract, reason } = thread;
  const moment = (at: string) => ({ value: momentText(at, zone, language), note: zoneText(zone, at, language) });
  const facts: Fact[] = [
    { label: t("tickets.column.state"), value: <TicketStateTag state={thread.state} /> },
    {
      label: t("request.order"),
      value: (
        <Link className="order-number" to={PATHS.order} params={{ order }}>
          {order}
        </Link>
      ),
    },
    { label: t("tickets.column.topic"), value: thread.topicText },
    { label: t("tickets.column.queue"), value: words.queue(thread.queue) },
    { label: t("tickets.column.opened"), ...moment(openedAt) },
  ];
  if (closedAt !== null) facts.push({ label: t("tickets.closed"), ...moment(closedAt) });
  if (contract !== null) facts.push({ label: t("tickets.contract"), value: <TicketOutcome ticket={thread} /> });
  if (reason !== null) facts.push({ label: t("tickets.reason"), value: <TicketOutcome ticket={thread} /> });
  return facts;
}
