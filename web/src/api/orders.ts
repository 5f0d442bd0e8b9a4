import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import { ORDER_STATES, type OrderFilters } from "./order-filters.ts";
import type { OrderSearch } from "./order-search.ts";
import type { components } from "./schema";

export type Order = components["schemas"]["Order"];
export type OrderLine = Order["lines"][number];
export type Decision = components["schemas"]["Decision"];
export type Issue = Extract<Decision, { kind: "issue" }>;
export type Refuse = Extract<Decision, { kind: "refuse" }>;
export type NextStep = components["schemas"]["NextStep"];
export type ExplainedOrder = Awaited<ReturnType<typeof fetchOrder>>;
export type Rung = ExplainedOrder["rungs"][number];

const PAGE_SIZE = 30;
/** Of which none has an order to request, before the reader is asked. */
const MOST_PAGES = 5;

/** The key under which everything that a new contract changes is cached. */
export const ORDERS_KEY = ["orders"] as const;

export function ordersQuery(search: OrderSearch, after: string) {
  return queryOptions({
    queryKey: [...ORDERS_KEY, "list", search, after],
    queryFn: () => fetchOrders(search, after),
  });
}

/** Everybody's orders, as the desk asks for them. */
export function deskOrdersQuery(view: OrderSearch["view"], filters: OrderFilters, after: string) {
  return queryOptions({
    queryKey: [...ORDERS_KEY, "desk", view, filters, after],
    queryFn: () => {
      const { state: named, ...others } = filters;
      const state = ORDER_STATES.find((each) => each === named);
      const query = { view, limit: PAGE_SIZE, ...others, ...(state && { state }), ...(after && { cursor: after }) };
      return bodyOf(client.GET("/v1/orders", { params: { query } }));
    },
  });
}

/** The orders that the Contracts page offers to request: direct ones that may have a contract and have none yet (R1, R18). */
export function requestableOrdersQuery(after: string) {
  return queryOptions({
    queryKey: [...ORDERS_KEY, "requestable", after],
    queryFn: () => fetchRequestableOrders(after),
  });
}

/** Reads on past pages where every order has its contract; after a few, whoever reads is shown how to go on. */
async function fetchRequestableOrders(from: string) {
  let cursor = from;
  let someContracted = false;
  for (let page = 1; ; page++) {
    const { items: orders, next } = await fetchOrders({ view: "contractable", q: "" }, cursor);
    const items = orders.filter(({ decision }) => decision.kind === "issue");
    someContracted ||= items.length < orders.length;
    if (items.length > 0 || next === null || page === MOST_PAGES) return { items, next, someContracted };
    cursor = next;
  }
}

function fetchOrders({ view, q }: OrderSearch, cursor: string) {
  const query = { view, limit: PAGE_SIZE, ...(q && { q }), ...(cursor && { cursor }) };
  return bodyOf(client.GET("/v1/orders", { params: { query } }));
}

export function orderQuery(order: string) {
  return queryOptions({ queryKey: [...ORDERS_KEY, "one", order], queryFn: () => fetchOrder(order) });
}

function fetchOrder(order: string) {
  return bodyOf(client.GET("/v1/orders/{order}", { params: { path: { order } } }));
}
