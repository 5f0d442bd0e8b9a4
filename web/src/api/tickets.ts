import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import { postPdf } from "./post-pdf.ts";
import type { components } from "./schema";

export type Ticket = components["schemas"]["Ticket"];
export type Thread = Awaited<ReturnType<typeof fetchThread>>;

const PAGE_SIZE = 30;
/** As many as the API gives at once. */
const MOST_ON_A_PAGE = 200;
/** How soon an answer of the desk is seen by whoever has the ticket open. */
const LOOK_AGAIN_EVERY_MS = 20_000;
/** As the API takes a file's name: no path, no quotation mark, no control character. */
const NOT_IN_A_NAME = /[/\\"\p{Cc}]/gu;
const LONGEST_NAME = 120;

export const TICKETS_KEY = ["tickets"] as const;

export function ticketsQuery(after: string) {
  return queryOptions({
    queryKey: [...TICKETS_KEY, "list", after],
    queryFn: () => {
      const query = { limit: PAGE_SIZE, ...(after && { cursor: after }) };
      return bodyOf(client.GET("/v1/tickets", { params: { query } }));
    },
  });
}

/** The newest of one account, of the queues that the reader sees. */
export function accountTicketsQuery(account: string) {
  return queryOptions({
    queryKey: [...TICKETS_KEY, "of", account],
    queryFn: async () => {
      const query = { account, limit: MOST_ON_A_PAGE };
      return (await bodyOf(client.GET("/v1/tickets", { params: { query } }))).items;
    },
  });
}

/** Those of one order. */
export function orderTicketsQuery(order: string) {
  return queryOptions({
    queryKey: [...TICKETS_KEY, "of-order", order],
    queryFn: async () => {
      const query = { order, limit: MOST_ON_A_PAGE };
      return (await bodyOf(client.GET("/v1/tickets", { params: { query } }))).items;
    },
  });
}

export function ticketQuery(ticket: string) {
  return queryOptions({
    queryKey: [...TICKETS_KEY, "one", ticket],
    queryFn: () => fetchThread(ticket),
    refetchInterval: ({ state }) => (state.data?.state === "open" ? LOOK_AGAIN_EVERY_MS : false),
  });
}

/** Opens the ticket of a refused order; the order's open ticket, where there is one already. */
export function openTicket(order: string, message: string, idempotencyKey: string): Promise<Thread> {
  const headers = { "Idempotency-Key": idempotencyKey };
  return bodyOf(client.POST("/v1/tickets", { headers, body: { order, ...(message !== "" && { message }) } }));
}

export function answerTicket(ticket: string, text: string, idempotencyKey: string): Promise<void> {
  const request = { params: { path: { ticket } }, headers: { "Idempotency-Key": idempotencyKey }, body: { text } };
  return agreed(client.POST("/v1/tickets/{ticket}/messages", request));
}

export function attachToTicket(ticket: string, file: File, idempotencyKey: string): Promise<void> {
  const name = file.name.replace(NOT_IN_A_NAME, "").slice(-LONGEST_NAME).trim() || "attachment.pdf";
  const address = `/v1/tickets/${encodeURIComponent(ticket)}/attachments?${new URLSearchParams({ name })}`;
  return postPdf(address, file, idempotencyKey);
}

function fetchThread(ticket: string) {
  return bodyOf(client.GET("/v1/tickets/{ticket}", { params: { path: { ticket } } }));
}
