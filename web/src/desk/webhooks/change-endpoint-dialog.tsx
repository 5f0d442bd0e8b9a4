import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { changeEndpoint, type NewEndpoint, WEBHOOKS_KEY } from "../../api/webhooks.ts";
import type { EndpointDialogProps } from "./endpoint-dialog-props.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import "../../shell/dialog.css";

/** Changes where events are sent and which; what waits goes to the new address. */
export function ChangeEndpointDialog({ endpoint, onDone, onClosed }: EndpointDialogProps) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const queries = useQueryClient();
  const changing = useMutation({
    mutationFn: (wanted: NewEndpoint) => changeEndpoint(endpoint.endpoint, wanted),
    onSuccess: () => {
      onDone(t("webhooks.done.changed"));
      onClosed();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
  });
  return (
    <Modal
      open
      title={t("webhooks.form.changeTitle")}
      footer={null}
      width={600}
      style={{ top: 32 }}
      mask={{ closable: false }}
      closable={{ "aria-label": inConsole("common.close") }}
      onCancel={onClosed}
    >
      <EndpointForm
        endpoint={endpoint}
        action={t("webhooks.form.save")}
        doing={changing}
        onSubmit={(wanted) => changing.mutate(wanted)}
        onCancel={onClosed}
      />
    </Modal>
  );
}
