import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { billsQuery } from "../api/bills.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { HelpLink } from "../shell/help-link.tsx";
import { PagedList } from "../shell/paged-list.tsx";
import { usePageOf } from "../shell/use-page-of.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { BillsTable } from "./bills-table.tsx";

/** Monthly bills, the only place where the amounts of pay-as-you-go can be contracted (R13). */
export function BillsPage() {
  const { t } = useTranslation();
  const bills = usePageOf(billsQuery(useSearch({ from: "/buyer/bills" }).after ?? ""));
  usePageTitle(t("bills.heading"));
  return (
    <>
      <h1>{t("bills.heading")}</h1>
      <p className="lead">
        {t("bills.lead")} <HelpLink topic="pay-as-you-go" />
      </p>
      <PagedList list={bills} empty={<EmptyState title={t("bills.emptyTitle")} text={t("bills.emptyText")} />}>
        {(items) => <BillsTable bills={items} />}
      </PagedList>
    </>
  );
}
