import { amountKind } from "../application/order-document-amounts.ts";
import { faultAt, relabelled } from "../application/order-document-faults.ts";
import { allOf, optional, required } from "../application/order-document-fields.ts";
import { LONGEST_DESCRIPTION } from "../application/order-document-line.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { add, type Currency, decimalOf, type Money, zero } from "../domain/money.ts";
import type { BillingMode } from "../domain/order.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { parseInstant } from "../domain/time.ts";
import { describeConfig } from "./billing-api-config.ts";
import { placeOfSubOrder, type SubOrder } from "./billing-api-fields.ts";

/** From here on an end is a sentinel for "no end"; the API writes 2117-06-08T09:41:30Z, among others. */
const SENTINELS_FROM = Date.UTC(2099, 0, 1);

/** One line of our own format, still to be parsed as such; the catalogue names the product. */
export function lineOf(subOrder: SubOrder, currency: Currency, billing: BillingMode): Result<object, InputFault> {
  const amounts = amountsOf(subOrder, currency);
  if (!amounts.ok) return amounts;
  return succeed({
    line: subOrder.SubOrderId,
    product: subOrder.ProductCode,
    description: describeConfig(subOrder.Config ?? "", subOrder.Region ?? "", LONGEST_DESCRIPTION),
    quantity: subOrder.Quantity,
    ...amounts.value,
    startsAt: subOrder.UsageStartTime,
    endsAt: billing === "pay_as_you_go" || isSentinel(subOrder.UsageEndTime) ? null : subOrder.UsageEndTime,
  });
}

/**
 * In CNY the tax is contained in PretaxAmount, so that AfterTaxAmount equals it; elsewhere, as in JPY, it comes on top.
 * The name "Pretax" is the API's and does not tell which.
 */
function amountsOf(subOrder: SubOrder, currency: Currency): Result<object, InputFault> {
  const kind = amountKind(currency);
  const place = placeOfSubOrder(subOrder.SubOrderId);
  const field = (path: keyof SubOrder) => ({ path, value: subOrder[path] });
  const read = allOf({
    list: required(field("PretaxGrossAmount"), kind),
    net: required(field("PretaxAmount"), kind),
    tax: optional(field("Tax"), kind),
    total: required(field("AfterTaxAmount"), kind),
  });
  if (!read.ok) return fail(relabelled(read.fault, read.fault.field, place));
  const { list, net, total } = read.value;
  const tax = read.value.tax ?? zero(currency);
  const gross = add(net, tax);
  if (total.minor !== net.minor && total.minor !== gross.minor) {
    return fail(relabelled(inconsistent(total, net, gross), "AfterTaxAmount", place));
  }
  if (list.minor >= 0n && net.minor > list.minor) return fail(relabelled(surcharge(list, net), "PretaxAmount", place));
  const discount = add(list, { minor: -net.minor, currency });
  return succeed({
    list: decimalOf(list),
    discount: decimalOf(discount),
    tax: decimalOf(tax),
    total: decimalOf(total),
  });
}

function isSentinel(instant: string | null): boolean {
  const end = instant === null ? null : parseInstant(instant);
  return end !== null && end >= SENTINELS_FROM;
}

function surcharge(list: Money, net: Money): InputFault {
  return faultAt("PretaxAmount", {
    "zh-CN": `“${decimalOf(net)}”高于折扣前的 PretaxGrossAmount（${decimalOf(list)}），请重新获取该订单。`,
    en: `"${decimalOf(net)}" is above PretaxGrossAmount (${decimalOf(list)}), the price before discounts; fetch the order again.`,
  });
}

function inconsistent(total: Money, net: Money, gross: Money): InputFault {
  return faultAt("AfterTaxAmount", {
    "zh-CN": `“${decimalOf(total)}”既不等于 PretaxAmount（${decimalOf(net)}），也不等于再加上 Tax（${decimalOf(gross)}），请重新获取该订单。`,
    en: `"${decimalOf(total)}" is neither PretaxAmount (${decimalOf(net)}) nor that plus Tax (${decimalOf(gross)}); fetch the order again.`,
  });
}
