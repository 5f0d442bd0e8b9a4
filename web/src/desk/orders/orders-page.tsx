import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { ORDER_STATES, type OrderFilter, type OrderFilters, orderFiltersOf } from "../../api/order-filters.ts";
import { ORDER_VIEWS, type OrderSearch } from "../../api/order-search.ts";
import { deskOrdersQuery } from "../../api/orders.ts";
import { sessionQuery } from "../../api/session.ts";
import { ViewingOnly } from "../../buyer/viewing-only.tsx";
import { PATHS } from "../../paths.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { PagedList } from "../../shell/paged-list.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { usePageOf } from "../../shell/use-page-of.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { FilterForm } from "../filter-form.tsx";
import { OptionField } from "../option-field.tsx";
import { DeskOrdersTable } from "./orders-table.tsx";

/** Everybody's orders with their decisions; what is asked for lives in the address. */
export function DeskOrdersPage() {
  const { t } = useTranslation("desk");
  const { view = "all", after = "", ...search } = useSearch({ from: "/desk/orders" });
  const filters = orderFiltersOf(search);
  const { data: session } = useQuery(sessionQuery);
  const orders = usePageOf(deskOrdersQuery(view, filters, after));
  usePageTitle(t("ordersPage.heading"));
  return (
    <>
      <h1>{t("ordersPage.heading")}</h1>
      <p className="lead">{t("ordersPage.lead")}</p>
      {session && <ViewingOnly session={session} />}
      <OrderFilterForm key={JSON.stringify([view, filters])} view={view} filters={filters} />
      <PagedList
        list={orders}
        empty={<EmptyState icon="search" title={t("ordersPage.emptyTitle")} text={t("ordersPage.emptyText")} />}
      >
        {(items) => <DeskOrdersTable orders={items} />}
      </PagedList>
    </>
  );
}

interface OrderFilterFormProps {
  readonly view: OrderSearch["view"];
  readonly filters: OrderFilters;
}

function OrderFilterForm({ view, filters }: OrderFilterFormProps) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const navigate = useNavigate({ from: PATHS.deskOrders });
  const look = (next: { readonly view?: OrderSearch["view"] } & OrderFilters) => void navigate({ search: next });
  const field = (name: OrderFilter) => ({
    ...{ id: `orders-${name}`, name, label: t(`ordersPage.filter.${name}`), maxLength: 64 },
    defaultValue: filters[name] ?? "",
  });
  const states = ORDER_STATES.map((value) => ({ value, label: inConsole(`orderState.${value}`) }));
  const { maxLength: _, ...state } = field("state");
  return (
    <>
      <div className="filters">
        <Segmented
          aria-label={inConsole("orders.views.label")}
          options={ORDER_VIEWS.map((value) => ({ value, label: inConsole(`orders.views.${value}`) }))}
          value={view}
          // What is unpaid has no other state.
          onChange={(chosen) => look({ ...withoutState(filters, chosen), view: chosen })}
        />
      </div>
      <FilterForm
        label={t("ordersPage.filters")}
        asked={view !== "all" || Object.keys(filters).length > 0}
        onSearch={(values) => look({ view, ...orderFiltersOf(values) })}
        onClear={() => look({})}
      >
        <TextField {...field("q")} type="search" />
        {view !== "unpaid" && <OptionField {...state} options={states} all={t("audit.all")} />}
        <TextField {...field("product")} />
        <TextField {...field("account")} />
      </FilterForm>
    </>
  );
}

function withoutState({ state, ...others }: OrderFilters, view: OrderSearch["view"]): OrderFilters {
  return view === "unpaid" || state === undefined ? others : { ...others, state };
}
