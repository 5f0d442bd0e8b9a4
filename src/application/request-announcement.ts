import type { Contract } from "../domain/contract.ts";
import { isoOf } from "../domain/time.ts";
import type { Actor, LedgerTransaction } from "./ports.ts";

/** Writes into the audit and the outbox that a contract was requested, and that its unpaid order is now held (R8). */
export async function announceRequest(transaction: LedgerTransaction, actor: Actor, contract: Contract): Promise<void> {
  const { account, number, order, requestedAt: at, holdUntil, policyVersion } = contract;
  const detail = { order, snapshot: contract.snapshot, holdUntil: holdUntil === null ? null : isoOf(holdUntil) };
  await transaction.audit({
    at,
    actor,
    action: "contract.requested",
    account,
    objectKind: "contract",
    objectId: number,
    policyVersion,
    detail,
  });
  await transaction.publish({ type: "contract.requested", at, account, subject: number, data: detail });
  if (holdUntil === null) return;
  const data = { contract: number, holdUntil: isoOf(holdUntil) };
  await transaction.publish({ type: "order.hold_started", at, account, subject: order, data });
}
