import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answerTicket, type Thread, TICKETS_KEY } from "../api/tickets.ts";
import { momentText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { MessageField } from "../shell/message-field.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { useMay } from "../shell/use-may.ts";
import { useOnce } from "../shell/use-once.ts";
import { useTicketWords } from "./use-ticket-words.ts";
import "./ticket-thread.css";

interface TicketMessagesProps {
  readonly thread: Thread;
  /** Who will read an answer, where that is not plain. */
  readonly hint?: string;
  /** What an answer is called where nobody is answered. */
  readonly label?: string;
  /** False where somebody else answers. */
  readonly answerable?: boolean;
}

/** What was said, oldest first, and while the ticket is open the place to say more. */
export function TicketMessages({ thread, hint, label, answerable = true }: TicketMessagesProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const zone = useHouseZone();
  const words = useTicketWords();
  const may = useMay();
  return (
    <section className="card" aria-labelledby="ticket-messages">
      <h2 id="ticket-messages">{t("tickets.messages")}</h2>
      <ol className="messages">
        {thread.messages.map(({ at, from, author, text }) => (
          <li key={`${at} ${from} ${text}`} className={`message message-${from}`}>
            <p className="message-head">
              <strong>{words.from(from)}</strong>{" "}
              {thread.atDesk && from !== "system" && <span className="message-author wrap">{author}</span>}{" "}
              <time className="soft small" dateTime={at}>
                {momentText(at, zone, language)}
              </time>
            </p>
            <p className="said">{text}</p>
          </li>
        ))}
      </ol>
      {thread.state === "open" && answerable && may("tickets:write") && (
        <AnswerForm ticket={thread.ticket} label={label ?? t("tickets.answer")} {...(hint !== undefined && { hint })} />
      )}
    </section>
  );
}

function AnswerForm({ ticket, label, hint }: { ticket: string; label: string; hint?: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const answering = useOnce({
    send: (said: string, key) => answerTicket(ticket, said, key),
    nameOf: (said) => said,
    onSuccess: () => setText(""),
    onSettled: () => queries.invalidateQueries({ queryKey: TICKETS_KEY }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") answering.mutate(text.trim());
  };
  return (
    <form className="answer-form" onSubmit={submit}>
      <MessageField
        id="ticket-answer"
        label={label}
        {...(hint !== undefined && { hint })}
        value={text}
        disabled={answering.isPending}
        onChange={({ target }) => setText(target.value)}
      />
      {answering.isError && <ProblemPanel error={answering.error} />}
      <div className="dialog-actions">
        <Button
          type="primary"
          htmlType="submit"
          disabled={text.trim() === ""}
          loading={answering.isPending && { delay: 300 }}
        >
          {t("tickets.send")}
        </Button>
      </div>
    </form>
  );
}
