import type { Contract } from "./contract.ts";
import { type Order, termOf } from "./order.ts";
import type { Instant } from "./time.ts";

/** What a contract is worth at an instant. */
export type Standing = "pending_payment" | "in_force" | "not_started" | "ended" | "lapsed" | "void";

/** Computed from contract, order and clock; never stored, so that it can never be stale (R8–R11, R14). */
export function standingOf(contract: Contract, order: Order, at: Instant): Standing {
  const { status } = order;
  switch (status.state) {
    case "cancelled":
      return "void";
    case "expired":
      return "lapsed";
    case "unpaid":
      return contract.holdUntil !== null && at < contract.holdUntil ? "pending_payment" : "lapsed";
    case "paid":
      if (contract.holdUntil !== null && status.paidAt >= contract.holdUntil) return "lapsed";
      return standingByTerm(order, at);
    case "refunded":
      return standingByTerm(order, at);
  }
}

function standingByTerm(order: Order, at: Instant): Standing {
  const term = termOf(order);
  if (!term) return "in_force";
  if (at < term.startsAt) return "not_started";
  return term.endsAt !== null && at >= term.endsAt ? "ended" : "in_force";
}
