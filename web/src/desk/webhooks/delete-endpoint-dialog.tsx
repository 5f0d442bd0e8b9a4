import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { deleteEndpoint, endpointsQuery } from "../../api/webhooks.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import type { EndpointDialogProps } from "./endpoint-dialog-props.ts";

interface DeleteEndpointDialogProps extends Omit<EndpointDialogProps, "onDone"> {
  readonly onDeleted: () => void;
}

/** Forgets an endpoint with all that waits for it, so it is asked first. */
export function DeleteEndpointDialog({ endpoint, onDeleted, onClosed }: DeleteEndpointDialogProps) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => deleteEndpoint(endpoint.endpoint),
    onSuccess: async () => {
      // Only the list: the page of this endpoint is about to be left, and has nothing more to ask for.
      await queries.invalidateQueries({ queryKey: endpointsQuery.queryKey });
      onDeleted();
    },
  });
  return (
    <ConfirmDialog
      title={t("webhooks.remove.title")}
      text={t("webhooks.remove.text")}
      action={t("webhooks.remove.confirm")}
      grave
      doing={deleting}
      onConfirm={() => deleting.mutate()}
      onClose={onClosed}
    />
  );
}
