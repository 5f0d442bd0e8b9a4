import { placesOf } from "../application/order-document-amounts.ts";
import { described, excerptOf, faultAt } from "../application/order-document-faults.ts";
import { allOf, type Field, memberOf, withBlanksForInvisible } from "../application/order-document-fields.ts";
import { type ProductCode, parseProductCode } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { add, type Currency, decimalOf, type Money, parseMoney } from "../domain/money.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { textOf } from "./billing-api-fields.ts";
import { type ExactDecimal, parseExactDecimal, sumExactly, textOfDecimal, truncateTo } from "./exact-decimal.ts";

export interface ItemRules {
  readonly currency: Currency;
  /** Whether the catalogue has a name of its own for a product. */
  readonly isInCatalogue: (product: ProductCode) => boolean;
}

const NO_AMOUNT: ExactDecimal = { units: 0n, places: 0 };

/** One line of our own format, still to be parsed as such; faults name the member of the item. */
export function billLineOf(item: Field, line: string, rules: ItemRules): Result<object, InputFault> {
  const texts = allOf({
    product: requiredText(item, "ProductCode"),
    name: textAt(item, "ProductName"),
    detail: textAt(item, "ProductDetail"),
    amounts: amountsOf(item, rules.currency),
  });
  if (!texts.ok) return texts;
  const { amounts, ...named } = texts.value;
  const product = named.product.toLowerCase();
  const name = named.name === null ? null : withBlanksForInvisible(named.name).trim();
  const detail = withBlanksForInvisible(named.detail ?? "").trim();
  const code = parseProductCode(product);
  const isNamedByCatalogue = code !== null && rules.isInCatalogue(code);
  return succeed({
    line,
    product,
    // The API has one name, in one language; the catalogue has both.
    name: name === null || name === "" || isNamedByCatalogue ? null : { "zh-CN": name, en: name },
    description: saysMore(detail, name ?? "") ? detail : "",
    ...amounts,
  });
}

/** The text of a member: null where there is none. Refused: an object or a list. */
function textAt(owner: Field, name: string): Result<string | null, InputFault> {
  const { path, value } = memberOf(owner.path, owner.value, name);
  const text = textOf(value);
  if (text !== undefined) return succeed(text);
  const found = described(value);
  return fail(
    faultAt(path, {
      "zh-CN": `此处应为文本或数字，实际是${found["zh-CN"]}，请重新获取该账单。`,
      en: `${found.en} where text or a number belongs; fetch the bill again.`,
    }),
  );
}

export function requiredText(owner: Field, name: string): Result<string, InputFault> {
  const text = textAt(owner, name);
  if (!text.ok) return text;
  if (text.value !== null) return succeed(text.value);
  return fail(
    faultAt(memberOf(owner.path, owner.value, name).path, {
      "zh-CN": "响应中缺少此项，请重新获取该账单。",
      en: "missing in the response; fetch the bill again.",
    }),
  );
}

/**
 * What is payable is taken as it is, never rounded. The API cuts fractions of a cent off by way of InvoiceDiscount
 * (1830.457 − 0.007 = 1830.45), so these are dropped from the discount, and list follows from total and discount.
 */
function amountsOf(item: Field, currency: Currency): Result<object, InputFault> {
  const read = allOf({
    invoiceDiscount: optionalDecimal(item, "InvoiceDiscount"),
    coupons: optionalDecimal(item, "DeductedByCoupons"),
    net: payable(item, "PretaxAmount", currency),
    tax: payable(item, "Tax", currency),
    total: payable(item, "AfterTaxAmount", currency),
  });
  if (!read.ok) return read;
  const { invoiceDiscount, coupons, net, tax, total } = read.value;
  const gross = add(net, tax);
  if (total.minor !== net.minor && total.minor !== gross.minor) return fail(inconsistent(item, total, net, gross));
  const taken = truncateTo(placesOf(currency), sumExactly([invoiceDiscount, coupons]));
  const discount = moneyOf(memberOf(item.path, item.value, "InvoiceDiscount").path, taken, currency);
  if (!discount.ok) return discount;
  return succeed({
    list: decimalOf(add(net, discount.value)),
    discount: decimalOf(discount.value),
    tax: decimalOf(tax),
    total: decimalOf(total),
  });
}

function payable(item: Field, name: string, currency: Currency): Result<Money, InputFault> {
  const text = requiredText(item, name);
  if (!text.ok) return text;
  const { path } = memberOf(item.path, item.value, name);
  const decimal = decimalAt(path, text.value);
  return decimal.ok ? moneyOf(path, decimal.value, currency) : decimal;
}

function optionalDecimal(item: Field, name: string): Result<ExactDecimal, InputFault> {
  const text = textAt(item, name);
  if (!text.ok) return text;
  return text.value === null ? succeed(NO_AMOUNT) : decimalAt(memberOf(item.path, item.value, name).path, text.value);
}

function decimalAt(path: string, text: string): Result<ExactDecimal, InputFault> {
  const decimal = parseExactDecimal(text);
  return decimal === null ? fail(notAnAmount(path, text)) : succeed(decimal);
}

function moneyOf(path: string, decimal: ExactDecimal, currency: Currency): Result<Money, InputFault> {
  const text = textOfDecimal(decimal);
  const money = parseMoney(text, currency);
  if (money.ok) return money;
  return fail(
    money.fault === "more_digits_than_the_currency_has" ? fraction(path, text, currency) : notAnAmount(path, text),
  );
}

/** A detail that only repeats the name, or a part of it, tells the reader nothing. */
function saysMore(detail: string, name: string): boolean {
  return detail !== "" && !name.toLowerCase().includes(detail.toLowerCase());
}

function notAnAmount(path: string, text: string): InputFault {
  const value = excerptOf(text);
  return faultAt(path, {
    "zh-CN": `“${value}”不是可处理的金额，请重新获取该账单。`,
    en: `"${value}" is not an amount that can be read; fetch the bill again.`,
  });
}

function fraction(path: string, text: string, currency: Currency): InputFault {
  const [value, places] = [excerptOf(text), placesOf(currency)];
  return faultAt(path, {
    "zh-CN": `“${value}”的小数位数超过 ${currency} 允许的 ${places} 位，而账单金额不作舍入，请重新获取该账单，或改用 Orderseal 自有格式提交。`,
    en: `"${value}" has more decimal places than the ${places} of ${currency}, and a bill is not rounded; fetch it again, or send it in Orderseal's own format.`,
  });
}

function inconsistent(item: Field, total: Money, net: Money, gross: Money): InputFault {
  return faultAt(memberOf(item.path, item.value, "AfterTaxAmount").path, {
    "zh-CN": `“${decimalOf(total)}”既不等于 PretaxAmount（${decimalOf(net)}），也不等于再加上 Tax（${decimalOf(gross)}），请重新获取该账单。`,
    en: `"${decimalOf(total)}" is neither PretaxAmount (${decimalOf(net)}) nor that plus Tax (${decimalOf(gross)}); fetch the bill again.`,
  });
}
