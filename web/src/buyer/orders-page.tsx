import { useInfiniteQuery } from "@tanstack/react-query";
import { Outlet, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ordersQuery } from "../api/orders.ts";
import { LoadMore } from "../shell/load-more.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { NoOrders } from "./no-orders.tsx";
import { OrderFilters } from "./order-filters.tsx";
import { OrdersTable } from "./orders-table.tsx";

/** All orders of the account, each with its decision (R1); filters live in the address. */
export function OrdersPage() {
  const { t } = useTranslation();
  const { view = "all", q = "" } = useSearch({ from: "/buyer/orders" });
  const orders = useInfiniteQuery(ordersQuery({ view, q }));
  usePageTitle(t("title.orders"));
  const items = orders.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t("orders.heading")}</h1>
      <p className="lead">{t("orders.lead")}</p>
      <OrderFilters view={view} q={q} />
      {orders.isError && <ProblemPanel error={orders.error} onRetry={() => void orders.refetch()} />}
      {orders.isPending && <TableSkeleton />}
      {orders.isSuccess && (items.length > 0 ? <OrdersTable orders={items} /> : <NoOrders view={view} q={q} />)}
      <LoadMore list={orders} />
      <Outlet />
    </>
  );
}
