import { Button, Radio } from "antd";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { CONTRACT_LANGUAGES, type ContractLanguage, type Subject } from "../api/contracts.ts";
import type { Issue } from "../api/orders.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TextField } from "../shell/text-field.tsx";
import { PreviewLink } from "./preview-link.tsx";
import { RequestProgress } from "./request-progress.tsx";
import type { useRequestContract } from "./use-request-contract.ts";
import { WarningList } from "./warning-list.tsx";

/** As the API takes it, in characters as JavaScript counts them. */
const MOST_CONTACT_CHARACTERS = 200;

interface RequestFormProps {
  readonly subject: Subject;
  readonly issue: Issue;
  readonly requesting: ReturnType<typeof useRequestContract>;
  readonly onCancel: () => void;
  /** The facts that the contract will state. */
  readonly children: ReactNode;
}

/** What the contract will say, the little that the buyer may choose (R6), and the warnings before the confirmation. */
export function RequestForm({ subject, issue, requesting, onCancel, children }: RequestFormProps) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<ContractLanguage>("zh-CN+en");
  const [contact, setContact] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    requesting.mutate({ language, contact: contact.trim() });
  };
  return (
    <form className="request-form" onSubmit={submit}>
      <p className="soft">{t(subject.kind === "order" ? "request.lead" : "request.leadBill")}</p>
      {children}
      <WarningList warnings={issue.warnings} title={t("request.warnings")} />
      <fieldset className="field">
        <legend>{t("request.language")}</legend>
        <Radio.Group
          value={language}
          disabled={requesting.isPending}
          onChange={({ target }) => setLanguage(target.value)}
          options={CONTRACT_LANGUAGES.map((value) => ({ value, label: t(`request.languages.${value}`) }))}
        />
      </fieldset>
      <TextField
        id="request-contact"
        label={
          <>
            {t("request.contact")} <span className="soft">({t("request.contactOptional")})</span>
          </>
        }
        hint={t("request.contactHint")}
        value={contact}
        maxLength={MOST_CONTACT_CHARACTERS}
        disabled={requesting.isPending}
        onChange={({ target }) => setContact(target.value)}
      />
      <PreviewLink subject={subject} choices={{ language, contact: contact.trim() }} />
      <div className="dialog-foot">
        {requesting.isError && <ProblemPanel error={requesting.error} />}
        {requesting.isPending && <RequestProgress />}
        <div className="dialog-actions">
          <Button onClick={onCancel}>{t(requesting.isPending ? "common.close" : "request.cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={requesting.isPending && { delay: 300 }}>
            {t("request.confirm")}
          </Button>
        </div>
      </div>
    </form>
  );
}
