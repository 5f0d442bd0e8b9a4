import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { policyOfVersionQuery, policyVersionQuery, type Rules } from "../../api/policy.ts";
import { PATHS } from "../../paths.ts";
import { Icon } from "../../shell/icon.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { DifferencesTable } from "./differences-table.tsx";
import { MadeBy } from "./made-by.tsx";
import { RulesList } from "./rules-list.tsx";
import "./policy.css";

/** A version of the rules: who made it, what it changed, and all that it says. */
export function PolicyVersionPage() {
  const { t } = useTranslation("desk");
  const { version } = useParams({ from: "/desk/policy/versions/$version" });
  const { data, error, isPending, refetch } = useQuery(policyVersionQuery(version));
  usePageTitle(t("policy.versionName", { version }));
  return (
    <>
      <p className="small back-line">
        <Link to={PATHS.policy}>
          <Icon name="back" size={15} /> {t("policy.heading")}
        </Link>
      </p>
      <h1 className="version-heading">{t("policy.versionHeading", { version })}</h1>
      {error && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {isPending && <TableSkeleton />}
      {data && (
        <>
          <section className="card policy-part" aria-label={t("policy.versionName", { version })}>
            <MadeBy published={data} />
          </section>
          {data.version > 1 && <ChangedFromBefore version={data.version} rules={data.rules} />}
          <section className="card policy-part" aria-labelledby="policy-rules">
            <h2 id="policy-rules">{t("policy.allRules")}</h2>
            <RulesList rules={data.rules} />
          </section>
        </>
      )}
    </>
  );
}

function ChangedFromBefore({ version, rules }: { version: number; rules: Rules }) {
  const { t } = useTranslation("desk");
  const before = useQuery(policyOfVersionQuery(version - 1));
  const heading = t("policy.changedFrom", { version: version - 1 });
  return (
    <section aria-labelledby="policy-changed">
      <h2 id="policy-changed" className="desk-subheading">
        {heading}
      </h2>
      {before.isError && <ProblemPanel error={before.error} onRetry={() => void before.refetch()} />}
      {before.isPending && <TableSkeleton />}
      {before.data && <DifferencesTable before={before.data.rules} after={rules} caption={heading} />}
    </section>
  );
}
