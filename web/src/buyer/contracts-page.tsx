import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { contractsQuery } from "../api/contracts.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { ContractsTable } from "./contracts-table.tsx";
import { RequestableOrders } from "./requestable-orders.tsx";
import "./contracts-page.css";

/** The orders that a contract can be requested for (R1, R18), and below them the contracts there are. */
export function ContractsPage() {
  const { t } = useTranslation();
  usePageTitle(t("title.contracts"));
  return (
    <>
      <h1>{t("contracts.heading")}</h1>
      <p className="lead">{t("contracts.lead")}</p>
      <RequestableOrders />
      <IssuedContracts />
    </>
  );
}

/** Issued contracts and what they are worth now; downloaded as often as wanted (R5). */
function IssuedContracts() {
  const { t } = useTranslation();
  const contracts = useInfiniteQuery(contractsQuery());
  const items = contracts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="page-part" aria-labelledby="issued-contracts">
      <h2 id="issued-contracts">{t("contracts.issued")}</h2>
      <p className="lead">{t("contracts.issuedLead")}</p>
      {contracts.isError && <ProblemPanel error={contracts.error} onRetry={() => void contracts.refetch()} />}
      {contracts.isPending && <TableSkeleton />}
      {contracts.isSuccess && items.length > 0 && <ContractsTable contracts={items} />}
      {contracts.isSuccess && items.length === 0 && (
        <EmptyState title={t("contracts.emptyTitle")} text={t("contracts.emptyText")} />
      )}
      <LoadMore list={contracts} />
    </section>
  );
}
