import type { BillDocument } from "./application/bill-document.ts";
import type { OrderDocument } from "./application/order-document.ts";
import type { Identity } from "./domain/parties.ts";

/** Builders of accounts, orders and bills in the words of the API; the demonstration and the stories are made of them. */
export type OrderLine = OrderDocument["lines"][number];
export type OrderStatus = OrderDocument["status"];
export type BillLine = BillDocument["lines"][number];
export type LineTerm = { readonly startsAt: string; readonly endsAt?: string } | null;

export interface OrderHead {
  readonly account: string;
  readonly order: string;
  readonly placedAt: string;
  readonly status: OrderStatus;
}

export const UNPAID: OrderStatus = { state: "unpaid" };

export function paid(paidAt: string): OrderStatus {
  return { state: "paid", paidAt };
}

export function enterprise(legalName: string, legalNameEn: string): Extract<Identity, { state: "verified" }> {
  return {
    state: "verified",
    kind: "enterprise",
    legalName,
    legalNameEn,
    registrationNumber: "91440300DEMO000009",
    address: null,
  };
}

/** A subscription bought from the platform itself, in its first revision. */
export function directOrder(head: OrderHead, lines: readonly OrderLine[]): OrderDocument {
  return {
    ...head,
    revision: 1,
    occurredAt: head.placedAt,
    type: "new",
    billing: "subscription",
    currency: "CNY",
    lines: [...lines],
  };
}

/** Sources give what is paid by use a price of zero. */
export function payAsYouGoOrder(head: OrderHead, product: string, description: string, term: LineTerm): OrderDocument {
  return {
    ...directOrder(head, [orderLine("1", product, description, "1", "0.00", "0.00", term)]),
    billing: "pay_as_you_go",
  };
}

export function domainOrder(head: OrderHead, service: string, name: string, term: LineTerm): OrderDocument {
  return {
    ...directOrder(head, [orderLine("1", "domain", name, "1", "69.00", "0.00", term)]),
    domain: { service, name },
  };
}

/** Sold by an independent seller through the platform; its product is in nobody's catalogue (R18). */
export function marketplaceOrder(head: OrderHead, sellerName: string, total: string, term: LineTerm): OrderDocument {
  return {
    ...directOrder(head, [orderLine("1", "cmgj000001", "", "1", total, "0.00", term)]),
    marketplace: { sellerName },
  };
}

/** `total` includes six per cent of tax, as prices in China do. */
export function orderLine(
  line: string,
  product: string,
  description: string,
  quantity: string,
  total: string,
  discount: string,
  term: LineTerm,
): OrderLine {
  return { line, product, description, quantity, discount, tax: taxIn(total), total, ...(term ?? {}) };
}

/** A month's charges; the address names the account and the month. */
export function monthlyBill(state: BillDocument["state"], lines: readonly BillLine[]): BillDocument {
  return { state, currency: "CNY", lines: [...lines] };
}

export function billLine(line: string, product: string, description: string, total: string): BillLine {
  return { line, product, description, tax: taxIn(total), total };
}

/** Amounts without decimals are in a currency that knows neither them nor this tax. */
function taxIn(total: string): string {
  const cents = BigInt(total.replace(".", ""));
  return total.includes(".") ? decimal((cents * 6n + 53n) / 106n) : "0";
}

function decimal(cents: bigint): string {
  const text = cents.toString().padStart(3, "0");
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
