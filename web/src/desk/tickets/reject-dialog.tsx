import { Button, Modal } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { rejectTicket } from "../../api/desk-tickets.ts";
import type { Thread } from "../../api/tickets.ts";
import { MessageField } from "../../shell/message-field.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { useOnce } from "../../shell/use-once.ts";
import { useRereadAll } from "./use-reread-all.ts";
import "../../shell/dialog.css";

/** As the API takes it. */
const LONGEST_REASON = 1000;

interface RejectDialogProps {
  readonly thread: Thread;
  readonly onClosed: () => void;
}

/** Closes the ticket without a contract, for a reason that the buyer reads. */
export function RejectDialog({ thread: { ticket, topic }, onClosed }: RejectDialogProps) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const [reason, setReason] = useState("");
  const rereadAll = useRereadAll();
  const isLate = topic === "paid_after_hold";
  const rejecting = useOnce({
    send: (said: string, key) => rejectTicket(ticket, said, key),
    nameOf: (said) => said,
    // What is shown goes on once the ticket is read as it is now.
    onSettled: async (_, error) => {
      await rereadAll();
      if (!error) onClosed();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== "" && !rejecting.isPending) rejecting.mutate(reason.trim());
  };
  return (
    <Modal
      open
      title={t("tickets.rejecting.title")}
      footer={null}
      width={540}
      style={{ top: 96 }}
      mask={{ closable: false }}
      closable={{ "aria-label": inConsole("common.close") }}
      onCancel={onClosed}
    >
      <form onSubmit={submit}>
        <p className="dialog-lead">{t(isLate ? "tickets.rejecting.leadLate" : "tickets.rejecting.lead")}</p>
        <MessageField
          id="reject-reason"
          label={t("tickets.rejecting.reason")}
          {...(!isLate && { hint: t("tickets.rejecting.hint") })}
          maxLength={LONGEST_REASON}
          required
          value={reason}
          disabled={rejecting.isPending}
          onChange={({ target }) => setReason(target.value)}
        />
        {rejecting.isError && <ProblemPanel error={rejecting.error} />}
        <div className="dialog-actions confirm-actions">
          <Button onClick={onClosed}>{t("cancel")}</Button>
          <Button
            danger
            htmlType="submit"
            disabled={reason.trim() === ""}
            loading={rejecting.isPending && { delay: 300 }}
          >
            {t("tickets.rejecting.confirm")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
