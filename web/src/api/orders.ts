import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
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

/** The key under which everything that a new contract changes is cached. */
export const ORDERS_KEY = ["orders"] as const;

export function ordersQuery({ view, q }: OrderSearch) {
  return infiniteQueryOptions({
    queryKey: [...ORDERS_KEY, "list", view, q],
    queryFn: ({ pageParam }) => {
      const query = { view, limit: PAGE_SIZE, ...(q && { q }), ...(pageParam && { cursor: pageParam }) };
      return bodyOf(client.GET("/v1/orders", { params: { query } }));
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}

export function orderQuery(order: string) {
  return queryOptions({ queryKey: [...ORDERS_KEY, "one", order], queryFn: () => fetchOrder(order) });
}

function fetchOrder(order: string) {
  return bodyOf(client.GET("/v1/orders/{order}", { params: { path: { order } } }));
}
