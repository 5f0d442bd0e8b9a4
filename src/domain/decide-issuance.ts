import type { ContractNumber, ProductCode } from "./identifiers.ts";
import type { Order } from "./order.ts";
import type { Account, Seller } from "./parties.ts";
import type { Policy, Product } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import { endOfDayAfter, type Instant } from "./time.ts";

/** Everything that the decision may depend on; nothing else does. */
export interface IssuanceFacts {
  readonly order: Order;
  readonly account: Account;
  /** The order's seller; null when a marketplace seller is not known here. */
  readonly seller: Seller | null;
  /** The contract that already occupies the order, whatever it is worth today (R4). */
  readonly held: ContractNumber | null;
  readonly products: ReadonlyMap<ProductCode, Product>;
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
}

export interface Refuse {
  readonly kind: "refuse";
  readonly policyVersion: number;
  readonly refusal: Refusal;
}

export type Decision = Issue | Refuse;

type Rung = (facts: IssuanceFacts) => Refusal | null;

/** First match decides; docs/policy.md lists the same order. */
const LADDER: readonly { readonly name: string; readonly rung: Rung }[] = [
  { name: "served_by_partner", rung: servedByPartner },
  { name: "already_contracted", rung: ({ held }) => held && { code: "already_contracted", contract: held } },
  {
    name: "order_cancelled",
    rung: ({ order }) => when(order.status.state === "cancelled", { code: "order_cancelled" }),
  },
  { name: "order_expired", rung: ({ order }) => when(order.status.state === "expired", { code: "order_expired" }) },
  { name: "order_refunded", rung: ({ order }) => when(order.status.state === "refunded", { code: "order_refunded" }) },
  { name: "order_type_not_contractable", rung: typeNotContractable },
  { name: "identity_not_verified", rung: identityNotVerified },
  { name: "seller_cannot_seal", rung: sellerCannotSeal },
  { name: "product_not_self_service", rung: productNotSelfService },
  { name: "unpaid_domain_service_not_allowed", rung: unpaidDomainService },
];

/** May this order have a contract now? Total: always one answer, the first refusal of the ladder or `issue`. */
export function decideIssuance(facts: IssuanceFacts): Decision {
  const policyVersion = facts.policy.version;
  for (const { rung } of LADDER) {
    const refusal = rung(facts);
    if (refusal) return { kind: "refuse", policyVersion, refusal };
  }
  return issue(facts);
}

export interface ExplainedRung {
  readonly rung: string;
  /** `passed`, `refused` (the one that decided) or `would_refuse` (a later one that would have, too). */
  readonly outcome: "passed" | "refused" | "would_refuse";
  readonly refusal: Refusal | null;
}

/** The same ladder with every rung's own answer, for people who ask why. */
export function explainIssuance(facts: IssuanceFacts): {
  readonly decision: Decision;
  readonly rungs: readonly ExplainedRung[];
} {
  let decided = false;
  const rungs = LADDER.map(({ name, rung }): ExplainedRung => {
    const refusal = rung(facts);
    if (!refusal) return { rung: name, outcome: "passed", refusal: null };
    const outcome = decided ? "would_refuse" : "refused";
    decided = true;
    return { rung: name, outcome, refusal };
  });
  return { decision: decideIssuance(facts), rungs };
}

function issue({ order, seller, policy, at }: IssuanceFacts): Issue {
  const unpaid = order.status.state === "unpaid";
  const warnings: Warning[] = [];
  if (unpaid) warnings.push("unpaid_order_is_held");
  if (unpaid && order.domainService) warnings.push("domain_can_be_lost_until_paid");
  return {
    kind: "issue",
    policyVersion: policy.version,
    holdUntil: unpaid && seller ? endOfDayAfter(at, policy.holdDays, seller.timeZone) : null,
    amountShown: order.billing === "subscription",
    warnings,
  };
}

function servedByPartner({ account, policy }: IssuanceFacts): Refusal | null {
  const partner = account.servedBy;
  return partner && policy.partnerKindsRefused.includes(partner.kind) ? { code: "served_by_partner", partner } : null;
}

function typeNotContractable({ order, policy }: IssuanceFacts): Refusal | null {
  if (policy.contractableOrderTypes.includes(order.type)) return null;
  return { code: "order_type_not_contractable", type: order.type, relatedOrder: order.relatedOrder };
}

function identityNotVerified({ account, policy }: IssuanceFacts): Refusal | null {
  return when(policy.identityRequired && account.identity.state === "unverified", { code: "identity_not_verified" });
}

function sellerCannotSeal({ order, seller }: IssuanceFacts): Refusal | null {
  if (seller?.canSeal) return null;
  const marketplace = order.channel.kind === "marketplace";
  const sellerName = seller?.legalName["zh-CN"] ?? (marketplace ? order.channel.sellerName : order.channel.seller);
  return { code: "seller_cannot_seal", sellerName, marketplace };
}

/** Marketplace orders skip this rung: the independent seller decides by being able to seal (R18). */
function productNotSelfService({ order, products }: IssuanceFacts): Refusal | null {
  if (order.channel.kind === "marketplace") return null;
  const line = order.lines.find(({ product }) => !products.get(product)?.selfService.includes(order.billing));
  return line ? { code: "product_not_self_service", product: line.product } : null;
}

function unpaidDomainService({ order, policy }: IssuanceFacts): Refusal | null {
  const service = order.domainService;
  if (service === null || order.status.state !== "unpaid") return null;
  return when(!policy.domainServicesBeforePayment.includes(service), {
    code: "unpaid_domain_service_not_allowed",
    service,
  });
}

function when(condition: boolean, refusal: Refusal): Refusal | null {
  return condition ? refusal : null;
}
