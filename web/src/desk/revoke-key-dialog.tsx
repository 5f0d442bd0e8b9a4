import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { API_KEYS_KEY, type ApiKey, revokeApiKey } from "../api/api-keys.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";

interface RevokeKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onClosed: () => void;
}

/** Ends a key at once; somebody's system stands still then, so it is asked first. */
export function RevokeKeyDialog({ apiKey: { id, name }, onClosed }: RevokeKeyDialogProps) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeApiKey(id),
    onSuccess: onClosed,
    onSettled: () => queries.invalidateQueries({ queryKey: API_KEYS_KEY }),
  });
  return (
    <ConfirmDialog
      title={t("keys.revokeTitle", { name })}
      text={t("keys.revokeText")}
      action={t("keys.revokeConfirm")}
      grave
      doing={revoking}
      onConfirm={() => revoking.mutate()}
      onClose={onClosed}
    />
  );
}
