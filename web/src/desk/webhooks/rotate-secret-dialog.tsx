import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { rotateSecret, WEBHOOKS_KEY } from "../../api/webhooks.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { SecretDialog } from "../secret-dialog.tsx";
import type { EndpointDialogProps } from "./endpoint-dialog-props.ts";

/** As long as the service allows at most. */
const OVERLAPS = [24, 72, 168, 0] as const;

/** Gives the endpoint a new secret; while that is on screen nothing but the button closes it. */
export function RotateSecretDialog({ endpoint: { endpoint, url }, onClosed }: Omit<EndpointDialogProps, "onDone">) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const [hours, setHours] = useState<number>(OVERLAPS[0]);
  const rotating = useMutation({
    mutationFn: () => rotateSecret(endpoint, hours),
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
  });
  const made = rotating.data
    ? { secret: rotating.data, label: t("webhooks.form.secret", { url }), warning: t("webhooks.form.warning") }
    : null;
  return (
    <SecretDialog
      title={t(made ? "webhooks.form.rotatedTitle" : "webhooks.rotation.title")}
      made={made}
      onClosed={onClosed}
      form={(close) => (
        <div className="request-form">
          <p>{t("webhooks.rotation.text")}</p>
          <div className="field">
            <label htmlFor="rotation-overlap">{t("webhooks.rotation.overlap")}</label>
            <select
              id="rotation-overlap"
              className="text-input"
              value={hours}
              onChange={({ target }) => setHours(Number(target.value))}
            >
              {OVERLAPS.map((each) => (
                <option key={each} value={each}>
                  {each === 0 ? t("webhooks.rotation.none") : t("webhooks.rotation.hours", { count: each })}
                </option>
              ))}
            </select>
          </div>
          {rotating.error && <ProblemPanel error={rotating.error} />}
          <div className="dialog-actions">
            <Button onClick={close}>{t("cancel")}</Button>
            <Button type="primary" loading={rotating.isPending && { delay: 300 }} onClick={() => rotating.mutate()}>
              {t("webhooks.rotation.confirm")}
            </Button>
          </div>
        </div>
      )}
    />
  );
}
