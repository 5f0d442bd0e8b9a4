import type { DecidedOrder } from "../application/order-facts.ts";
import type { Contract } from "../domain/contract.ts";
import { templateOf } from "../domain/contract-template.ts";
import type { ProductCode } from "../domain/identifiers.ts";
import type { Language } from "../domain/localized.ts";
import { decimalOf } from "../domain/money.ts";
import { type Order, type OrderLine, type Term, termOf, totalOf } from "../domain/order.ts";
import type { Product } from "../domain/policy.ts";
import type { Standing } from "../domain/standing.ts";
import { isoOf, ZONE_OF_UNKNOWN_SELLERS } from "../domain/time.ts";
import { waitingJson } from "./contract-json.ts";
import { decisionJson } from "./decision-json.ts";
import type { OrderJson } from "./schemas.ts";

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
    paidAt: order.life.paidAt === null ? null : isoOf(order.life.paidAt),
    currency: order.currency,
    total: decimalOf(totalOf(order)),
    term: termJson(termOf(order), order),
    domain: order.domainService === null ? null : { service: order.domainService, name: order.domainName ?? "" },
    template: templateOf(order),
    lines: order.lines.map((line) => lineJson(line, order, products)),
    contract: contract && standing && contractPart(contract, standing, language),
    decision: decisionJson(decision, timeZone, language),
  };
}

/** The contract that occupies an order or a bill, in short. */
export function contractPart(contract: Contract, standing: Standing, language: Language): OrderJson["contract"] {
  const { number, state, holdUntil } = contract;
  const waitingFor = waitingJson(contract, language);
  return { number, state, standing, holdUntil: holdUntil === null ? null : isoOf(holdUntil), waitingFor };
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
