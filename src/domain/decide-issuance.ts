import { holdEnd } from "./hold.ts";
import type { ContractNumber } from "./identifiers.ts";
import {
  alreadyContracted,
  canSealNow,
  type HeldContract,
  identityNotVerified,
  isReplaceable,
  orderExpired,
  servedByPartner,
} from "./issuance-rungs.ts";
import { type ExplainedRung, explainLadder, firstRefusal, type Rung } from "./ladder.ts";
import type { Order } from "./order.ts";
import type { Account, Seller } from "./parties.ts";
import { isSelfService, type Policy } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import type { Instant } from "./time.ts";

/** Everything that the decision may depend on; nothing else does. */
export interface IssuanceFacts {
  readonly order: Order;
  readonly account: Account;
  /** The order's seller; null when a marketplace seller is not known here. */
  readonly seller: Seller | null;
  /** The contract that already occupies the order, whatever it is worth today (R4). */
  readonly held: HeldContract | null;
  readonly policy: Policy;
  readonly at: Instant;
}

/** What a buyer must know before confirming (R8, R17). */
export type Warning = "unpaid_order_is_held" | "domain_can_be_lost_until_paid";

export interface Issue {
  readonly kind: "issue";
  readonly policyVersion: number;
  /** Unpaid: the contract lapses at this instant unless the order is paid before it (R8). */
  readonly holdUntil: Instant | null;
  /** False for pay-as-you-go (R12). */
  readonly amountShown: boolean;
  readonly warnings: readonly Warning[];
  /** The voided contract that the new one stands in for, where the policy allows that (R4). */
  readonly replaces: ContractNumber | null;
}

export interface Refuse {
  readonly kind: "refuse";
  readonly policyVersion: number;
  readonly refusal: Refusal;
}

export type Decision = Issue | Refuse;

/** First match decides; docs/policy.md lists the same order. */
const LADDER: readonly Rung<IssuanceFacts>[] = [
  { name: "served_by_partner", rung: ({ account, policy }) => servedByPartner(account, policy) },
  { name: "already_contracted", rung: ({ held, policy }) => alreadyContracted(held, policy) },
  { name: "order_cancelled", rung: ({ order }) => when(order.life.cancelledAt !== null, { code: "order_cancelled" }) },
  { name: "order_expired", rung: ({ order, seller, policy, at }) => orderExpired(order, seller, policy, at) },
  { name: "order_refunded", rung: ({ order }) => when(order.status.state === "refunded", { code: "order_refunded" }) },
  { name: "order_type_not_contractable", rung: typeNotContractable },
  { name: "identity_not_verified", rung: ({ account, policy }) => identityNotVerified(account, policy) },
  { name: "seller_cannot_seal", rung: sellerCannotSeal },
  { name: "product_not_self_service", rung: productNotSelfService },
  { name: "unpaid_domain_service_not_allowed", rung: unpaidDomainService },
];

/** May this order have a contract now? Total: always one answer, the first refusal of the ladder or `issue`. */
export function decideIssuance(facts: IssuanceFacts): Decision {
  const refusal = firstRefusal(LADDER, facts);
  return refusal ? { kind: "refuse", policyVersion: facts.policy.version, refusal } : issue(facts);
}

/** The decision with every rung's own answer. */
export function explainIssuance(facts: IssuanceFacts): {
  readonly decision: Decision;
  readonly rungs: readonly ExplainedRung[];
} {
  return { decision: decideIssuance(facts), rungs: explainLadder(LADDER, facts) };
}

function issue({ order, seller, held, policy, at }: IssuanceFacts): Issue {
  const unpaid = order.status.state === "unpaid";
  return {
    kind: "issue",
    policyVersion: policy.version,
    holdUntil: unpaid && seller ? holdEnd(policy.hold, order.placedAt, at, seller.timeZone) : null,
    amountShown: order.billing === "subscription",
    warnings: warningsOn(order, policy),
    replaces: held && isReplaceable(held, policy) ? held.number : null,
  };
}

/** What stands on the contract of an order while it is unpaid (R8, R17); nothing once it is paid. */
export function warningsOn(order: Order, policy: Policy): readonly Warning[] {
  if (order.status.state !== "unpaid") return [];
  const held: Warning = "unpaid_order_is_held";
  return isDomainOrder(order, policy) ? [held, "domain_can_be_lost_until_paid"] : [held];
}

function typeNotContractable({ order, policy }: IssuanceFacts): Refusal | null {
  if (policy.contractableOrderTypes.includes(order.type)) return null;
  return { code: "order_type_not_contractable", type: order.type, relatedOrder: order.relatedOrder };
}

function sellerCannotSeal({ order, seller }: IssuanceFacts): Refusal | null {
  if (seller && canSealNow(seller)) return null;
  const marketplace = order.channel.kind === "marketplace";
  const named = order.channel.kind === "marketplace" ? order.channel.sellerName : order.channel.seller;
  const sellerName = seller?.legalName ?? { "zh-CN": named, en: named };
  return { code: "seller_cannot_seal", sellerName, marketplace };
}

/** Marketplace orders skip this rung: the independent seller decides by being able to seal (R18). */
function productNotSelfService({ order, policy }: IssuanceFacts): Refusal | null {
  if (order.channel.kind === "marketplace") return null;
  const line = order.lines.find(({ product }) => !isSelfService(policy, product, order.billing));
  return line ? { code: "product_not_self_service", product: line.product, name: line.name } : null;
}

/** A domain order that names no service may be for any, so that it has to be paid first, too (R15). */
function unpaidDomainService({ order, policy }: IssuanceFacts): Refusal | null {
  if (order.status.state !== "unpaid" || !isDomainOrder(order, policy)) return null;
  const service = order.domainService;
  if (service !== null && policy.domainServicesBeforePayment.includes(service)) return null;
  return { code: "unpaid_domain_service_not_allowed", service };
}

function isDomainOrder({ domainService, domainName, lines }: Order, { domainProducts }: Policy): boolean {
  return domainService !== null || domainName !== null || lines.some(({ product }) => domainProducts.includes(product));
}

function when(condition: boolean, refusal: Refusal): Refusal | null {
  return condition ? refusal : null;
}
