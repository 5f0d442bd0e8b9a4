import { isLosslessNumber } from "lossless-json";
import { described, excerptOf, faultAt } from "../application/order-document-faults.ts";
import { memberOf } from "../application/order-document-fields.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Localized } from "../domain/localized.ts";
import { fail, type Result, succeed } from "../domain/result.ts";

/**
 * The members of a sub-order that are read. `PretaxAmountLocal` is not among them: it is the whole order's amount,
 * repeated in each of its sub-orders.
 */
const SUB_ORDER_FIELDS = [
  "OrderId",
  "SubOrderId",
  "ProductCode",
  "OrderType",
  "OrderSubType",
  "SubscriptionType",
  "PaymentStatus",
  "CreateTime",
  "PaymentTime",
  "Currency",
  "PretaxGrossAmount",
  "PretaxAmount",
  "Tax",
  "AfterTaxAmount",
  "Quantity",
  "Region",
  "Config",
  "UsageStartTime",
  "UsageEndTime",
  "RelatedOrderId",
] as const;
const EXTEND_INFOS = ["Channel", "SellerName", "DomainService", "DomainName"] as const;

/** The texts as the API sent them, trimmed; null where it sent nothing, null or an empty text. */
export type SubOrder = {
  readonly [Name in (typeof SUB_ORDER_FIELDS)[number] | (typeof EXTEND_INFOS)[number]]: string | null;
};

/** Reads a sub-order without judging it; numbers keep their digits. Refused: an object or a list where text belongs. */
export function readSubOrder(value: unknown): Result<SubOrder, InputFault> {
  const texts: [string, string | null][] = [];
  const extendInfos = memberOf("", value, "ExtendInfos").value;
  const fields = [
    ...SUB_ORDER_FIELDS.map((name) => ({ name, at: memberOf("", value, name) })),
    ...EXTEND_INFOS.map((name) => ({ name, at: memberOf("ExtendInfos", extendInfos, name) })),
  ];
  for (const { name, at } of fields) {
    const text = textOf(at.value);
    if (text === undefined) return fail(notText(at.path, at.value, placeOf(value)));
    texts.push([name, text]);
  }
  return succeed(Object.fromEntries(texts) as SubOrder);
}

/** Text, number or boolean as text; null for nothing; undefined for what has no text. */
export function textOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value.trim() === "" ? null : value.trim();
  if (isLosslessNumber(value)) return value.value;
  return typeof value === "boolean" ? String(value) : undefined;
}

/** What the API answered instead of a result, for a fault; null when the call succeeded. */
export function failureOf(response: unknown): string | null {
  const said = (name: string) => textOf(memberOf("", response, name).value);
  const code = said("Code") ?? "Success";
  if (code === "Success" && said("Success") !== "false") return null;
  const message = said("Message") ?? "";
  return excerptOf(message === "" ? code : `${code}: ${message}`);
}

/** "sub-order 21000100000000101", for a fault. */
export function placeOfSubOrder(id: string | null): Localized {
  return { "zh-CN": `子订单 ${id ?? "编号不明"}`, en: `sub-order ${id ?? "without id"}` };
}

function placeOf(value: unknown): Localized {
  return placeOfSubOrder(textOf(memberOf("", value, "SubOrderId").value) ?? null);
}

function notText(path: string, value: unknown, place: Localized): InputFault {
  const found = described(value);
  return faultAt(path, {
    "zh-CN": `${place["zh-CN"]}的此项应为文本，实际是${found["zh-CN"]}，请重新获取该订单。`,
    en: `${found.en} where ${place.en} should have text; fetch the order again.`,
  });
}
