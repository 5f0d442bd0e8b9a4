import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { billsQuery } from "../api/bills.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { BillsTable } from "./bills-table.tsx";

/** Monthly bills, the only place where the amounts of pay-as-you-go can be contracted (R13). */
export function BillsPage() {
  const { t } = useTranslation();
  const bills = useInfiniteQuery(billsQuery());
  usePageTitle(t("bills.heading"));
  const items = bills.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t("bills.heading")}</h1>
      <p className="lead">{t("bills.lead")}</p>
      {bills.isError && <ProblemPanel error={bills.error} onRetry={() => void bills.refetch()} />}
      {bills.isPending && <TableSkeleton />}
      {bills.isSuccess && items.length > 0 && <BillsTable bills={items} />}
      {bills.isSuccess && items.length === 0 && (
        <EmptyState title={t("bills.emptyTitle")} text={t("bills.emptyText")} />
      )}
      <LoadMore list={bills} />
    </>
  );
}
