import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ordersQuery } from "../api/orders.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { HelpLink } from "../shell/help-link.tsx";
import { PagedList } from "../shell/paged-list.tsx";
import { usePageOf } from "../shell/use-page-of.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { UnpaidTable } from "./unpaid-table.tsx";

const UNPAID = { view: "unpaid", q: "" } as const;

/** Orders that wait for payment: how long each is held, and what can be had before it is paid (R8, R15, R16). */
export function UnpaidPage() {
  const { t } = useTranslation();
  const orders = usePageOf(ordersQuery(UNPAID, useSearch({ from: "/buyer/unpaid" }).after ?? ""));
  usePageTitle(t("unpaid.heading"));
  return (
    <>
      <h1>{t("unpaid.heading")}</h1>
      <p className="lead">
        {t("unpaid.lead")} <HelpLink topic="unpaid" />
      </p>
      <PagedList
        list={orders}
        empty={<EmptyState icon="check" title={t("orders.emptyUnpaidTitle")} text={t("orders.emptyUnpaidText")} />}
      >
        {(items) => <UnpaidTable orders={items} />}
      </PagedList>
    </>
  );
}
