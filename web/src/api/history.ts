import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import { CONTRACTS_KEY } from "./contracts.ts";
import { ORDERS_KEY } from "./orders.ts";
import { TICKETS_KEY } from "./tickets.ts";

/** Somebody did something to the order, contract or ticket, as the books recorded it in the same transaction. */
export type HistoryEntry = Awaited<ReturnType<typeof fetchContractHistory>>["items"][number];

/** Whose history. */
export type HistorySubject =
  | { readonly kind: "order"; readonly order: string }
  | { readonly kind: "contract"; readonly number: string }
  | { readonly kind: "ticket"; readonly ticket: string };

const PAGE_SIZE = 20;

/** Newest first. Under the key of what it is about: whatever changes that has changed its history, too. */
export function historyQuery(subject: HistorySubject, after: string) {
  return queryOptions({ queryKey: [...keyOf(subject), after], queryFn: () => fetchHistory(subject, after) });
}

function keyOf(subject: HistorySubject): readonly string[] {
  switch (subject.kind) {
    case "order":
      return [...ORDERS_KEY, "history", subject.order];
    case "contract":
      return [...CONTRACTS_KEY, "history", subject.number];
    case "ticket":
      return [...TICKETS_KEY, "history", subject.ticket];
  }
}

function fetchHistory(subject: HistorySubject, after: string) {
  switch (subject.kind) {
    case "order":
      return fetchOrderHistory(subject.order, after);
    case "contract":
      return fetchContractHistory(subject.number, after);
    case "ticket":
      return fetchTicketHistory(subject.ticket, after);
  }
}

function fetchOrderHistory(order: string, cursor: string) {
  return bodyOf(client.GET("/v1/orders/{order}/history", { params: { path: { order }, query: pageAfter(cursor) } }));
}

function fetchContractHistory(number: string, cursor: string) {
  return bodyOf(
    client.GET("/v1/contracts/{number}/history", { params: { path: { number }, query: pageAfter(cursor) } }),
  );
}

function fetchTicketHistory(ticket: string, cursor: string) {
  return bodyOf(client.GET("/v1/tickets/{ticket}/history", { params: { path: { ticket }, query: pageAfter(cursor) } }));
}

function pageAfter(cursor: string) {
  return { limit: PAGE_SIZE, ...(cursor && { cursor }) };
}
