import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ordersQuery } from "../api/orders.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { UnpaidTable } from "./unpaid-table.tsx";

/** Orders that wait for payment: how long each is held, and what can be had before it is paid (R8, R15, R16). */
export function UnpaidPage() {
  const { t } = useTranslation();
  const orders = useInfiniteQuery(ordersQuery({ view: "unpaid", q: "" }));
  usePageTitle(t("unpaid.heading"));
  const items = orders.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t("unpaid.heading")}</h1>
      <p className="lead">{t("unpaid.lead")}</p>
      {orders.isError && <ProblemPanel error={orders.error} onRetry={() => void orders.refetch()} />}
      {orders.isPending && <TableSkeleton />}
      {orders.isSuccess && items.length > 0 && <UnpaidTable orders={items} />}
      {orders.isSuccess && items.length === 0 && (
        <EmptyState icon="check" title={t("orders.emptyUnpaidTitle")} text={t("orders.emptyUnpaidText")} />
      )}
      <LoadMore list={orders} />
    </>
  );
}
