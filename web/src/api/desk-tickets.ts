import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import type { DeskTicketSearch, TicketQueue, TicketState } from "./desk-ticket-search.ts";
import { postPdf } from "./post-pdf.ts";
import { TICKETS_KEY, type Ticket } from "./tickets.ts";

const PAGE_SIZE = 30;
/** How soon what colleagues and buyers did is seen by whoever has the list open. */
const LOOK_AGAIN_EVERY_MS = 20_000;

/** Open ones the oldest first, as they are worked on; others the newest first. */
export function deskTicketsQuery(search: DeskTicketSearch, after: string) {
  const { queue, whose, turn, order } = search;
  const state: TicketState = search.state ?? "open";
  return queryOptions({
    queryKey: [...TICKETS_KEY, "desk", search, after],
    queryFn: () => {
      const query = {
        limit: PAGE_SIZE,
        state,
        sort: state === "open" ? ("oldest" as const) : ("newest" as const),
        ...(queue && { queue }),
        ...(whose && { assignee: whose }),
        ...(turn && { waitsFor: turn }),
        ...(order && { order }),
        ...(after && { cursor: after }),
      };
      return bodyOf(client.GET("/v1/tickets", { params: { query } }));
    },
    refetchInterval: state === "open" ? LOOK_AGAIN_EVERY_MS : false,
  });
}

/** What an agent works on next in a queue: of what waits for the desk and is theirs or nobody's, the oldest. */
export function nextTicketQuery(queue: string, present: string) {
  return queryOptions({
    queryKey: [...TICKETS_KEY, "next", queue, present],
    queryFn: async (): Promise<Ticket | null> => {
      const found = await Promise.all(["me", "nobody"].map((assignee) => oldestWaiting(queue, assignee)));
      const [next = null] = found
        .flat()
        .filter(({ ticket }) => ticket !== present)
        .sort((one, other) => one.openedAt.localeCompare(other.openedAt));
      return next;
    },
  });
}

async function oldestWaiting(queue: string, assignee: string): Promise<readonly Ticket[]> {
  // The one at hand may be among them.
  const query = { queue: queueOf(queue), assignee, waitsFor: "desk" as const, sort: "oldest" as const, limit: 2 };
  return (await bodyOf(client.GET("/v1/tickets", { params: { query } }))).items;
}

function queueOf(queue: string): TicketQueue {
  return queue === "marketplace_desk" ? "marketplace_desk" : "contract_desk";
}

/** `from` is whose it is on screen: a ticket that has gone to somebody else meanwhile is not taken from them unseen. */
export function assignTicket(ticket: string, assignee: "me" | null, from: string | null): Promise<void> {
  return agreed(client.POST("/v1/tickets/{ticket}/assign", { params: { path: { ticket } }, body: { assignee, from } }));
}

/** With the signed PDF, which becomes the order's contract; or without one, where none is wanted. */
export function resolveTicket(ticket: string, pdf: File | null, idempotencyKey: string): Promise<void> {
  if (pdf) return postPdf(`/v1/tickets/${encodeURIComponent(ticket)}/resolve`, pdf, idempotencyKey);
  return close(ticket, { outcome: "resolved" }, idempotencyKey);
}

export function rejectTicket(ticket: string, reason: string, idempotencyKey: string): Promise<void> {
  return close(ticket, { outcome: "rejected", reason }, idempotencyKey);
}

type Closing = { readonly outcome: "resolved" } | { readonly outcome: "rejected"; readonly reason: string };

function close(ticket: string, body: Closing, idempotencyKey: string): Promise<void> {
  const headers = { "Idempotency-Key": idempotencyKey };
  return agreed(client.POST("/v1/tickets/{ticket}/resolve", { params: { path: { ticket } }, headers, body }));
}
