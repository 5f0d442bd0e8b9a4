import type { CanonicalValue } from "./canonical-json.ts";
import type { IssuanceFacts, Issue } from "./decide-issuance.ts";
import type { ContractNumber, ProductCode } from "./identifiers.ts";
import type { ContractLanguage } from "./localized.ts";
import { decimalOf, type Money, sum } from "./money.ts";
import { type Order, type OrderLine, type Term, termOf } from "./order.ts";
import type { Account, Seller } from "./parties.ts";
import type { Product } from "./policy.ts";
import { type Instant, isoOf } from "./time.ts";

export interface SnapshotParty {
  readonly [key: string]: CanonicalValue;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly registrationNumber: string;
  readonly addressZh: string;
  readonly addressEn: string;
  readonly contact: string;
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
  readonly template: "order/1" | "bill/1";
  readonly policyVersion: number;
  readonly requestedAt: string;
  readonly timeZone: string;
  readonly seller: SnapshotParty;
  readonly buyer: SnapshotParty;
  readonly buyerAccount: string;
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
  /** Number of the voided contract that this one stands in for; null for the first of its order or bill (R4). */
  readonly replaces: string | null;
  /** Where anybody can check the contract; in the QR code. */
  readonly verificationUrl: string;
  /** True when the seal comes from a demonstration authority: the document says so on every page. */
  readonly demo: boolean;
}

/** What the buyer chooses or fills in when requesting (R6); never the legal name. */
export interface RequestDetails {
  readonly language: ContractLanguage;
  readonly contact: string;
}

export interface SnapshotInput {
  readonly facts: IssuanceFacts & { readonly seller: Seller };
  readonly products: ReadonlyMap<ProductCode, Product>;
  readonly issue: Issue;
  readonly details: RequestDetails;
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
  return {
    schema: "orderseal.contract/1",
    number: "",
    language: details.language,
    template: "order/1",
    policyVersion: facts.policy.version,
    requestedAt: isoOf(facts.at),
    timeZone: seller.timeZone,
    seller: sellerParty(seller),
    buyer: buyerParty(facts.account, details),
    buyerAccount: order.account,
    order: orderPart(order),
    bill: null,
    term: termPart(termOf(order), order),
    currency: order.currency,
    lines: order.lines.map((line) => linePart(line, order, input.products, issue.amountShown)),
    amounts: issue.amountShown ? totalsPart(order) : null,
    holdUntil: issue.holdUntil === null ? null : isoOf(issue.holdUntil),
    warnings: [...issue.warnings],
    replaces: issue.replaces,
    verificationUrl: "",
    demo: input.demo,
  };
}

export function sellerParty(seller: Seller): SnapshotParty {
  return {
    nameZh: seller.legalName["zh-CN"],
    nameEn: seller.legalName.en,
    registrationNumber: seller.registrationNumber,
    addressZh: seller.address["zh-CN"],
    addressEn: seller.address.en,
    contact: seller.contact,
  };
}

/**
 * The buyer's name comes from the verified identity only (R6); one without a second spelling stands in both languages
 * as it is registered. Under a policy that asks for no identity the account stands in its place.
 */
export function buyerParty({ id, identity }: Account, { contact }: RequestDetails): SnapshotParty {
  const unnamed = { registrationNumber: "", addressZh: "", addressEn: "", contact };
  if (identity.state === "unverified") return { ...unnamed, nameZh: `账号 ${id}`, nameEn: `Account ${id}` };
  return {
    nameZh: identity.legalName,
    nameEn: identity.legalNameEn ?? identity.legalName,
    registrationNumber: identity.registrationNumber ?? "",
    addressZh: identity.address ?? "",
    addressEn: identity.address ?? "",
    contact,
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
