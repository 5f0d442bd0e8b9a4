import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import { CONTRACTS_KEY } from "./contracts.ts";
import { ORDERS_KEY } from "./orders.ts";

/** Somebody did something to the order or contract, as the books recorded it in the same transaction. */
export type HistoryEntry = Awaited<ReturnType<typeof fetchContractHistory>>["items"][number];

/** Whose history. */
export type HistorySubject =
  | { readonly kind: "order"; readonly order: string }
  | { readonly kind: "contract"; readonly number: string };

const PAGE_SIZE = 20;

/** Newest first. Under the key of what it is about: whatever changes that has changed its history, too. */
export function historyQuery(subject: HistorySubject, after: string) {
  const key =
    subject.kind === "order"
      ? [...ORDERS_KEY, "history", subject.order]
      : [...CONTRACTS_KEY, "history", subject.number];
  return queryOptions({
    queryKey: [...key, after],
    queryFn: () =>
      subject.kind === "order" ? fetchOrderHistory(subject.order, after) : fetchContractHistory(subject.number, after),
  });
}

function fetchOrderHistory(order: string, cursor: string) {
  return bodyOf(client.GET("/v1/orders/{order}/history", { params: { path: { order }, query: pageAfter(cursor) } }));
}

function fetchContractHistory(number: string, cursor: string) {
  return bodyOf(
    client.GET("/v1/contracts/{number}/history", { params: { path: { number }, query: pageAfter(cursor) } }),
  );
}

function pageAfter(cursor: string) {
  return { limit: PAGE_SIZE, ...(cursor && { cursor }) };
}
