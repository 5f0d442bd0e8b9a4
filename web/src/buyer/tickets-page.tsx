import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ticketsQuery } from "../api/tickets.ts";
import { PATHS } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { HelpLink } from "../shell/help-link.tsx";
import { PagedList } from "../shell/paged-list.tsx";
import { useMay } from "../shell/use-may.ts";
import { usePageOf } from "../shell/use-page-of.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { TicketsTable } from "./tickets-table.tsx";

/** What was put to a desk where self-service ends, and what became of it (R20). */
export function TicketsPage() {
  const { t } = useTranslation();
  const tickets = usePageOf(ticketsQuery(useSearch({ from: "/buyer/tickets" }).after ?? ""));
  const may = useMay();
  usePageTitle(t("tickets.heading"));
  return (
    <>
      <h1>{t("tickets.heading")}</h1>
      <p className="lead">
        {t("tickets.lead")} <HelpLink topic="offline" />
      </p>
      <PagedList
        list={tickets}
        empty={
          <EmptyState
            title={t("tickets.emptyTitle")}
            text={t(may("tickets:write") ? "tickets.emptyText" : "viewing.noTickets")}
            action={<Link to={PATHS.orders}>{t("tickets.emptyAction")}</Link>}
          />
        }
      >
        {(items) => <TicketsTable tickets={items} />}
      </PagedList>
    </>
  );
}
