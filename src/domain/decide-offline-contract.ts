import type { IssuanceFacts, Issue, Refuse } from "./decide-issuance.ts";
import { holdEnd } from "./hold.ts";
import { alreadyContracted, isReplaceable, orderExpired } from "./issuance-rungs.ts";
import type { Refusal } from "./refusal.ts";

/**
 * May the contract that the desk has signed on paper become the order's one contract (R20)? The desk decides what the
 * ladder leaves to it; what it cannot decide is that an order has two contracts (R4), or one although it is over.
 */
export function decideOfflineContract(facts: IssuanceFacts): Issue | Refuse {
  const { order, seller, held, policy, at } = facts;
  const refusal = alreadyContracted(held, policy) ?? orderIsOver(facts);
  if (refusal) return { kind: "refuse", policyVersion: policy.version, refusal };
  const unpaid = order.status.state === "unpaid";
  return {
    kind: "issue",
    policyVersion: policy.version,
    holdUntil: unpaid && seller ? holdEnd(policy.hold, order.placedAt, at, seller.timeZone) : null,
    amountShown: order.billing === "subscription",
    warnings: [],
    replaces: held && isReplaceable(held, policy) ? held.number : null,
  };
}

function orderIsOver({ order, seller, policy, at }: IssuanceFacts): Refusal | null {
  if (order.life.cancelledAt !== null) return { code: "order_cancelled" };
  const expired = orderExpired(order, seller, policy, at);
  if (expired) return expired;
  return order.status.state === "refunded" ? { code: "order_refunded" } : null;
}
