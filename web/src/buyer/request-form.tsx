import { Button } from "antd";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Subject } from "../api/contracts.ts";
import type { Issue } from "../api/orders.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { PreviewPages } from "./preview-pages.tsx";
import { RequestChoices } from "./request-choices.tsx";
import { RequestProgress } from "./request-progress.tsx";
import { UNCHOSEN } from "./unchosen.ts";
import type { useRequestContract } from "./use-request-contract.ts";
import { WarningList } from "./warning-list.tsx";

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
  const [choices, setChoices] = useState(UNCHOSEN);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    requesting.mutate(choices);
  };
  return (
    <form className="request-form" onSubmit={submit}>
      <p className="soft">{t(subject.kind === "order" ? "request.lead" : "request.leadBill")}</p>
      {children}
      <WarningList warnings={issue.warnings} title={t("request.warnings")} />
      <RequestChoices choices={choices} disabled={requesting.isPending} onChange={setChoices} />
      <PreviewPages subject={subject} choices={choices} />
      <div className="dialog-foot">
        {requesting.isError && <ProblemPanel error={requesting.error} />}
        {requesting.isPending && <RequestProgress title={t("request.workingTitle")} text={t("request.workingText")} />}
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
