import type { Contract } from "./contract.ts";
import { type Order, termOf } from "./order.ts";
import type { Instant } from "./time.ts";

/** What a contract is worth at an instant. */
export type Standing = "pending_payment" | "in_force" | "not_started" | "ended" | "lapsed" | "void";

/**
 * Computed from contract, order and clock; never stored, so that it can never be stale (R8–R11, R14). What happened
 * first counts, whatever was reported first: a contract whose hold had run out before the order was paid or cancelled
 * has lapsed and stays so, and so has one whose order had expired before it was cancelled. A contract on a bill has no order (null): it is in force unless the desk has voided it.
 */
export function standingOf(contract: Contract, order: Order | null, at: Instant): Standing {
  if (contract.state === "issued" && contract.voided) return "void";
  if (order === null) return "in_force";
  const { holdUntil } = contract;
  const { cancelledAt, expiredAt } = order.life;
  const paidInTime = wasPaidInTime(order, holdUntil);
  if (cancelledAt !== null) {
    const inTime = isBefore(cancelledAt, holdUntil) && isBefore(cancelledAt, expiredAt);
    return paidInTime || inTime ? "void" : "lapsed";
  }
  if (paidInTime) return standingByTerm(order, at);
  const isHeld = holdUntil !== null && at < holdUntil && expiredAt === null && order.life.paidAt === null;
  return isHeld ? "pending_payment" : "lapsed";
}

/** Why and since when a contract is void: its order was cancelled (R9), or the desk has voided it (R22). */
export type Voided =
  | { readonly by: "order"; readonly at: Instant }
  | { readonly by: "desk"; readonly at: Instant; readonly reason: string };

/** Null for a contract that is not void; by whichever came first. */
export function voidedOf(contract: Contract, order: Order | null, at: Instant): Voided | null {
  if (standingOf(contract, order, at) !== "void") return null;
  const desk = contract.state === "issued" ? contract.voided : null;
  const cancelledAt = order?.life.cancelledAt ?? null;
  const cancelledFirst = cancelledAt !== null && isBefore(cancelledAt, desk?.at ?? null);
  // A contract that had lapsed before its order was cancelled was not voided by that.
  const wasVoidByOrder = cancelledFirst && order !== null && standingOf(undone(contract), order, at) === "void";
  if (wasVoidByOrder) return { by: "order", at: cancelledAt };
  return desk && { by: "desk", ...desk };
}

/** The contract as if the desk had never voided it. */
function undone(contract: Contract): Contract {
  return contract.state === "issued" ? { ...contract, voided: null } : contract;
}

/** Paid before the hold ended; a contract without a hold was requested when its order was paid. */
function wasPaidInTime({ life }: Order, holdUntil: Instant | null): boolean {
  // A refund whose payment no report dates is still the refund of a payment.
  if (life.paidAt === null) return life.refundedAt !== null;
  return isBefore(life.paidAt, holdUntil);
}

function isBefore(event: Instant, end: Instant | null): boolean {
  return end === null || event < end;
}

/** True when the order was paid, but only after the hold of its contract had ended: the desk has to be told (R10). */
export function wasPaidTooLate(contract: Contract, { life }: Order): boolean {
  return contract.holdUntil !== null && life.paidAt !== null && life.paidAt >= contract.holdUntil;
}

function standingByTerm(order: Order, at: Instant): Standing {
  const term = termOf(order);
  if (!term) return "in_force";
  if (at < term.startsAt) return "not_started";
  return term.endsAt !== null && at >= term.endsAt ? "ended" : "in_force";
}

/** When the standing changes by the clock alone, if nothing else happens; null when it never does. */
export function nextChangeOf(contract: Contract, order: Order | null, at: Instant): Instant | null {
  const standing = standingOf(contract, order, at);
  const term = order && termOf(order);
  switch (standing) {
    case "pending_payment":
      return contract.holdUntil;
    case "not_started":
      return term?.startsAt ?? null;
    case "in_force":
      return term?.endsAt ?? null;
    default:
      return null;
  }
}
