import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../api/problem-error.ts";
import type { NewEndpoint, WebhookEndpoint } from "../../api/webhooks.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { CheckList } from "../check-list.tsx";
import { FaultAtField } from "../fault-at-field.tsx";
import { EVENT_TYPE_WORDS, EVENT_TYPES, type EventType, isEventType } from "./event-type-words.ts";

interface EndpointFormProps {
  /** As it is now; left out for a new one. */
  readonly endpoint?: WebhookEndpoint;
  readonly action: string;
  readonly doing: { readonly isPending: boolean; readonly error: Error | null };
  readonly onSubmit: (wanted: NewEndpoint) => void;
  readonly onCancel: () => void;
}

const LONGEST_URL = 2000;
const LONGEST_DESCRIPTION = 200;
const WHICH = ["allEvents", "someEvents"] as const;

export function EndpointForm({ endpoint, action, doing, onSubmit, onCancel }: EndpointFormProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const [which, setWhich] = useState<(typeof WHICH)[number]>(endpoint?.events.length ? "someEvents" : "allEvents");
  const [types, setTypes] = useState<readonly EventType[]>(endpoint?.events.filter(isEventType) ?? []);
  const [tried, setTried] = useState(false);
  const lacksTypes = which === "someEvents" && types.length === 0;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (lacksTypes) return;
    const filledIn = new FormData(event.currentTarget);
    const account = textOf(filledIn, "account");
    onSubmit({
      url: textOf(filledIn, "url"),
      description: textOf(filledIn, "description"),
      events: which === "allEvents" ? [] : [...types],
      account: account === "" ? null : account,
    });
  };
  const field = problemOf(doing.error)?.field;
  const isAtField = field === "url" || field === "account";
  const faulty = (name: string) =>
    field === name && { "aria-invalid": true, "aria-errormessage": `endpoint-${name}-fault` };
  return (
    <form className="request-form" onSubmit={submit}>
      <div>
        <TextField
          id="endpoint-url"
          name="url"
          type="url"
          label={t("webhooks.form.url")}
          hint={t("webhooks.form.urlHint")}
          required
          maxLength={LONGEST_URL}
          autoComplete="off"
          placeholder="https://erp.example.com/orderseal"
          defaultValue={endpoint?.url}
          {...faulty("url")}
        />
        <FaultAtField id="endpoint-url-fault" field="url" error={doing.error} />
      </div>
      <TextField
        id="endpoint-description"
        name="description"
        label={t("webhooks.form.description")}
        hint={t("webhooks.form.descriptionHint")}
        maxLength={LONGEST_DESCRIPTION}
        autoComplete="off"
        defaultValue={endpoint?.description}
      />
      <fieldset className="field">
        <legend>{t("webhooks.form.events")}</legend>
        <div className="radio-column">
          {WHICH.map((each) => (
            <label key={each} className="check-area">
              <input type="radio" name="which" checked={which === each} onChange={() => setWhich(each)} />
              {t(`webhooks.form.${each}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {which === "someEvents" && (
        <CheckList
          legend={t("webhooks.form.types")}
          options={EVENT_TYPES.map((code) => ({ code, name: code, note: EVENT_TYPE_WORDS[code][language] }))}
          chosen={types}
          onChange={setTypes}
          fault={tried && lacksTypes ? t("webhooks.form.chooseOne") : null}
          disabled={doing.isPending}
        />
      )}
      <div>
        <TextField
          id="endpoint-account"
          name="account"
          label={t("webhooks.form.account")}
          hint={t("webhooks.form.accountHint")}
          maxLength={64}
          autoComplete="off"
          defaultValue={endpoint?.account ?? ""}
          {...faulty("account")}
        />
        <FaultAtField id="endpoint-account-fault" field="account" error={doing.error} />
      </div>
      <div className="dialog-foot">
        {doing.error && !isAtField && <ProblemPanel error={doing.error} />}
        <div className="dialog-actions">
          <Button onClick={onCancel}>{t("cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={doing.isPending && { delay: 300 }}>
            {action}
          </Button>
        </div>
      </div>
    </form>
  );
}

function textOf(filledIn: FormData, name: string): string {
  const value = filledIn.get(name);
  return typeof value === "string" ? value.trim() : "";
}
