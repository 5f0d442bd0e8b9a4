import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { openTicket, TICKETS_KEY } from "../api/tickets.ts";
import { PATHS } from "../paths.ts";
import { FactList } from "../shell/fact-list.tsx";
import { MessageField } from "../shell/message-field.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { useOnce } from "../shell/use-once.ts";
import type { TicketReason } from "./ticket-dialog-host.tsx";
import "../shell/dialog.css";

interface TicketDialogProps {
  readonly reason: TicketReason;
  readonly onClosed: () => void;
}

/** A ticket with the order and the refusal filled in (R3); once opened, the ticket itself is shown. */
export function TicketDialog({ reason, onClosed }: TicketDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [shown, setShown] = useState(true);
  const [message, setMessage] = useState("");
  const { order, sentence, purpose } = reason;
  const close = () => setShown(false);
  const opening = useOnce({
    send: (text: string, key) => openTicket(order, text, key),
    nameOf: (text) => text,
    onSuccess: async ({ ticket }) => {
      close();
      void queries.invalidateQueries({ queryKey: TICKETS_KEY });
      await navigate({ to: PATHS.ticket, params: { ticket } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    opening.mutate(message.trim());
  };
  return (
    <Modal
      open={shown}
      title={t("tickets.dialogTitle")}
      footer={null}
      width={560}
      style={{ top: 32 }}
      mask={{ closable: false }}
      closable={{ "aria-label": t("common.close") }}
      onCancel={close}
      afterClose={() => {
        // The button that opened it is gone with its page: reading goes on at the ticket.
        if (opening.isSuccess) document.getElementById("main")?.focus();
        onClosed();
      }}
    >
      <form className="request-form" onSubmit={submit}>
        <p className="soft">{purpose}</p>
        <FactList
          facts={[
            { label: t("request.order"), value: order },
            { label: t("tickets.why"), value: sentence },
          ]}
        />
        <MessageField
          id="ticket-message"
          label={
            <>
              {t("tickets.message")} <span className="soft">({t("request.optional")})</span>
            </>
          }
          hint={t("tickets.messageHint")}
          value={message}
          disabled={opening.isPending}
          onChange={({ target }) => setMessage(target.value)}
        />
        <div className="dialog-foot">
          {opening.isError && <ProblemPanel error={opening.error} />}
          <div className="dialog-actions">
            <Button onClick={close}>{t("request.cancel")}</Button>
            <Button type="primary" htmlType="submit" loading={opening.isPending && { delay: 300 }}>
              {t("tickets.submit")}
            </Button>
          </div>
        </div>
      </form>
    </Modal>
  );
}
