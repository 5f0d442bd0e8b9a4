import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { deskTicketSearchOf } from "../../api/desk-ticket-search.ts";
import { deskTicketsQuery } from "../../api/desk-tickets.ts";
import { PATHS } from "../../paths.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { PagedList } from "../../shell/paged-list.tsx";
import { usePageOf } from "../../shell/use-page-of.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { DeskTicketsTable } from "./desk-tickets-table.tsx";
import { TicketFilters } from "./ticket-filters.tsx";
import "./tickets.css";

/** What buyers have put to the desks; what is asked for lives in the address. */
export function DeskTicketsPage() {
  const { t } = useTranslation("desk");
  const address = useSearch({ from: "/desk/tickets" });
  const search = deskTicketSearchOf(address);
  const { state = "open", ...narrowed } = search;
  const tickets = usePageOf(deskTicketsQuery(search, address.after ?? ""));
  usePageTitle(t("tickets.heading"));
  const isNarrowed = Object.keys(narrowed).length > 0;
  const why = isNarrowed ? "filtered" : state;
  return (
    <>
      <h1>{t("tickets.heading")}</h1>
      <p className="lead">{t("tickets.lead")}</p>
      <TicketFilters search={search} />
      <PagedList
        list={tickets}
        empty={
          <EmptyState
            icon={isNarrowed ? "search" : "check"}
            title={t(`tickets.empty.${why}.title`)}
            text={t(`tickets.empty.${why}.text`)}
            action={
              isNarrowed && (
                <Link to={PATHS.deskTickets} search={search.state ? { state: search.state } : {}}>
                  {t("tickets.clear")}
                </Link>
              )
            }
          />
        }
      >
        {(items) => <DeskTicketsTable tickets={items} state={state} />}
      </PagedList>
    </>
  );
}
