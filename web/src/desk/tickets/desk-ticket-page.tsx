import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { accountQuery } from "../../api/account-lookup.ts";
import { sessionQuery } from "../../api/session.ts";
import { type Thread, ticketQuery } from "../../api/tickets.ts";
import { PATHS } from "../../paths.ts";
import { Icon } from "../../shell/icon.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { useMay } from "../../shell/use-may.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { TicketAttachments } from "../../tickets/ticket-attachments.tsx";
import { TicketMessages } from "../../tickets/ticket-messages.tsx";
import { TicketStateTag } from "../../tickets/ticket-state-tag.tsx";
import { useTicketWords } from "../../tickets/use-ticket-words.ts";
import { AccountCard } from "../account-card.tsx";
import { Loaded } from "../loaded.tsx";
import { OrderBehind, OrderCard } from "./order-card.tsx";
import { SettleCard } from "./settle-card.tsx";
import { TicketAssignment } from "./ticket-assignment.tsx";
import { TicketHistory } from "./ticket-history.tsx";
import { RESULT_ID, TicketResult } from "./ticket-result.tsx";
import { TurnText } from "./turn-text.tsx";
import "../../buyer/decision.css";
import "./tickets.css";

/** One ticket with all that an agent needs to clear it: what was said, the order and its decision, the buyer (R20). */
export function DeskTicketPage() {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const { ticket } = useParams({ from: "/desk/tickets/$ticket" });
  const { data, error, refetch, isPending } = useQuery(ticketQuery(ticket));
  const heading = data ? t("tickets.one", { order: data.order }) : t("tickets.oneHeading");
  usePageTitle(heading);
  return (
    <>
      <p className="small ticket-back">
        <Link to={PATHS.deskTickets}>
          <Icon name="back" size={13} /> {t("tickets.back")}
        </Link>
      </p>
      <h1 className="wrap">{heading}</h1>
      {error && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {isPending && (
        <div className="card" role="status" aria-label={inConsole("common.loading")}>
          <Skeleton active paragraph={{ rows: 10 }} />
        </div>
      )}
      {data && <DeskTicket key={ticket} thread={data} />}
    </>
  );
}

function DeskTicket({ thread }: { thread: Thread }) {
  const { t } = useTranslation("desk");
  const { data: session } = useQuery(sessionQuery);
  const may = useMay();
  const account = useQuery(accountQuery(thread.account));
  const { state, topic, atDesk } = thread;
  const assignee = atDesk?.assignee ?? null;
  // Who has not taken over a colleague's ticket does nothing on it.
  const isFree = assignee === null || assignee === session?.staff?.person;
  const isLate = topic === "paid_after_hold";
  const before = useRef(state);
  useEffect(() => {
    // The dialog or the form that was worked in has gone.
    if (before.current === "open" && state !== "open") document.getElementById(RESULT_ID)?.focus();
    before.current = state;
  }, [state]);
  return (
    <>
      <TicketHead thread={thread} />
      {isLate && <LatePayment />}
      {state === "open" ? <TicketAssignment thread={thread} /> : <TicketResult thread={thread} />}
      <div className="desk-ticket">
        <div className="desk-ticket-main">
          <TicketMessages
            thread={thread}
            answerable={isFree}
            hint={t(isLate ? "tickets.noteHint" : "tickets.answerHint")}
            {...(isLate && { label: t("tickets.note") })}
          />
          <TicketAttachments thread={thread} addable={isFree} />
          {state === "open" && isFree && <SettleCard thread={thread} />}
          <OrderBehind order={thread.order} />
        </div>
        <div className="desk-ticket-side">
          <OrderCard order={thread.order} />
          <Loaded of={account}>{(buyer) => <AccountCard account={buyer} linked />}</Loaded>
          {may("history:read") && <TicketHistory ticket={thread.ticket} />}
        </div>
      </div>
    </>
  );
}

function TicketHead({ thread: { state, topicText, queue, atDesk } }: { thread: Thread }) {
  const words = useTicketWords();
  return (
    <div className="ticket-head">
      <TicketStateTag state={state} />
      <span>{topicText}</span>
      <span className="soft">{words.queue(queue)}</span>
      {state === "open" && atDesk && <TurnText atDesk={atDesk} />}
    </div>
  );
}

/** Of a ticket that no refusal has opened: what has happened, and what is to be done (R10). */
function LatePayment() {
  const { t } = useTranslation("desk");
  return (
    <section className="verdict-panel verdict-wait ticket-panel" aria-labelledby="late-payment">
      <Icon name="clock" size={20} />
      <div>
        <h2 id="late-payment" className="verdict-title">
          {t("tickets.late.title")}
        </h2>
        <p>{t("tickets.late.text")}</p>
        <p className="soft">{t("tickets.late.hidden")}</p>
      </div>
    </section>
  );
}
