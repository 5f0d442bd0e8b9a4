import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { API_KEYS_KEY, createApiKey, type NewApiKey } from "../api/api-keys.ts";
import { useOnce } from "../shell/use-once.ts";
import { NewKeyForm } from "./new-key-form.tsx";
import { SecretDialog } from "./secret-dialog.tsx";

/** From a key's name to its secret. */
export function NewKeyDialog({ onClosed }: { onClosed: () => void }) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const creating = useOnce({
    send: (wanted: NewApiKey, idempotencyKey) => createApiKey(wanted, idempotencyKey),
    nameOf: (wanted) => JSON.stringify(wanted),
    onSettled: () => queries.invalidateQueries({ queryKey: API_KEYS_KEY }),
  });
  const made = creating.data;
  return (
    <SecretDialog
      title={t(made ? "newKey.madeTitle" : "newKey.title")}
      made={
        made ? { secret: made.key, label: t("newKey.secret", { name: made.name }), warning: t("newKey.warning") } : null
      }
      form={(close) => <NewKeyForm creating={creating} onCancel={close} />}
      onClosed={onClosed}
    />
  );
}
