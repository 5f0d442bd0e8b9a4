import type { Contract } from "./contract.ts";
import { type Order, termOf } from "./order.ts";
import type { Instant } from "./time.ts";

/** What a contract is worth at an instant. */
export type Standing = "pending_payment" | "in_force" | "not_started" | "ended" | "lapsed" | "void";

/**
 * Computed from contract, order and clock; never stored, so that it can never be stale (R8–R11, R14). What happened
 * first counts: a contract whose hold had run out before the order was paid or cancelled has lapsed and stays so.
 */
export function standingOf(contract: Contract, order: Order, at: Instant): Standing {
  const { status } = order;
  const { holdUntil } = contract;
  const ranOutBefore = (event: Instant | null): boolean => holdUntil !== null && event !== null && event >= holdUntil;
  switch (status.state) {
    case "cancelled":
      return ranOutBefore(status.cancelledAt) ? "lapsed" : "void";
    case "expired":
      return "lapsed";
    case "unpaid":
      return holdUntil !== null && at < holdUntil ? "pending_payment" : "lapsed";
    case "paid":
    case "refunded":
      return ranOutBefore(status.paidAt) ? "lapsed" : standingByTerm(order, at);
  }
}

function standingByTerm(order: Order, at: Instant): Standing {
  const term = termOf(order);
  if (!term) return "in_force";
  if (at < term.startsAt) return "not_started";
  return term.endsAt !== null && at >= term.endsAt ? "ended" : "in_force";
}
