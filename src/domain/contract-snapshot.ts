import type { CanonicalValue } from "./canonical-json.ts";
import type { SnapshotClause } from "./contract-clauses.ts";
import { type TemplateName, templateOf } from "./contract-template.ts";
import type { IssuanceFacts, Issue } from "./decide-issuance.ts";
import type { ContractNumber, ProductCode } from "./identifiers.ts";
import type { ContractLanguage, Localized } from "./localized.ts";
import { decimalOf, type Money, sum } from "./money.ts";
import { type Order, type OrderLine, type Term, termOf } from "./order.ts";
import { orderClauses } from "./order-clauses.ts";
import type { Seller } from "./parties.ts";
import type { Product } from "./policy.ts";
import type { SealDesign } from "./seal-design.ts";
import { buyerParty, type RequestDetails, type SnapshotParty, sellerParty } from "./snapshot-parties.ts";
import { type Instant, isoOf } from "./time.ts";

/** Who runs the marketplace that the order came through; not a party. */
interface SnapshotPlatform {
  readonly [key: string]: CanonicalValue;
  readonly nameZh: string;
  readonly nameEn: string;
}

export interface SnapshotTerm {
  readonly [key: string]: CanonicalValue;
  readonly startsAt: string;
  /** Exclusive; null = no end. */
  readonly endsAt: string | null;
}

export interface SnapshotLine {
  readonly [key: string]: CanonicalValue;
  readonly line: string;
  readonly product: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly description: string;
  readonly quantity: string;
  readonly term: SnapshotTerm | null;
  /** Exact decimals in the currency of the contract; null where no amount is shown (R12). */
  readonly amounts: SnapshotAmounts | null;
}

/** `list` − `discount` (+ tax where it is not included) = `total`; `tax` is the tax contained in `total`. */
export interface SnapshotAmounts {
  readonly [key: string]: CanonicalValue;
  readonly list: string;
  readonly discount: string;
  readonly tax: string;
  readonly total: string;
}

export interface SnapshotOrder {
  readonly [key: string]: CanonicalValue;
  readonly id: string;
  readonly type: string;
  readonly billing: string;
  readonly placedAt: string;
  readonly paidAt: string | null;
  readonly domainName: string | null;
  readonly domainService: string | null;
}

/** The month whose charges the lines are; the contract's term is the month (R13). */
interface SnapshotBill {
  readonly [key: string]: CanonicalValue;
  /** "2026-10". */
  readonly cycle: string;
}

/**
 * All that a contract says, frozen at the request (R7): the document is drawn from this and from nothing else.
 * Strings and whole numbers only, so that its canonical JSON is the same everywhere. Instants are ISO 8601 in UTC.
 */
export interface ContractSnapshot {
  readonly [key: string]: CanonicalValue;
  readonly schema: "orderseal.contract/1";
  readonly number: string;
  readonly language: ContractLanguage;
  readonly template: TemplateName;
  readonly policyVersion: number;
  /** Version of the seller's own wording; 0 where all clauses are the library's. */
  readonly wordingVersion: number;
  readonly requestedAt: string;
  readonly timeZone: string;
  readonly seller: SnapshotParty;
  readonly buyer: SnapshotParty;
  readonly buyerAccount: string;
  /** False only under a policy that asks for no identity: then the account stands in the place of the name. */
  readonly buyerVerified: boolean;
  /** The buyer's own number of the purchase; empty for none (R6). */
  readonly purchaseOrder: string;
  readonly platform: SnapshotPlatform | null;
  /** Null for a contract on a bill. */
  readonly order: SnapshotOrder | null;
  /** Null for a contract on an order. */
  readonly bill: SnapshotBill | null;
  readonly term: SnapshotTerm | null;
  readonly currency: string;
  readonly lines: readonly SnapshotLine[];
  readonly amounts: SnapshotAmounts | null;
  /** The contract lapses at this instant unless the order is paid before it; null when it was paid (R8). */
  readonly holdUntil: string | null;
  readonly warnings: readonly string[];
  readonly clauses: readonly SnapshotClause[];
  readonly seal: SealDesign;
  /** Number of the voided contract that this one stands in for; null for the first of its order or bill (R4). */
  readonly replaces: string | null;
  /** Where anybody can check the contract; in the QR code. */
  readonly verificationUrl: string;
  /** True when the seal comes from a demonstration authority: the document says so on every page. */
  readonly demo: boolean;
}

export interface SnapshotInput {
  readonly facts: IssuanceFacts & { readonly seller: Seller };
  readonly products: ReadonlyMap<ProductCode, Product>;
  readonly issue: Issue;
  readonly details: RequestDetails;
  /** Name of the company that runs the marketplace; null where the order is no marketplace order. */
  readonly platform: Localized | null;
  readonly demo: boolean;
}

/** Freezes what the contract will say for ever (R7). */
export function snapshotOf(input: SnapshotInput, number: ContractNumber, verificationUrl: string): ContractSnapshot {
  return { ...draftOf(input), number, verificationUrl };
}

/** The snapshot before it has a number: what can be looked over before one is taken. */
export function draftOf(input: SnapshotInput): ContractSnapshot {
  const { facts, issue, details } = input;
  const { order, seller } = facts;
  const term = termPart(termOf(order), order);
  const platform = order.channel.kind === "marketplace" ? input.platform : null;
  return {
    schema: "orderseal.contract/1",
    number: "",
    language: details.language,
    template: templateOf(order),
    policyVersion: facts.policy.version,
    wordingVersion: seller.wording?.version ?? 0,
    requestedAt: isoOf(facts.at),
    timeZone: seller.timeZone,
    seller: sellerParty(seller),
    buyer: buyerParty(facts.account, details),
    buyerAccount: order.account,
    buyerVerified: facts.account.identity.state === "verified",
    purchaseOrder: details.purchaseOrder,
    platform: platform && { nameZh: platform["zh-CN"], nameEn: platform.en },
    order: orderPart(order),
    bill: null,
    term,
    currency: order.currency,
    lines: order.lines.map((line) => linePart(line, order, input.products, issue.amountShown)),
    amounts: issue.amountShown ? totalsPart(order) : null,
    holdUntil: issue.holdUntil === null ? null : isoOf(issue.holdUntil),
    warnings: [...issue.warnings],
    clauses: orderClauses(input, platform, term),
    seal: seller.seal,
    replaces: issue.replaces,
    verificationUrl: "",
    demo: input.demo,
  };
}

export function orderPart(order: Order): SnapshotOrder {
  return {
    id: order.id,
    type: order.type,
    billing: order.billing,
    placedAt: isoOf(order.placedAt),
    paidAt: order.life.paidAt === null ? null : isoOf(order.life.paidAt),
    domainName: order.domainName,
    domainService: order.domainService,
  };
}

/** Pay-as-you-go has a start but never an end date, sentinel or not (R12). */
export function termPart(term: Term | null, order: Order): SnapshotTerm | null {
  if (!term) return null;
  const endsAt: Instant | null = order.billing === "pay_as_you_go" ? null : term.endsAt;
  return { startsAt: isoOf(term.startsAt), endsAt: endsAt === null ? null : isoOf(endsAt) };
}

export function linePart(
  line: OrderLine,
  order: Order,
  products: ReadonlyMap<ProductCode, Product>,
  amountShown: boolean,
): SnapshotLine {
  const name = line.name ?? products.get(line.product)?.name;
  return {
    line: line.line,
    product: line.product,
    nameZh: name?.["zh-CN"] ?? line.product,
    nameEn: name?.en ?? line.product,
    description: line.description,
    quantity: line.quantity,
    term: termPart(line.term, order),
    amounts: amountShown ? amountsPart(line.list, line.discount, line.tax, line.total) : null,
  };
}

export function totalsPart(order: Order): SnapshotAmounts {
  const of = (pick: (line: OrderLine) => Money): Money => sum(order.lines.map(pick), order.currency);
  return amountsPart(
    of((line) => line.list),
    of((line) => line.discount),
    of((line) => line.tax),
    of((line) => line.total),
  );
}

export function amountsPart(list: Money, discount: Money, tax: Money, total: Money): SnapshotAmounts {
  return { list: decimalOf(list), discount: decimalOf(discount), tax: decimalOf(tax), total: decimalOf(total) };
}
