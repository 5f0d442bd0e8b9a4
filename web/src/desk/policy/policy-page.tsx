import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { policyDraftQuery, policyQuery } from "../../api/policy.ts";
import { PATHS } from "../../paths.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { useMay } from "../../shell/use-may.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { DraftPart } from "./draft-part.tsx";
import { RulesList } from "./rules-list.tsx";
import { VersionFacts } from "./version-facts.tsx";
import { VersionsPart } from "./versions-part.tsx";
import "./policy.css";

/** The rules in force, what somebody has drafted in their place, and what they were before. */
export function PolicyPage() {
  const { t } = useTranslation("desk");
  const may = useMay();
  const mayReview = may("policy:review");
  const current = useQuery(policyQuery);
  const draft = useQuery({ ...policyDraftQuery, enabled: mayReview });
  const [done, setDone] = useState("");
  usePageTitle(t("policy.heading"));
  return (
    <>
      <div className="heading-with-action">
        <h1>{t("policy.heading")}</h1>
        {may("policy:draft") && draft.data === null && (
          <Link className="button-link" to={PATHS.policyEdit}>
            {t("policy.edit")}
          </Link>
        )}
      </div>
      <p className="lead">{t("policy.lead")}</p>
      <p className={done === "" ? "unseen" : "done-line"} role="status">
        {done}
      </p>
      {draft.isError && <ProblemPanel error={draft.error} onRetry={() => void draft.refetch()} />}
      {draft.data && current.data && <DraftPart draft={draft.data} current={current.data} onDone={setDone} />}
      {current.isError && <ProblemPanel error={current.error} onRetry={() => void current.refetch()} />}
      {current.isPending && <TableSkeleton />}
      {current.data && (
        <section className="card policy-part" aria-labelledby="policy-in-force">
          <h2 id="policy-in-force">{t("policy.inForce", { version: current.data.version })}</h2>
          {mayReview && <VersionFacts version={current.data.version} />}
          <RulesList rules={current.data.rules} />
        </section>
      )}
      {mayReview && <VersionsPart />}
    </>
  );
}
