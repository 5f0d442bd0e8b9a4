import { parseOrderDocument } from "../application/order-document.ts";
import { described, faultAt, relabelled } from "../application/order-document-faults.ts";
import { choiceKind, required } from "../application/order-document-fields.ts";
import type { AccountId, SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { CURRENCIES } from "../domain/money.ts";
import type { BillingMode, Order, OrderType } from "../domain/order.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { parseInstant } from "../domain/time.ts";
import { placeOfSubOrder, type SubOrder } from "./billing-api-fields.ts";
import { lineOf } from "./billing-api-line.ts";

export type SubOrders = readonly [SubOrder, ...SubOrder[]];

const ORDER_TYPES = new Map<string | null, OrderType>([
  ["New", "new"],
  ["Renew", "renew"],
  ["Renewal", "renew"],
  ["Upgrade", "upgrade"],
  ["Downgrade", "downgrade"],
  ["Convert", "convert"],
  ["Refund", "refund"],
  ["ChangeOperatingSystem", "os_change"],
  ["Trial", "trial"],
]);
const BILLING_MODES = new Map<string | null, BillingMode>([
  ["Subscription", "subscription"],
  ["PayAsYouGo", "pay_as_you_go"],
]);
/** What belongs to the order as a whole, so that its sub-orders must say the same. */
const COMMON_FIELDS = [
  "Currency",
  "OrderType",
  "PaymentStatus",
  "SubscriptionType",
  "Channel",
  "SellerName",
  "DomainService",
] as const;
/** Our member and theirs, for faults; what is not here does not come from their answer. */
const THEIR_NAMES: Readonly<Record<string, string>> = {
  order: "OrderId",
  placedAt: "CreateTime",
  occurredAt: "PaymentTime",
  "status.paidAt": "PaymentTime",
  "status.cancelledAt": "CreateTime",
  "marketplace.sellerName": "ExtendInfos.SellerName",
  "domain.service": "ExtendInfos.DomainService",
  "domain.name": "ExtendInfos.DomainName",
  relatedOrder: "RelatedOrderId",
  line: "SubOrderId",
  product: "ProductCode",
  quantity: "Quantity",
  list: "PretaxGrossAmount",
  discount: "PretaxAmount",
  tax: "Tax",
  total: "AfterTaxAmount",
  startsAt: "UsageStartTime",
  endsAt: "UsageEndTime",
};

/** The order that its sub-orders make up. Faults name the API's field and the sub-order. */
export function orderOfSubOrders(
  subOrders: SubOrders,
  { account, seller }: { readonly account: AccountId | null; readonly seller: SellerId },
): Result<Order, InputFault> {
  if (account === null) return fail(accountUnknown());
  const disagreement = disagreementOf(subOrders);
  if (disagreement) return fail(disagreement);
  const [first] = subOrders;
  const billing = BILLING_MODES.get(first.SubscriptionType);
  if (billing === undefined) return fail(unknownChoice("SubscriptionType", first, [...BILLING_MODES.keys()]));
  const currency = required({ path: "Currency", value: first.Currency }, choiceKind(CURRENCIES));
  if (!currency.ok) return currency;
  const type = typeOf(first);
  const payment = paymentOf(subOrders, type);
  if (!payment.ok) return payment;
  const read = subOrders.map((subOrder) => lineOf(subOrder, currency.value, billing));
  const unread = read.find((line) => !line.ok);
  if (unread) return unread;
  const lines = read.flatMap((line) => (line.ok ? [line.value] : []));
  const relatedOrder = subOrders.map((each) => each.RelatedOrderId).find((id) => id !== null);
  const document = {
    ...payment.value,
    order: first.OrderId,
    placedAt: earliest(subOrders.map((each) => each.CreateTime)),
    type,
    billing,
    marketplace: marketplaceOf(first),
    currency: currency.value,
    lines,
    domain: domainOf(subOrders),
    relatedOrder,
  };
  const order = parseOrderDocument(document, { account, seller });
  return order.ok ? order : fail(inTheirTerms(order.fault, subOrders));
}

function typeOf(subOrder: SubOrder): OrderType {
  if (subOrder.OrderSubType === "RefundSubOrder") return "refund";
  return ORDER_TYPES.get(subOrder.OrderType) ?? "other";
}

/**
 * The API counts no revisions. Its states only ever follow each other in one direction, so each is a revision of its own:
 * unpaid, paid, cancelled.
 * It gives no time of cancelling either, so the order's creation stands in: what was cancelled is void from the start.
 * A refund has nothing to pay and counts as paid when it was placed.
 */
function paymentOf(subOrders: SubOrders, type: OrderType): Result<object, InputFault> {
  const [first] = subOrders;
  const created = earliest(subOrders.map((each) => each.CreateTime));
  const paidAt = latest(subOrders.map((each) => each.PaymentTime));
  switch (first.PaymentStatus) {
    case "Unpaid":
      return succeed({ revision: 1, occurredAt: created, status: { state: "unpaid" } });
    case "Paid":
      return succeed({ revision: 2, occurredAt: paidAt ?? created, status: { state: "paid", paidAt } });
    case "Cancelled":
      return succeed({
        revision: 3,
        occurredAt: paidAt ?? created,
        status: { state: "cancelled", cancelledAt: created },
      });
    case "None":
    case null:
      if (type === "refund") {
        return succeed({ revision: 2, occurredAt: created, status: { state: "paid", paidAt: created } });
      }
  }
  return fail(unknownChoice("PaymentStatus", first, ["Unpaid", "Paid", "Cancelled"]));
}

/** The API knows an independent seller by name only. */
function marketplaceOf({ Channel, SellerName }: SubOrder): unknown {
  return Channel === "Marketplace" ? { sellerName: SellerName } : undefined;
}

/** An order for several names shows the first and how many more there are; each line describes its own. */
function domainOf(subOrders: SubOrders): unknown {
  const service = subOrders[0].DomainService;
  const names = new Set(subOrders.flatMap(({ DomainName }) => (DomainName === null ? [] : [DomainName])));
  const [name] = names;
  if (service === null && name === undefined) return undefined;
  return { service, name: names.size > 1 ? `${name} (+${names.size - 1})` : name };
}

function earliest(instants: readonly (string | null)[]): string | undefined {
  return inOrder(instants)[0];
}

function latest(instants: readonly (string | null)[]): string | undefined {
  return inOrder(instants).at(-1);
}

/** Sorted by time; with one that cannot be read, only that one, so that the fault shows it. */
function inOrder(instants: readonly (string | null)[]): readonly string[] {
  const given = instants.filter((text) => text !== null);
  const unreadable = given.find((text) => parseInstant(text) === null);
  if (unreadable !== undefined) return [unreadable];
  return given.toSorted((left, right) => (parseInstant(left) ?? 0) - (parseInstant(right) ?? 0));
}

function disagreementOf(subOrders: SubOrders): InputFault | null {
  const [first, ...others] = subOrders;
  for (const name of COMMON_FIELDS) {
    const said = (subOrder: SubOrder) => (name === "OrderType" ? typeOf(subOrder) : subOrder[name]);
    const other = others.find((each) => said(each) !== said(first));
    if (other) return disagreement(name, [first.SubOrderId, said(first)], [other.SubOrderId, said(other)]);
  }
  return null;
}

function inTheirTerms(fault: InputFault, subOrders: SubOrders): InputFault {
  const [, index, member] = /^lines\[(\d+)\]\.(.+)$/.exec(fault.field) ?? [];
  if (index === undefined || member === undefined) {
    const isPaid = fault.field !== "occurredAt" || subOrders.some(({ PaymentTime }) => PaymentTime !== null);
    return relabelled(fault, isPaid ? (THEIR_NAMES[fault.field] ?? fault.field) : "CreateTime");
  }
  const place = placeOfSubOrder(subOrders[Number(index)]?.SubOrderId ?? null);
  return relabelled(fault, THEIR_NAMES[member] ?? member, place);
}

function accountUnknown(): InputFault {
  return faultAt("account", {
    "zh-CN": "账单接口不含账号信息，请用 --account 指定订单所属的客户账号。",
    en: "the billing API does not say whose orders these are; name the customer's account with --account.",
  });
}

function unknownChoice(name: keyof SubOrder, subOrder: SubOrder, known: readonly (string | null)[]): InputFault {
  const found = subOrder[name];
  const { "zh-CN": zh, en } = found === null ? { "zh-CN": "空值", en: "nothing" } : described(found);
  const choices = known.join(", ");
  return faultAt(name, {
    "zh-CN": `无法识别${zh}（可识别：${choices}），请核对该订单，或改用 Orderseal 自有格式导入。`,
    en: `${en} is not understood (known: ${choices}); check the order, or import it in Orderseal's own format.`,
  });
}

type Said = readonly [subOrder: string | null, value: string | null];

function disagreement(name: string, [firstId, first]: Said, [otherId, other]: Said): InputFault {
  const [one, two] = [described(first ?? ""), described(other ?? "")];
  const [here, there] = [placeOfSubOrder(firstId), placeOfSubOrder(otherId)];
  return faultAt(name, {
    "zh-CN": `${here["zh-CN"]}为${one["zh-CN"]}，${there["zh-CN"]}为${two["zh-CN"]}，同一订单必须一致，请重新获取该订单。`,
    en: `${here.en} says ${one.en} but ${there.en} says ${two.en}; one order must agree, so fetch it again.`,
  });
}
