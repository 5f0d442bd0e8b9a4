import { Button } from "antd";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "../api/company.ts";
import type { Subject } from "../api/contracts.ts";
import type { Issue } from "../api/orders.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { PreviewPages } from "./preview-pages.tsx";
import { RequestChoices } from "./request-choices.tsx";
import { RequestProgress } from "./request-progress.tsx";
import { useFilling } from "./use-filling.ts";
import type { useRequestContract } from "./use-request-contract.ts";
import { WarningList } from "./warning-list.tsx";

interface RequestFormProps {
  /** Whose contract it will be, and what that account has kept to fill in. */
  readonly account: string;
  readonly profiles: readonly ContactProfile[];
  readonly subject: Subject;
  readonly issue: Issue;
  readonly requesting: ReturnType<typeof useRequestContract>;
  readonly onCancel: () => void;
  /** The facts that the contract will state. */
  readonly children: ReactNode;
}

/** What the contract will say, the little that the buyer may choose (R6), and the warnings before the confirmation. */
export function RequestForm(props: RequestFormProps) {
  const { account, profiles, subject, issue, requesting, onCancel, children } = props;
  const { t } = useTranslation();
  const filling = useFilling(account, profiles);
  const isBusy = requesting.isPending || filling.saving.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What cannot be kept is said before anything is requested that cannot be taken back.
    filling.keep().then(
      () => requesting.mutate(filling.choices),
      () => undefined,
    );
  };
  return (
    <form className="request-form" onSubmit={submit}>
      <p className="soft">{t(subject.kind === "order" ? "request.lead" : "request.leadBill")}</p>
      {children}
      <WarningList warnings={issue.warnings} title={t("request.warnings")} />
      <RequestChoices filling={filling} disabled={isBusy} />
      <PreviewPages subject={subject} choices={filling.choices} isAsked={isBusy} />
      <div className="dialog-foot">
        {requesting.isError && <ProblemPanel error={requesting.error} />}
        {requesting.isPending && <RequestProgress title={t("request.workingTitle")} text={t("request.workingText")} />}
        <div className="dialog-actions">
          <Button onClick={onCancel}>{t(requesting.isPending ? "common.close" : "request.cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={isBusy && { delay: 300 }}>
            {t("request.confirm")}
          </Button>
        </div>
      </div>
    </form>
  );
}
