import { useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { API_KEYS_KEY, createApiKey, type NewApiKey } from "../api/api-keys.ts";
import { useOnce } from "../shell/use-once.ts";
import { NewKeyForm } from "./new-key-form.tsx";
import { SecretOnce } from "./secret-once.tsx";
import "../shell/dialog.css";

/** From a key's name to its secret, in one dialog; while the secret is on screen nothing but the button closes it. */
export function NewKeyDialog({ onClosed }: { onClosed: () => void }) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState(true);
  const creating = useOnce({
    send: (wanted: NewApiKey, idempotencyKey) => createApiKey(wanted, idempotencyKey),
    nameOf: (wanted) => JSON.stringify(wanted),
    onSettled: () => queries.invalidateQueries({ queryKey: API_KEYS_KEY }),
  });
  const made = creating.data;
  const close = () => setOpen(false);
  return (
    <Modal
      open={open}
      title={t(made ? "newKey.madeTitle" : "newKey.title")}
      footer={null}
      width={600}
      style={{ top: 32 }}
      mask={{ closable: false }}
      keyboard={!made}
      closable={made ? false : { "aria-label": inConsole("common.close") }}
      onCancel={close}
      afterClose={onClosed}
    >
      {made ? (
        <SecretOnce
          secret={made.key}
          label={t("newKey.secret", { name: made.name })}
          warning={t("newKey.warning")}
          onClose={close}
        />
      ) : (
        <NewKeyForm creating={creating} onCancel={close} />
      )}
    </Modal>
  );
}
