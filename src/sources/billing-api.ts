import { parseLosslessNumber } from "lossless-json";
import type { ImportEntry, SourceFormat } from "../application/import-orders.ts";
import { faultAt } from "../application/order-document-faults.ts";
import { memberOf } from "../application/order-document-fields.ts";
import { parseOrderId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { failureOf, placeOfSubOrder, readSubOrder, type SubOrder, textOf } from "./billing-api-fields.ts";
import { orderOfSubOrders, type SubOrders } from "./billing-api-order.ts";
import { parseJsonLine } from "./json-line.ts";
import { readLines } from "./ndjson-lines.ts";

type Defaults = Parameters<SourceFormat>[1];

/**
 * Responses of the billing API's GetOrderDetail (version 2017-12-14), one a line, with one or more orders each.
 * The API does not say whose the orders are, so `defaults.account` is needed; amounts are read from their digits.
 */
export const readBillingApi: SourceFormat = async function* (input, defaults) {
  for await (const { line, text } of readLines(input)) {
    if (!text.ok) yield { line, reference: null, order: text };
    else if (text.value.trim() !== "") yield* entriesOf(text.value, line, defaults);
  }
};

/** A response that may lack a part of an order is refused as a whole. */
function entriesOf(text: string, line: number, defaults: Defaults): readonly ImportEntry[] {
  const response = parseJsonLine(text, line, parseLosslessNumber);
  if (!response.ok) return [{ line, reference: null, order: response }];
  const list = subOrdersOf(response.value);
  const reference = soleReferenceOf(response.value);
  if (!list.ok) return [{ line, reference, order: list }];
  const orders = new Map<string, [SubOrder, ...SubOrder[]]>();
  for (const value of list.value) {
    const subOrder = readSubOrder(value);
    if (!subOrder.ok) return [{ line, reference, order: subOrder }];
    const { OrderId } = subOrder.value;
    if (OrderId === null) return [{ line, reference, order: fail(withoutOrderId(subOrder.value.SubOrderId)) }];
    const others = orders.get(OrderId);
    if (others) others.push(subOrder.value);
    else orders.set(OrderId, [subOrder.value]);
  }
  return Array.from(orders, ([id, subOrders]) => entryOf(line, id, subOrders, defaults));
}

function entryOf(line: number, id: string, subOrders: SubOrders, defaults: Defaults): ImportEntry {
  return { line, reference: parseOrderId(id), order: orderOfSubOrders(subOrders, defaults) };
}

/** The sub-orders of a response that is a success and complete. */
function subOrdersOf(response: unknown): Result<readonly unknown[], InputFault> {
  const failure = failureOf(response);
  if (failure !== null) return fail(failedCall(failure));
  const data = memberOf("", response, "Data").value;
  const list = listOf(response);
  if (list === null || list.length === 0) return fail(withoutOrders());
  const announced = Number(textOf(memberOf("Data", data, "TotalCount").value) ?? 0);
  return announced > list.length ? fail(incomplete(announced, list.length)) : succeed(list);
}

function listOf(response: unknown): readonly unknown[] | null {
  const data = memberOf("", response, "Data").value;
  const orderList = memberOf("Data", data, "OrderList").value;
  const list: unknown = memberOf("Data.OrderList", orderList, "Order").value;
  return Array.isArray(list) ? list : null;
}

/** The number of the only order in a response, so that a refused response can still be told by it. */
function soleReferenceOf(response: unknown): string | null {
  const ids = new Set((listOf(response) ?? []).map((each) => textOf(memberOf("", each, "OrderId").value) ?? null));
  const [id = null] = ids;
  return ids.size === 1 && id !== null ? parseOrderId(id) : null;
}

function failedCall(answer: string): InputFault {
  return faultAt("Code", {
    "zh-CN": `账单接口未返回订单，而是返回“${answer}”，请排除原因后重新获取。`,
    en: `the billing API answered "${answer}" instead of an order; settle the cause and fetch it again.`,
  });
}

function withoutOrders(): InputFault {
  return faultAt("Data.OrderList.Order", {
    "zh-CN": "没有订单，请确认文件每行都是一个 GetOrderDetail 的响应。",
    en: "holds no order; check that every line of the file is a response of GetOrderDetail.",
  });
}

function incomplete(announced: number, held: number): InputFault {
  return faultAt("Data.TotalCount", {
    "zh-CN": `共 ${announced} 个子订单，但响应中只有 ${held} 个，请增大 PageSize 后重新获取完整的订单。`,
    en: `announces ${announced} sub-orders, but only ${held} are here; fetch the whole order with a larger PageSize.`,
  });
}

function withoutOrderId(subOrder: string | null): InputFault {
  const { "zh-CN": zh, en } = placeOfSubOrder(subOrder);
  return faultAt("OrderId", {
    "zh-CN": `${zh}缺少订单号，请重新获取该订单。`,
    en: `missing in ${en}; fetch the order again.`,
  });
}
