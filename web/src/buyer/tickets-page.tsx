import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ticketsQuery } from "../api/tickets.ts";
import { PATHS } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { useMay } from "../shell/use-may.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { TicketsTable } from "./tickets-table.tsx";

/** What was put to a desk where self-service ends, and what became of it (R20). */
export function TicketsPage() {
  const { t } = useTranslation();
  const tickets = useInfiniteQuery(ticketsQuery());
  const may = useMay();
  usePageTitle(t("tickets.heading"));
  const items = tickets.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t("tickets.heading")}</h1>
      <p className="lead">{t("tickets.lead")}</p>
      {tickets.isError && <ProblemPanel error={tickets.error} onRetry={() => void tickets.refetch()} />}
      {tickets.isPending && <TableSkeleton />}
      {tickets.isSuccess && items.length > 0 && <TicketsTable tickets={items} />}
      {tickets.isSuccess && items.length === 0 && (
        <EmptyState
          title={t("tickets.emptyTitle")}
          text={t(may("tickets:write") ? "tickets.emptyText" : "viewing.noTickets")}
          action={<Link to={PATHS.orders}>{t("tickets.emptyAction")}</Link>}
        />
      )}
      <LoadMore list={tickets} />
    </>
  );
}
