import type { AccountId, OrderId, ProductCode, SellerId } from "./identifiers.ts";
import type { Localized } from "./localized.ts";
import { type Currency, type Money, sum } from "./money.ts";
import type { OrderLife } from "./order-life.ts";
import { type Instant, instantOf } from "./time.ts";

export const ORDER_TYPES = [
  "new",
  "renew",
  "upgrade",
  "downgrade",
  "convert",
  "refund",
  "os_change",
  "trial",
  "other",
] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** Pay-as-you-go orders have neither a meaningful amount nor an end (R12). */
export const BILLING_MODES = ["subscription", "pay_as_you_go"] as const;
export type BillingMode = (typeof BILLING_MODES)[number];

export type OrderState =
  | { readonly state: "unpaid" }
  | { readonly state: "paid"; readonly paidAt: Instant }
  | { readonly state: "cancelled"; readonly cancelledAt: Instant }
  | { readonly state: "expired"; readonly expiredAt: Instant }
  /** `paidAt` is null where the source does not say when it had been paid. */
  | { readonly state: "refunded"; readonly refundedAt: Instant; readonly paidAt: Instant | null };

/** From `startsAt` up to, not including, `endsAt`; null where the order names no end. */
export interface Term {
  readonly startsAt: Instant;
  readonly endsAt: Instant | null;
}

/** One sub-order. `total` is what is paid, tax included; `list` is before discounts; all in the order's currency. */
export interface OrderLine {
  readonly line: string;
  readonly product: ProductCode;
  /** Null where the source names none: the catalogue's name stands in when a contract is frozen. */
  readonly name: Localized | null;
  /** The configuration bought, in words; may be empty. */
  readonly description: string;
  /** A decimal above zero, as text: "2", "0.5". */
  readonly quantity: string;
  readonly list: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly term: Term | null;
}

/** Who sells: the platform itself, or an independent seller through its marketplace (R18). */
export type SalesChannel =
  | { readonly kind: "direct"; readonly seller: SellerId }
  | { readonly kind: "marketplace"; readonly sellerName: string; readonly seller: SellerId | null };

export interface Order {
  readonly id: OrderId;
  readonly account: AccountId;
  /** Counts the changes of the order at its source; an older one changes nothing. */
  readonly revision: number;
  /** When the change that this revision tells of happened, not when it arrived. */
  readonly occurredAt: Instant;
  readonly placedAt: Instant;
  readonly type: OrderType;
  readonly billing: BillingMode;
  readonly channel: SalesChannel;
  readonly status: OrderState;
  /** What happened to it when, from all its reports; `status` is what the newest revision says. */
  readonly life: OrderLife;
  readonly currency: Currency;
  readonly lines: readonly OrderLine[];
  /** Set for domain-name orders: registration, renewal, transfer_in, … (R16). */
  readonly domainService: string | null;
  readonly domainName: string | null;
  /** The order that a refund or change refers to. */
  readonly relatedOrder: OrderId | null;
}

export function totalOf(order: Order): Money {
  return sum(
    order.lines.map((line) => line.total),
    order.currency,
  );
}

/** The order's own start and end (R14): first start and last end of its lines; null when no line has a term. */
export function termOf(order: Order): Term | null {
  const terms = order.lines.flatMap((line) => (line.term ? [line.term] : []));
  const [first, ...others] = terms;
  if (!first) return null;
  return others.reduce((whole, term) => {
    const startsAt = instantOf(Math.min(term.startsAt, whole.startsAt));
    const openEnded = whole.endsAt === null || term.endsAt === null;
    const endsAt = openEnded ? null : instantOf(Math.max(whole.endsAt, term.endsAt));
    return { startsAt, endsAt };
  }, first);
}
