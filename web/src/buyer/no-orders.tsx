import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OrderSearch } from "../api/order-search.ts";
import { PATHS } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";

/** Why the list is empty, and what to do about it. */
export function NoOrders({ view, q }: OrderSearch) {
  const { t } = useTranslation();
  if (q !== "") {
    return (
      <EmptyState
        icon="question"
        title={t("orders.emptySearchTitle", { q })}
        text={t("orders.emptySearchText")}
        action={<Link to={PATHS.orders}>{t("orders.searchClear")}</Link>}
      />
    );
  }
  switch (view) {
    case "all":
      return <EmptyState title={t("orders.emptyTitle")} text={t("orders.emptyText")} />;
    case "contractable":
      return (
        <EmptyState
          title={t("orders.emptyContractableTitle")}
          text={t("orders.emptyContractableText")}
          action={<Link to={PATHS.orders}>{t("orders.views.all")}</Link>}
        />
      );
    case "unpaid":
      return <EmptyState icon="check" title={t("orders.emptyUnpaidTitle")} text={t("orders.emptyUnpaidText")} />;
  }
}
