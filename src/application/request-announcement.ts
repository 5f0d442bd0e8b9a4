import { type Contract, cycleOf, orderOf } from "../domain/contract.ts";
import { isoOf } from "../domain/time.ts";
import { announceHold } from "./order-announcement.ts";
import type { Actor, LedgerTransaction } from "./ports.ts";

/** Writes into the audit and the outbox that a contract was requested, and that its unpaid order is now held (R8). */
export async function announceRequest(transaction: LedgerTransaction, actor: Actor, contract: Contract): Promise<void> {
  const { account, number, requestedAt: at, holdUntil, policyVersion, replaces } = contract;
  const order = orderOf(contract);
  const detail = {
    order,
    bill: cycleOf(contract),
    replaces,
    snapshot: contract.snapshot,
    holdUntil: holdUntil === null ? null : isoOf(holdUntil),
  };
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
  await announceHold(transaction, contract, at);
}
