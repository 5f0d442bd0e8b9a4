import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { useFocusBack } from "../shell/use-focus-back.ts";
import "../shell/dialog.css";

interface ConfirmDialogProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  /** Of what cannot be undone. */
  readonly grave: boolean;
  readonly doing: { readonly isPending: boolean; readonly error: Error | null };
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Says what will happen before it does, and what went wrong if it did not. */
export function ConfirmDialog({ title, text, action, grave, doing, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  useFocusBack();
  return (
    <Modal
      open
      title={title}
      footer={null}
      width={480}
      style={{ top: 96 }}
      mask={{ closable: false }}
      closable={{ "aria-label": inConsole("common.close") }}
      onCancel={onClose}
    >
      <p>{text}</p>
      {doing.error && <ProblemPanel error={doing.error} />}
      <div className="dialog-actions confirm-actions">
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button
          {...(grave ? { danger: true } : { type: "primary" as const })}
          loading={doing.isPending && { delay: 300 }}
          onClick={onConfirm}
        >
          {action}
        </Button>
      </div>
    </Modal>
  );
}
