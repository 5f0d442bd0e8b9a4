import type { Ticket } from "../domain/ticket.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor, LedgerTransaction } from "./ports.ts";

/** Writes down what somebody did with a ticket. */
export async function auditTicket(
  transaction: LedgerTransaction,
  actor: Actor,
  action: `ticket.${string}`,
  { id, account }: Ticket,
  at: Instant,
  detail: Readonly<Record<string, string | null>>,
): Promise<void> {
  await transaction.audit({
    at,
    actor,
    action,
    account,
    objectKind: "ticket",
    objectId: id,
    policyVersion: null,
    detail,
  });
}
