import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Contract, Subject } from "../api/contracts.ts";
import { useFocusBack } from "../shell/use-focus-back.ts";
import { RequestDone } from "./request-done.tsx";
import { RequestPending } from "./request-pending.tsx";
import { RequestReview } from "./request-review.tsx";
import { useRequestContract } from "./use-request-contract.ts";
import "../shell/dialog.css";

interface RequestDialogProps {
  readonly subject: Subject;
  readonly onClosed: () => void;
}

/** From what the contract will say to the sealed file, in one dialog. The order or bill is read anew when it opens. */
export function RequestDialog({ subject, onClosed }: RequestDialogProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const requesting = useRequestContract(subject);
  useFocusBack();
  const close = () => setOpen(false);
  return (
    <Modal
      open={open}
      title={
        requesting.data ? (
          <span className="unseen">{t(requesting.data.waitingFor ? "request.waitingTitle" : "request.doneTitle")}</span>
        ) : (
          t("request.heading")
        )
      }
      footer={null}
      width={600}
      style={{ top: 32 }}
      mask={{ closable: false }}
      closable={{ "aria-label": t("common.close") }}
      onCancel={close}
      afterClose={onClosed}
    >
      {requesting.data ? (
        <RequestAnswer contract={requesting.data} onClose={close} />
      ) : (
        <RequestReview subject={subject} requesting={requesting} onCancel={close} />
      )}
    </Modal>
  );
}

function RequestAnswer({ contract, onClose }: { contract: Contract; onClose: () => void }) {
  const { waitingFor } = contract;
  if (waitingFor) return <RequestPending number={contract.number} sentence={waitingFor.sentence} onClose={onClose} />;
  return <RequestDone contract={contract} onClose={onClose} />;
}
