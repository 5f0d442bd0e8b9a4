/**
 * What the product description promises, written a second time and with none of the product's code: rules R4, R6, R8 to
 * R11, R13 to R19 and the ladder. Instants are milliseconds since 1970; the sellers of the model live in Shanghai, whose
 * clocks have been eight hours ahead of UTC since before every instant that occurs here.
 */
export interface Report {
  readonly revision: number;
  readonly state: "unpaid" | "paid" | "cancelled" | "expired" | "refunded";
  /** When it happened; means nothing for `unpaid`. */
  readonly happenedAt: number;
  /** Of a refund: when the order had been paid; null where the source does not know. */
  readonly paidAt: number | null;
  /** Twice the same revision with another total is a mistake of the source. */
  readonly total: string;
}

/** What a sequence orders: enough to tell the rungs of the ladder apart. */
export interface Flavour {
  readonly name: string;
  readonly refusedType: boolean;
  readonly selfService: boolean;
  /** Null: no domain order; else whether its service may be contracted before it is paid (R16). */
  readonly domainBeforePayment: boolean | null;
  readonly seller: "platform" | "marketplace" | "unknown";
  /** In milliseconds after the order was placed. */
  readonly term: { readonly from: number; readonly to: number | null } | null;
}

export interface Terms {
  readonly version: number;
  readonly reissueAfterVoid: boolean;
  readonly hold: { readonly start: "request" | "order"; readonly count: "days" | "hours"; readonly amount: number };
  readonly billBasis: "final_report" | "calendar";
  readonly withoutTimestamp: "wait" | "refuse";
}

export interface Buyer {
  readonly verified: boolean;
  readonly servedByPartner: boolean;
}

export interface Held {
  readonly holdUntil: number | null;
  readonly voidedByDesk: boolean;
}

export type PromisedStanding = "pending_payment" | "in_force" | "not_started" | "ended" | "lapsed" | "void";

interface Ordered {
  readonly flavour: Flavour;
  readonly placedAt: number;
  readonly reports: readonly Report[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SHANGHAI = 8 * HOUR;

/** What the newest of the reports in these states said: newest by revision, whatever arrived last. */
function newest(reports: readonly Report[], ...states: readonly Report["state"][]): Report | null {
  const counting = reports.filter(({ state }) => states.length === 0 || states.includes(state));
  return counting.reduce<Report | null>((best, one) => (best && best.revision > one.revision ? best : one), null);
}

/** What happened to an order, and when; null where it did not. A report that it is unpaid takes a payment back. */
function happenings(reports: readonly Report[]) {
  const dated = reports.filter(({ state, paidAt }) => state !== "refunded" || paidAt !== null);
  const payment = newest(dated, "unpaid", "paid", "refunded");
  const money = newest(reports, "unpaid", "paid", "refunded");
  return {
    paidAt: payment?.state === "paid" ? payment.happenedAt : payment?.state === "refunded" ? payment.paidAt : null,
    isRefunded: money?.state === "refunded",
    cancelledAt: newest(reports, "cancelled")?.happenedAt ?? null,
    expiredAt: newest(reports, "expired")?.happenedAt ?? null,
  };
}

/** R8–R11, R14: what a contract on the order is worth at an instant. */
export function promisedStanding(contract: Held, order: Ordered | null, at: number): PromisedStanding {
  if (contract.voidedByDesk) return "void";
  if (order === null) return "in_force";
  const { paidAt, isRefunded, cancelledAt, expiredAt } = happenings(order.reports);
  const holdEnd = contract.holdUntil ?? Number.POSITIVE_INFINITY;
  const isAlive = paidAt === null ? isRefunded : paidAt < holdEnd;
  if (isAlive) return cancelledAt === null ? withinTerm(order, at) : "void";
  // Nobody paid in time: whatever came first ended it.
  const dead = Math.min(holdEnd, expiredAt ?? Number.POSITIVE_INFINITY);
  if (cancelledAt !== null) return cancelledAt < dead ? "void" : "lapsed";
  const isOver = contract.holdUntil === null || paidAt !== null || expiredAt !== null || at >= holdEnd;
  return isOver ? "lapsed" : "pending_payment";
}

function withinTerm({ flavour: { term }, placedAt }: Ordered, at: number): PromisedStanding {
  if (term === null) return "in_force";
  if (at < placedAt + term.from) return "not_started";
  return term.to !== null && at >= placedAt + term.to ? "ended" : "in_force";
}

/** R10: there is money, and it came after the contract had lapsed: people have to settle that. */
export function cameTooLate({ holdUntil }: Held, order: Ordered): boolean {
  const { paidAt } = happenings(order.reports);
  return holdUntil !== null && paidAt !== null && paidAt >= holdUntil;
}

/** R8: the end of the hold of an unpaid order that is requested at this instant; null for any other. */
export function promisedHold(order: Ordered, { hold }: Terms, at: number): number | null {
  return newest(order.reports)?.state === "unpaid" ? holdEnd(hold, order.placedAt, at) : null;
}

function holdEnd({ start, count, amount }: Terms["hold"], placedAt: number, at: number): number {
  const from = start === "request" ? at : placedAt;
  if (count === "hours") return Math.ceil((from + amount * HOUR) / 1000) * 1000;
  const midnightBefore = Math.floor((from + SHANGHAI) / DAY) * DAY - SHANGHAI;
  return midnightBefore + (1 + amount) * DAY;
}

/** The ladder of the product description for an order; null when it may have a contract. */
export function promisedRefusal(
  order: Ordered,
  buyer: Buyer,
  held: Held | null,
  terms: Terms,
  at: number,
): string | null {
  const { flavour, reports } = order;
  const says = newest(reports)?.state;
  const { cancelledAt, expiredAt } = happenings(reports);
  const isStale = says === "unpaid" && flavour.seller !== "unknown" && at >= holdEnd(terms.hold, order.placedAt, at);
  if (buyer.servedByPartner) return "served_by_partner";
  if (occupies(held, held && promisedStanding(held, order, at), terms)) return "already_contracted";
  if (cancelledAt !== null) return "order_cancelled";
  if (says === "expired" || isStale || (says === "unpaid" && expiredAt !== null)) return "order_expired";
  if (says === "refunded") return "order_refunded";
  if (flavour.refusedType) return "order_type_not_contractable";
  if (!buyer.verified) return "identity_not_verified";
  if (flavour.seller === "unknown") return "seller_cannot_seal";
  if (flavour.seller === "platform" && !flavour.selfService) return "product_not_self_service";
  if (says === "unpaid" && flavour.domainBeforePayment === false) return "unpaid_domain_service_not_allowed";
  return null;
}

/** R13: the same for a month's bill, which is expected to be final at `expectedAt`. */
export function promisedBillRefusal(
  bill: { readonly isFinal: boolean; readonly expectedAt: number },
  buyer: Buyer,
  held: Held | null,
  terms: Terms,
  at: number,
): string | null {
  if (buyer.servedByPartner) return "served_by_partner";
  if (occupies(held, held && promisedStanding(held, null, at), terms)) return "already_contracted";
  if (!bill.isFinal && !(terms.billBasis === "calendar" && at >= bill.expectedAt)) return "bill_not_final";
  return buyer.verified ? null : "identity_not_verified";
}

/** R4: whatever a contract is worth, it occupies; a void one does not where the seller reissues. */
function occupies(held: Held | null, standing: PromisedStanding | null, terms: Terms): boolean {
  return held !== null && !(terms.reissueAfterVoid && standing === "void");
}
