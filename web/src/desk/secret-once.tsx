import { Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../shell/icon.tsx";

interface SecretOnceProps {
  readonly secret: string;
  /** Whose it is. */
  readonly label: string;
  readonly warning: string;
  readonly onClose: () => void;
}

/** The only time that a secret is seen. */
export function SecretOnce({ secret, label, warning, onClose }: SecretOnceProps) {
  const { t } = useTranslation("desk");
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<"copied" | "copyByHand" | null>(null);
  const copy = async () => {
    field.current?.select();
    // Only a page behind https, or of this machine, may write to the clipboard.
    const written = await navigator.clipboard?.writeText(secret).then(
      () => true,
      () => false,
    );
    setCopied(written ? "copied" : "copyByHand");
  };
  return (
    <div className="request-form">
      <p className="secret-warning" role="alert">
        <Icon name="warning" size={20} />
        <span>{warning}</span>
      </p>
      <div className="field">
        <label htmlFor="new-secret">{label}</label>
        <div className="secret-row">
          <input
            ref={field}
            id="new-secret"
            className="text-input code"
            value={secret}
            readOnly
            spellCheck={false}
            autoComplete="off"
            onFocus={({ target }) => target.select()}
          />
          <Button icon={<Icon name="copy" />} onClick={() => void copy()}>
            {t("newKey.copy")}
          </Button>
        </div>
        <p className="soft small" role="status">
          {copied && t(`newKey.${copied}`)}
        </p>
      </div>
      <div className="dialog-actions">
        <Button type="primary" onClick={onClose}>
          {t("newKey.kept")}
        </Button>
      </div>
    </div>
  );
}
