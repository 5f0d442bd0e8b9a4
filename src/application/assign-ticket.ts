import type { AccountId } from "../domain/identifiers.ts";
import type { TicketId } from "../domain/ticket.ts";
import type { AnswerTicketPorts } from "./answer-ticket.ts";
import type { Actor } from "./ports.ts";
import { auditTicket } from "./ticket-audit.ts";

export interface Assignment {
  /** Whose the ticket becomes; null: nobody's. */
  readonly to: string | null;
  /** Whose it is as far as the asker knows: that one may lose it. A ticket of anybody else stays with them. */
  readonly from: string | null;
}

export type AssignOutcome =
  /** Also where it was theirs before: nothing is done twice. */
  | { readonly kind: "assigned" }
  | { readonly kind: "of_somebody_else"; readonly assignee: string }
  | { readonly kind: "closed" }
  | { readonly kind: "not_found" };

/**
 * Makes an open ticket somebody's, or nobody's. Two who take it at once take turns at its row, and the second is told
 * whose it is: nobody loses a ticket to somebody who did not know that they had it.
 */
export async function assignTicket(
  { ledger, clock }: Pick<AnswerTicketPorts, "ledger" | "clock">,
  actor: Actor,
  account: AccountId,
  id: TicketId,
  { to, from }: Assignment,
): Promise<AssignOutcome> {
  return ledger.transaction(async (transaction): Promise<AssignOutcome> => {
    const ticket = await transaction.lockTicket(account, id);
    if (!ticket) return { kind: "not_found" };
    if (ticket.status.state !== "open") return { kind: "closed" };
    const { assignee, order, queue } = ticket;
    if (assignee === to) return { kind: "assigned" };
    if (assignee !== null && assignee !== from) return { kind: "of_somebody_else", assignee };
    const at = clock.now();
    await transaction.assignTicket(ticket, to);
    await auditTicket(transaction, actor, "ticket.assigned", ticket, at, { assignee: to, previous: assignee });
    const data = { order, queue, assignee: to };
    await transaction.publish({ type: "ticket.assigned", at, account, subject: id, data });
    return { kind: "assigned" };
  });
}
