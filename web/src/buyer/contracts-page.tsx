import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { contractsQuery } from "../api/contracts.ts";
import { PATHS } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { ContractsTable } from "./contracts-table.tsx";
import { TableSkeleton } from "./table-skeleton.tsx";

/** Issued contracts and what they are worth now; downloaded as often as wanted (R5). */
export function ContractsPage() {
  const { t } = useTranslation();
  const contracts = useInfiniteQuery(contractsQuery());
  usePageTitle(t("title.contracts"));
  const items = contracts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t("contracts.heading")}</h1>
      <p className="lead">{t("contracts.lead")}</p>
      {contracts.isError && <ProblemPanel error={contracts.error} onRetry={() => void contracts.refetch()} />}
      {contracts.isPending && <TableSkeleton />}
      {contracts.isSuccess && (items.length > 0 ? <ContractsTable contracts={items} /> : <NoContracts />)}
      <LoadMore list={contracts} />
    </>
  );
}

function NoContracts() {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t("contracts.emptyTitle")}
      text={t("contracts.emptyText")}
      action={
        <Link to={PATHS.orders} search={{ view: "contractable" }}>
          {t("contracts.emptyAction")}
        </Link>
      }
    />
  );
}
