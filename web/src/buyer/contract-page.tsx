import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { contractQuery } from "../api/contracts.ts";
import { PATHS } from "../paths.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { ContractDetails } from "./contract-details.tsx";

/** One contract: what it is worth now and why, what must be known while it waits for payment (R17), and the file. */
export function ContractPage() {
  const { t } = useTranslation();
  const { number } = useParams({ from: "/buyer/contracts/$number" });
  const { data, error, refetch, isPending } = useQuery(contractQuery(number));
  usePageTitle(t("contract.heading", { number }));
  return (
    <div className="one-thing">
      <p className="small">
        <Link to={PATHS.contracts}>{t("contract.back")}</Link>
      </p>
      <h1 className="wrap">{t("contract.heading", { number })}</h1>
      {error && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {isPending && (
        <div className="card" role="status" aria-label={t("common.loading")}>
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      )}
      {data && <ContractDetails contract={data} />}
    </div>
  );
}
