import type { DecidedOrder } from "../application/order-facts.ts";
import type { ProductCode } from "../domain/identifiers.ts";
import type { Language } from "../domain/localized.ts";
import { decimalOf } from "../domain/money.ts";
import { type Order, type OrderLine, type Term, termOf, totalOf } from "../domain/order.ts";
import type { Product } from "../domain/policy.ts";
import { isoOf, type TimeZone } from "../domain/time.ts";
import { decisionJson } from "./decision-json.ts";
import type { OrderJson } from "./schemas.ts";

/** Times are shown in the seller's zone; an order whose seller is not known here is shown in this one. */
const ZONE_OF_UNKNOWN_SELLERS = "Asia/Shanghai" as TimeZone;

export function orderJson(
  { order, seller, contract, standing, decision }: DecidedOrder,
  products: ReadonlyMap<ProductCode, Product>,
  language: Language,
): OrderJson {
  const { channel, status } = order;
  const timeZone = seller?.timeZone ?? ZONE_OF_UNKNOWN_SELLERS;
  return {
    order: order.id,
    account: order.account,
    revision: order.revision,
    occurredAt: isoOf(order.occurredAt),
    placedAt: isoOf(order.placedAt),
    type: order.type,
    billing: order.billing,
    channel: channel.kind,
    seller: seller?.id ?? channel.seller,
    sellerName: seller?.legalName[language] ?? (channel.kind === "marketplace" ? channel.sellerName : null),
    timeZone,
    state: status.state,
    paidAt: status.state === "paid" ? isoOf(status.paidAt) : null,
    currency: order.currency,
    total: decimalOf(totalOf(order)),
    term: termJson(termOf(order), order),
    domain: order.domainService === null ? null : { service: order.domainService, name: order.domainName ?? "" },
    lines: order.lines.map((line) => lineJson(line, order, products)),
    contract: contract && standing && { number: contract.number, state: contract.state, standing },
    decision: decisionJson(decision, timeZone, language),
  };
}

function termJson(term: Term | null, order: Order): OrderJson["term"] {
  if (!term) return null;
  const endsAt = order.billing === "pay_as_you_go" || term.endsAt === null ? null : isoOf(term.endsAt);
  return { startsAt: isoOf(term.startsAt), endsAt };
}

function lineJson(
  line: OrderLine,
  order: Order,
  products: ReadonlyMap<ProductCode, Product>,
): OrderJson["lines"][number] {
  return {
    line: line.line,
    product: line.product,
    name: { ...(line.name ?? products.get(line.product)?.name ?? { "zh-CN": line.product, en: line.product }) },
    description: line.description,
    quantity: line.quantity,
    list: decimalOf(line.list),
    discount: decimalOf(line.discount),
    tax: decimalOf(line.tax),
    total: decimalOf(line.total),
    term: termJson(line.term, order),
  };
}
