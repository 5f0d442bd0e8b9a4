import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { createEndpoint, type NewEndpoint, WEBHOOKS_KEY } from "../../api/webhooks.ts";
import { useOnce } from "../../shell/use-once.ts";
import { SecretDialog } from "../secret-dialog.tsx";
import { EndpointForm } from "./endpoint-form.tsx";

/** From an address to its signing secret. */
export function NewEndpointDialog({ onClosed }: { onClosed: () => void }) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const creating = useOnce({
    send: (wanted: NewEndpoint, idempotencyKey) => createEndpoint(wanted, idempotencyKey),
    nameOf: (wanted) => JSON.stringify(wanted),
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
  });
  const made = creating.data;
  const secret = made && {
    secret: made.secret,
    label: t("webhooks.form.secret", { url: made.url }),
    warning: t("webhooks.form.warning"),
  };
  return (
    <SecretDialog
      title={t(made ? "webhooks.form.madeTitle" : "webhooks.form.createTitle")}
      made={secret ?? null}
      form={(close) => (
        <EndpointForm
          action={t("webhooks.form.create")}
          doing={creating}
          onSubmit={(wanted) => creating.mutate(wanted)}
          onCancel={close}
        />
      )}
      onClosed={onClosed}
    />
  );
}
