import type { OrderState } from "./order.ts";
import type { Instant } from "./time.ts";

/** One report of an order: what its source said of its state under which revision. */
export interface OrderReport {
  readonly revision: number;
  readonly status: OrderState;
}

/**
 * When the things that decide what a contract is worth happened to an order, as far as is known from all its reports.
 * Instants are those at which things happened, not those at which they were reported.
 */
export interface OrderLife {
  readonly paidAt: Instant | null;
  readonly cancelledAt: Instant | null;
  readonly expiredAt: Instant | null;
  readonly refundedAt: Instant | null;
}

const NOTHING_HAPPENED: OrderLife = { paidAt: null, cancelledAt: null, expiredAt: null, refundedAt: null };

/**
 * The life of an order from its reports, in whatever order they arrived and however often (R9–R11): they are read by
 * revision. A later revision corrects the instant that an earlier one named; `unpaid` after `paid` takes the payment
 * back. Cancellation and expiry are final: no later report undoes them.
 */
export function lifeOf(reports: readonly OrderReport[]): OrderLife {
  return reports.toSorted((left, right) => left.revision - right.revision).reduce(afterReport, NOTHING_HAPPENED);
}

function afterReport(life: OrderLife, { status }: OrderReport): OrderLife {
  switch (status.state) {
    case "unpaid":
      return { ...life, paidAt: null, refundedAt: null };
    case "paid":
      return { ...life, paidAt: status.paidAt, refundedAt: null };
    case "cancelled":
      return { ...life, cancelledAt: status.cancelledAt };
    case "expired":
      return { ...life, expiredAt: status.expiredAt };
    case "refunded":
      return { ...life, refundedAt: status.refundedAt, paidAt: status.paidAt ?? life.paidAt };
  }
}
