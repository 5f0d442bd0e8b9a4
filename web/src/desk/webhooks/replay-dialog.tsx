import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ReplayRange, replayRange, WEBHOOKS_KEY } from "../../api/webhooks.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TextField } from "../../shell/text-field.tsx";
import type { EndpointDialogProps } from "./endpoint-dialog-props.ts";
import "../../shell/dialog.css";

const WHICH = ["dead", "all"] as const;
const SEQUENCE = { inputMode: "numeric", pattern: "[0-9]{1,15}", maxLength: 15, autoComplete: "off" } as const;

/** Has a range of events sent once more. */
export function ReplayDialog({ endpoint: { endpoint, dead }, onDone, onClosed }: EndpointDialogProps) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const queries = useQueryClient();
  const [which, setWhich] = useState<(typeof WHICH)[number]>(dead > 0 ? "dead" : "all");
  const [from, setFrom] = useState("1");
  const [to, setTo] = useState("");
  const replaying = useMutation({
    mutationFn: (range: ReplayRange) => replayRange(endpoint, range),
    onSuccess: (events) => {
      onDone(events === 0 ? t("webhooks.replay.none") : t("webhooks.replay.done", { count: events }));
      onClosed();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
  });
  const isBackwards = to !== "" && Number(from) > Number(to);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBackwards) return;
    replaying.mutate({ from, to, ...(which === "dead" && { state: "dead" as const }) });
  };
  return (
    <Modal
      open
      title={t("webhooks.replay.title")}
      footer={null}
      width={520}
      style={{ top: 96 }}
      mask={{ closable: false }}
      closable={{ "aria-label": inConsole("common.close") }}
      onCancel={onClosed}
    >
      <form className="request-form" onSubmit={submit}>
        <p>{t("webhooks.replay.text")}</p>
        <div className="two-fields">
          <TextField
            id="replay-from"
            label={t("webhooks.replay.from")}
            required
            {...SEQUENCE}
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
          <TextField
            id="replay-to"
            label={t("webhooks.replay.to")}
            required
            {...SEQUENCE}
            value={to}
            onChange={({ target }) => setTo(target.value)}
          />
        </div>
        {isBackwards && (
          <p className="field-fault" role="alert">
            {t("webhooks.replay.backwards")}
          </p>
        )}
        <fieldset className="field">
          <legend>{t("webhooks.replay.which")}</legend>
          <div className="radio-column">
            {WHICH.map((each) => (
              <label key={each} className="check-area">
                <input type="radio" name="replayed" checked={which === each} onChange={() => setWhich(each)} />
                {t(`webhooks.replay.${each}`)}
              </label>
            ))}
          </div>
        </fieldset>
        {replaying.error && <ProblemPanel error={replaying.error} />}
        <div className="dialog-actions">
          <Button onClick={onClosed}>{t("cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={replaying.isPending && { delay: 300 }}>
            {t("webhooks.replay.confirm")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
