import type { BillDocument } from "../../src/application/bill-document.ts";
import type { OrderDocument } from "../../src/application/order-document.ts";
import { instantOf, isoOf } from "../../src/domain/time.ts";
import type { Flavour, Report } from "./promises.ts";

const DAY = 86_400_000;

export interface Sample extends Flavour {
  readonly product: string;
  readonly document: Partial<OrderDocument>;
}

const PLAIN: Sample = {
  name: "plain",
  product: "ecs",
  refusedType: false,
  selfService: true,
  domainBeforePayment: null,
  seller: "platform",
  term: { from: 0, to: 365 * DAY },
  document: {},
};

/** One order for every rung that the model knows. */
export const SAMPLES: readonly Sample[] = [
  PLAIN,
  { ...PLAIN, name: "short term", product: "rds", term: { from: 2 * DAY, to: 20 * DAY } },
  { ...PLAIN, name: "pay as you go", term: { from: 0, to: null }, document: { billing: "pay_as_you_go" } },
  { ...PLAIN, name: "domain", product: "domain", domainBeforePayment: true, document: domain("registration") },
  {
    ...PLAIN,
    name: "domain paid first",
    product: "domain",
    domainBeforePayment: false,
    document: domain("transfer_out"),
  },
  {
    ...PLAIN,
    name: "marketplace",
    product: "cmgj000001",
    seller: "marketplace",
    document: marketplace("demo-software"),
  },
  { ...PLAIN, name: "unknown seller", product: "cmgj000001", seller: "unknown", document: marketplace("nobody") },
  { ...PLAIN, name: "refund", refusedType: true, document: { type: "refund" } },
  { ...PLAIN, name: "not offered", product: "gpu", selfService: false },
];

/** The document of a report, as a source sends it. */
export function documentOf(sample: Sample, placedAt: number, report: Report): OrderDocument {
  const { term } = sample;
  return {
    revision: report.revision,
    occurredAt: at(Math.max(placedAt, report.happenedAt)),
    placedAt: at(placedAt),
    type: "new",
    billing: "subscription",
    status: statusOf(report),
    currency: "CNY",
    lines: [
      {
        line: "1",
        product: sample.product,
        description: "",
        quantity: "1",
        total: report.total,
        tax: "6.00",
        ...(term && { startsAt: at(placedAt + term.from) }),
        ...(term?.to != null && { endsAt: at(placedAt + term.to) }),
      },
    ],
    ...sample.document,
  };
}

export function billDocumentOf(isFinal: boolean, total: string): BillDocument {
  const state = isFinal ? "final" : "open";
  return { state, currency: "CNY", lines: [{ line: "1", product: "ecs", description: "", total, tax: "6.00" }] };
}

function statusOf({ state, happenedAt, paidAt }: Report): OrderDocument["status"] {
  switch (state) {
    case "unpaid":
      return { state };
    case "paid":
      return { state, paidAt: at(happenedAt) };
    case "cancelled":
      return { state, cancelledAt: at(happenedAt) };
    case "expired":
      return { state, expiredAt: at(happenedAt) };
    case "refunded":
      return { state, refundedAt: at(happenedAt), ...(paidAt !== null && { paidAt: at(paidAt) }) };
  }
}

function at(milliseconds: number): string {
  return isoOf(instantOf(milliseconds));
}

function domain(service: string): Partial<OrderDocument> {
  return { domain: { service, name: "orders.example" } };
}

function marketplace(seller: string): Partial<OrderDocument> {
  return { marketplace: { sellerName: `卖家 ${seller}`, seller } };
}
