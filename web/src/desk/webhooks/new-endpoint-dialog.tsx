import { useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { createEndpoint, type NewEndpoint, WEBHOOKS_KEY } from "../../api/webhooks.ts";
import { useOnce } from "../../shell/use-once.ts";
import { SecretOnce } from "../secret-once.tsx";
import { EndpointForm } from "./endpoint-form.tsx";
import "../../shell/dialog.css";

/** From an address to its signing secret, in one dialog; while the secret is on screen nothing but the button closes it. */
export function NewEndpointDialog({ onClosed }: { onClosed: () => void }) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState(true);
  const creating = useOnce({
    send: (wanted: NewEndpoint, idempotencyKey) => createEndpoint(wanted, idempotencyKey),
    nameOf: (wanted) => JSON.stringify(wanted),
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
  });
  const made = creating.data;
  const close = () => setOpen(false);
  return (
    <Modal
      open={open}
      title={t(made ? "webhooks.form.madeTitle" : "webhooks.form.createTitle")}
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
          secret={made.secret}
          label={t("webhooks.form.secret", { url: made.url })}
          warning={t("webhooks.form.warning")}
          onClose={close}
        />
      ) : (
        <EndpointForm
          action={t("webhooks.form.create")}
          doing={creating}
          onSubmit={(wanted) => creating.mutate(wanted)}
          onCancel={close}
        />
      )}
    </Modal>
  );
}
