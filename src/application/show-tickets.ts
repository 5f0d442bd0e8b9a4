import type { AccountId } from "../domain/identifiers.ts";
import type { TicketId, TicketQueue } from "../domain/ticket.ts";
import type { TicketFilter } from "./listed.ts";
import type { Ledger, Page, PageRequest } from "./ports.ts";
import type { ListedTicket, TicketThread } from "./ticket-books.ts";

/** Whose tickets somebody may see: an account's own, those of some queues, or all (both null). */
export interface TicketScope {
  readonly account: AccountId | null;
  readonly queues: readonly TicketQueue[] | null;
}

/** A ticket with its thread; null when absent or not for these eyes (the two look alike). */
export async function showTicket(
  { ledger }: { ledger: Ledger },
  id: TicketId,
  { account, queues }: TicketScope,
): Promise<TicketThread | null> {
  const thread = await ledger.ticket(id);
  if (!thread) return null;
  const { ticket } = thread;
  const isTheirs = (account === null || ticket.account === account) && (queues?.includes(ticket.queue) ?? true);
  // What the desk has to settle after a late payment is not the buyer's to read.
  return isTheirs && (account === null || ticket.topic !== "paid_after_hold") ? thread : null;
}

/** Tickets by the time at which they were opened. */
export async function listTickets(
  { ledger }: { ledger: Ledger },
  filter: TicketFilter,
  page: PageRequest,
): Promise<Page<ListedTicket>> {
  return ledger.listTickets(filter, page);
}
