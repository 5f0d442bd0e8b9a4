import { type Static, Type } from "typebox";
import { type AccountId, type OrderId, parseAccountId, parseOrderId, type SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { CURRENCIES } from "../domain/money.ts";
import { type BillingMode, ORDER_TYPES, type Order, type OrderType } from "../domain/order.ts";
import { lifeOf } from "../domain/order-life.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { excerptOf, faultAt } from "./order-document-faults.ts";
import {
  allOf,
  choiceKind,
  type Field,
  INSTANT,
  idKind,
  isAbsent,
  objectKind,
  optional,
  REVISION,
  required,
} from "./order-document-fields.ts";
import { OrderDocumentLine, parseLine } from "./order-document-line.ts";
import { type LinesOwner, MOST_LINES, parseLines } from "./order-document-lines.ts";
import {
  OrderDocumentDomain,
  OrderDocumentMarketplace,
  OrderDocumentStatus,
  parseChannel,
  parseDomain,
  parseStatus,
} from "./order-document-parts.ts";
import { idSchema, instantSchema, orNull } from "./order-document-schema.ts";

const BILLING_MODES = ["subscription", "pay_as_you_go"] as const satisfies readonly BillingMode[];
/** The orders that can pay money back. */
const MAY_BE_NEGATIVE: readonly OrderType[] = ["refund", "downgrade"];

/** Orderseal's own format of an order: what PUT takes, one NDJSON line holds and a group of CSV rows amounts to. */
export const OrderDocument = Type.Object(
  {
    order: Type.Optional(orNull(idSchema("Order number."), "Order number; left out where the address names it.")),
    account: Type.Optional(
      orNull(idSchema("Account id."), "The customer's account id; left out where the address or the import names it."),
    ),
    revision: Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: "Grows with every change of the order at its source; an older revision changes nothing.",
    }),
    occurredAt: instantSchema("When the change that this revision tells of happened."),
    placedAt: instantSchema("When the order was placed."),
    type: Type.Enum([...ORDER_TYPES], { type: "string", description: "What the order does." }),
    billing: Type.Enum([...BILLING_MODES], {
      type: "string",
      description: "subscription = paid ahead for a term; pay_as_you_go = no amount and no end.",
    }),
    seller: Type.Optional(orNull(idSchema("Seller id."), "Who sells; left out, the platform's default seller.")),
    marketplace: Type.Optional(
      orNull(OrderDocumentMarketplace, "Present when an independent seller sells; excludes `seller`."),
    ),
    status: OrderDocumentStatus,
    currency: Type.Enum([...CURRENCIES], { type: "string", description: "ISO 4217 code of all amounts." }),
    lines: Type.Array(OrderDocumentLine, { minItems: 1, maxItems: MOST_LINES, description: "What is ordered." }),
    domain: Type.Optional(orNull(OrderDocumentDomain, "Present for orders of a domain-name service.")),
    relatedOrder: Type.Optional(orNull(idSchema("Order number."), "The order that a refund or a change refers to.")),
  },
  { additionalProperties: false, description: "An order as it stands at one revision." },
);
export type OrderDocument = Static<typeof OrderDocument>;

export interface OrderDocumentDefaults {
  /** For documents that name no account. */
  readonly account?: AccountId;
  /** For documents that name no order; a document that names another one is refused. */
  readonly order?: OrderId;
  readonly seller: SellerId;
}

const AN_ORDER = { "zh-CN": "订单", en: "an order" };
const LINES_OWNER: LinesOwner = {
  name: { "zh-CN": "一个订单", en: "an order" },
  list: { "zh-CN": `由 1 至 ${MOST_LINES} 个订单行组成的列表`, en: `a list of 1 to ${MOST_LINES} lines` },
  tooMany: { "zh-CN": "拆分", en: "split the order" },
  tooLarge: { "zh-CN": "请检查位数或拆分订单", en: "check the digits or split the order" },
};
const ORDER = objectKind(AN_ORDER, Object.keys(OrderDocument.properties) as (keyof typeof OrderDocument.properties)[]);
const ORDER_ID = idKind({ "zh-CN": "订单号", en: "the order number" }, parseOrderId);
const ACCOUNT_ID = idKind({ "zh-CN": "客户账号", en: "the customer's account id" }, parseAccountId);
const TYPE = choiceKind(ORDER_TYPES);
const BILLING = choiceKind(BILLING_MODES);
const CURRENCY = choiceKind(CURRENCIES);

/** Reads a document of any origin; the fault is the first one in the order of the format, one sentence per language. */
export function parseOrderDocument(value: unknown, defaults: OrderDocumentDefaults): Result<Order, InputFault> {
  const members = required({ path: "", value }, ORDER);
  if (!members.ok) return members;
  const at = members.value;
  const head = allOf({
    id: parseNumber(at.order, defaults.order),
    account: required(withDefault(at.account, defaults.account), ACCOUNT_ID),
    revision: required(at.revision, REVISION),
    occurredAt: required(at.occurredAt, INSTANT),
    placedAt: required(at.placedAt, INSTANT),
    type: required(at.type, TYPE),
    billing: required(at.billing, BILLING),
    channel: parseChannel(at.seller, at.marketplace, defaults.seller),
    status: parseStatus(at.status),
    currency: required(at.currency, CURRENCY),
    domain: parseDomain(at.domain),
    relatedOrder: optional(at.relatedOrder, ORDER_ID),
  });
  if (!head.ok) return head;
  const { domain, ...rest } = head.value;
  const rules = { currency: rest.currency, mayBeNegative: MAY_BE_NEGATIVE.includes(rest.type) };
  const lines = parseLines(at.lines, rules.currency, LINES_OWNER, (line) => parseLine(line, rules));
  if (!lines.ok) return lines;
  const life = lifeOf([rest]);
  return succeed({ ...rest, life, domainService: domain.service, domainName: domain.name, lines: lines.value });
}

function withDefault(field: Field, value: string | undefined): Field {
  return isAbsent(field) ? { path: field.path, value } : field;
}

function parseNumber(field: Field, expected: OrderId | undefined): Result<OrderId, InputFault> {
  const number = required(withDefault(field, expected), ORDER_ID);
  if (!number.ok || expected === undefined || number.value === expected) return number;
  return fail(
    faultAt(field.path, {
      "zh-CN": `“${excerptOf(number.value)}”与地址中的订单号“${expected}”不一致，请更正或删去此项。`,
      en: `"${excerptOf(number.value)}" is not the order that the address names ("${expected}"); correct it or leave it out.`,
    }),
  );
}
