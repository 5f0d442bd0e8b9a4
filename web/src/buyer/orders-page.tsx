import { Outlet, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ordersQuery } from "../api/orders.ts";
import { HelpLink } from "../shell/help-link.tsx";
import { PagedList } from "../shell/paged-list.tsx";
import { usePageOf } from "../shell/use-page-of.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { NoOrders } from "./no-orders.tsx";
import { OrderFilters } from "./order-filters.tsx";
import { OrdersTable } from "./orders-table.tsx";

/** All orders of the account, each with its decision (R1); filters live in the address. */
export function OrdersPage() {
  const { t } = useTranslation();
  const { view = "all", q = "", after = "" } = useSearch({ from: "/buyer/orders" });
  const orders = usePageOf(ordersQuery({ view, q }, after));
  usePageTitle(t("title.orders"));
  return (
    <>
      <h1>{t("orders.heading")}</h1>
      <p className="lead">
        {t("orders.lead")} <HelpLink topic="eligibility" />
      </p>
      <OrderFilters view={view} q={q} />
      <PagedList list={orders} empty={<NoOrders view={view} q={q} />}>
        {(items) => <OrdersTable orders={items} />}
      </PagedList>
      <Outlet />
    </>
  );
}
