import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changeEndpoint, WEBHOOKS_KEY } from "../../api/webhooks.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import type { EndpointDialogProps } from "./endpoint-dialog-props.ts";

/** Off, or on again; each leaves a gap that whoever does it should know of. */
export function SwitchEndpointDialog({ endpoint: { endpoint, state }, onDone, onClosed }: EndpointDialogProps) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const to = state === "active" ? "disable" : "enable";
  const switching = useMutation({
    mutationFn: () => changeEndpoint(endpoint, { active: to === "enable" }),
    onSuccess: () => {
      onDone(t(`webhooks.done.${to}d`));
      onClosed();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
  });
  return (
    <ConfirmDialog
      title={t(`webhooks.switch.${to}Title`)}
      text={t(`webhooks.switch.${to}Text`)}
      action={t(`webhooks.switch.${to}Confirm`)}
      grave={to === "disable"}
      doing={switching}
      onConfirm={() => switching.mutate()}
      onClose={onClosed}
    />
  );
}
