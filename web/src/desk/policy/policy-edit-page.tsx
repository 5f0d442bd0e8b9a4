import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PolicyDraft, policyDraftQuery, policyOfVersionQuery, policyQuery, type Rules } from "../../api/policy.ts";
import { PATHS } from "../../paths.ts";
import { Icon } from "../../shell/icon.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { PolicyForm } from "./policy-form.tsx";
import { rebaseRules } from "./rebase-rules.ts";
import "./policy.css";
import "./policy-form.css";

/** Where the next version of the rules is written: from the draft that stands, or else from the rules in force. */
export function PolicyEditPage() {
  const { t } = useTranslation("desk");
  // Whoever writes must not have the ground changed under them: what others do meanwhile is told when it is saved.
  const still = { staleTime: 0, refetchInterval: false, refetchOnWindowFocus: false } as const;
  const current = useQuery({ ...policyQuery, ...still });
  const draft = useQuery({ ...policyDraftQuery, ...still });
  usePageTitle(t("policy.editHeading"));
  const failed = [current, draft].find(({ isError }) => isError);
  const isReady = current.data && draft.data !== undefined && current.isFetchedAfterMount && draft.isFetchedAfterMount;
  return (
    <>
      <p className="small back-line">
        <Link to={PATHS.policy}>
          <Icon name="back" size={15} /> {t("policy.heading")}
        </Link>
      </p>
      <h1>{t("policy.editHeading")}</h1>
      <p className="lead">{t("policy.editLead")}</p>
      {failed && <ProblemPanel error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && !isReady && <TableSkeleton />}
      {isReady && <Editor current={current.data} draft={draft.data} />}
    </>
  );
}

interface EditorProps {
  readonly current: { readonly version: number; readonly rules: Rules };
  readonly draft: PolicyDraft | null;
}

function Editor({ current, draft }: EditorProps) {
  const { t } = useTranslation("desk");
  const { product } = useSearch({ from: "/desk/policy/edit" });
  const navigate = useNavigate();
  // As they were when the page was opened.
  const [from] = useState({ current, draft });
  const basedOn = from.draft?.basedOn ?? from.current.version;
  const base = useQuery({ ...policyOfVersionQuery(basedOn), enabled: basedOn !== from.current.version });
  const isRebased = basedOn !== from.current.version;
  if (base.isError) return <ProblemPanel error={base.error} onRetry={() => void base.refetch()} />;
  if (isRebased && !base.data) return <TableSkeleton />;
  const written = from.draft?.rules ?? from.current.rules;
  const rules = base.data ? rebaseRules(base.data.rules, written, from.current.rules) : written;
  return (
    <>
      {from.draft && (
        <p className="notice-line">
          <Icon name="warning" size={18} />
          <span>
            {t("policy.replacesDraft", { person: from.draft.draftedBy })}
            {isRebased && ` ${t("policy.rebased", { version: from.current.version })}`}
          </span>
        </p>
      )}
      <PolicyForm rules={rules} product={product} onSaved={() => void navigate({ to: PATHS.policy })} />
    </>
  );
}
