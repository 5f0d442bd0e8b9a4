import { Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { SecretOnce } from "./secret-once.tsx";
import "../shell/dialog.css";

interface Made {
  readonly secret: string;
  readonly label: string;
  readonly warning: string;
}

interface SecretDialogProps {
  readonly title: string;
  /** Null until what has the secret is made. */
  readonly made: Made | null;
  readonly form: (close: () => void) => ReactNode;
  readonly onClosed: () => void;
}

/** From a form to the secret of what it makes, in one dialog; while the secret is on screen nothing but the button closes it. */
export function SecretDialog({ title, made, form, onClosed }: SecretDialogProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const close = () => setOpen(false);
  return (
    <Modal
      open={open}
      title={title}
      footer={null}
      width={600}
      style={{ top: 32 }}
      mask={{ closable: false }}
      keyboard={!made}
      closable={made ? false : { "aria-label": t("common.close") }}
      onCancel={close}
      afterClose={onClosed}
    >
      {made ? <SecretOnce {...made} onClose={close} /> : form(close)}
    </Modal>
  );
}
