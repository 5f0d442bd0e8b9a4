import { holdEnd } from "./hold.ts";
import type { ContractNumber } from "./identifiers.ts";
import type { Order } from "./order.ts";
import type { Account, Seller } from "./parties.ts";
import type { Policy } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import type { Standing } from "./standing.ts";
import type { Instant } from "./time.ts";

/** The contract that already occupies an order or a bill, and what it is worth now (R4). */
export interface HeldContract {
  readonly number: ContractNumber;
  readonly standing: Standing;
}

/** R19: the kinds of partner are the policy's. */
export function servedByPartner(account: Account, policy: Policy): Refusal | null {
  const partner = account.servedBy;
  return partner && policy.partnerKindsRefused.includes(partner.kind) ? { code: "served_by_partner", partner } : null;
}

/** R4: also a void or lapsed contract occupies; only a void one can be replaced, where the policy allows it. */
export function alreadyContracted(held: HeldContract | null, policy: Policy): Refusal | null {
  if (held === null || isReplaceable(held, policy)) return null;
  return { code: "already_contracted", contract: held.number };
}

export function isReplaceable(held: HeldContract, policy: Policy): boolean {
  return policy.reissueAfterVoid && held.standing === "void";
}

/**
 * R10: a source has said so, which only a payment undoes, or the hold that runs from the placing of the order is over.
 * A contract issued all the same would have lapsed from its first moment.
 */
export function orderExpired(order: Order, seller: Seller | null, { hold }: Policy, at: Instant): Refusal | null {
  const { status, life, placedAt } = order;
  if (status.state === "expired") return { code: "order_expired" };
  if (status.state !== "unpaid") return null;
  if (life.expiredAt !== null) return { code: "order_expired" };
  // A hold that runs from the request has only just begun.
  return seller && holdEnd(hold, placedAt, at, seller.timeZone) <= at ? { code: "order_expired" } : null;
}

/** R6. */
export function identityNotVerified(account: Account, policy: Policy): Refusal | null {
  return policy.identityRequired && account.identity.state === "unverified" ? { code: "identity_not_verified" } : null;
}

/** R18: an active seal key, and quota left where somebody counts. */
export function canSealNow(seller: Seller): boolean {
  return seller.canSeal && (seller.quotaLeft === null || seller.quotaLeft > 0);
}
