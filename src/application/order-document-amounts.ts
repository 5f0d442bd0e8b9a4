import type { InputFault } from "../domain/input-fault.ts";
import type { Localized } from "../domain/localized.ts";
import { add, type Currency, decimalOf, type Money, type MoneyFault, parseMoney, sum, zero } from "../domain/money.ts";
import { fail, succeed } from "../domain/result.ts";
import { excerptOf, faultAt } from "./order-document-faults.ts";
import { type Field, type Kind, textual } from "./order-document-fields.ts";

/** `list` − `discount` = `total` (tax contained) or `list` − `discount` + `tax` = `total` (tax on top). */
export interface LineAmounts {
  readonly list: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly total: Money;
}

const QUANTITY = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/;
const AN_AMOUNT = { "zh-CN": '文本形式的金额，例如 "12.50"', en: 'the amount as text, such as "12.50"' };
const A_QUANTITY = { "zh-CN": '文本形式的数量，例如 "2"', en: 'the quantity as text, such as "2"' };

/** A decimal text in the currency. A JSON number is refused: most writers have sent it through a binary float. */
export function amountKind(currency: Currency): Kind<Money> {
  const text = textual(AN_AMOUNT, ({ path }, decimal) => {
    const money = parseMoney(decimal, currency);
    return money.ok ? money : fail(amountFault(path, decimal, currency, money.fault));
  });
  return {
    expected: AN_AMOUNT,
    read: (field) => (typeof field.value === "number" ? fail(numberAsAmount(field)) : text.read(field)),
  };
}

/** A decimal above zero as text, without leading zeros, with at most six decimal places. */
export const QUANTITY_KIND: Kind<string> = textual(A_QUANTITY, ({ path }, text) => {
  if (QUANTITY.test(text) && /[1-9]/.test(text)) return succeed(text);
  return fail(
    faultAt(path, {
      "zh-CN": `“${excerptOf(text)}”不是大于 0 的数量，请用数字填写，例如 "2" 或 "0.5"。`,
      en: `"${excerptOf(text)}" is not a quantity above zero; write digits such as "2" or "0.5".`,
    }),
  );
});

/** The first rule that the four amounts of a line break, or null; `path` is the path of the line. */
export function faultOfAmounts(path: string, amounts: LineAmounts, mayBeNegative: boolean): InputFault | null {
  const { list, discount, tax, total } = amounts;
  for (const [name, money] of Object.entries({ list, discount, tax, total })) {
    if (money.minor < 0n && !mayBeNegative) return belowZero(`${path}.${name}`, money);
  }
  const [low, high] = total.minor < 0n ? [total.minor, 0n] : [0n, total.minor];
  if (tax.minor < low || tax.minor > high) return taxOutside(`${path}.tax`, tax, total);
  const net = add(list, { minor: -discount.minor, currency: discount.currency });
  const gross = add(net, tax);
  if (total.minor === net.minor || total.minor === gross.minor) return null;
  return faultAt(`${path}.total`, {
    "zh-CN": `“${decimalOf(total)}”既不等于 list − discount（${decimalOf(net)}），也不等于再加上 tax（${decimalOf(gross)}），请更正有误的金额。`,
    en: `"${decimalOf(total)}" is neither list − discount (${decimalOf(net)}) nor that plus tax (${decimalOf(gross)}); correct the amount that is wrong.`,
  });
}

/** Refuses lines whose sum no longer is an amount that we can hold, whichever of the four amounts it is. */
export function faultOfSums(lines: readonly LineAmounts[], currency: Currency, wayOut: Localized): InputFault | null {
  for (const name of ["list", "discount", "tax", "total"] as const) {
    const whole = sum(
      lines.map((line) => magnitude(line[name])),
      currency,
    );
    const held = parseMoney(decimalOf(whole), currency);
    if (!held.ok) {
      return faultAt("lines", {
        "zh-CN": `各行 ${name} 之和 ${decimalOf(whole)} 超出可处理的金额上限，${wayOut["zh-CN"]}。`,
        en: `the sum of ${name}, ${decimalOf(whole)}, is larger than an amount can be; ${wayOut.en}.`,
      });
    }
  }
  return null;
}

function magnitude(money: Money): Money {
  return { minor: money.minor < 0n ? -money.minor : money.minor, currency: money.currency };
}

/** Decimal places of the currency's minor unit. */
export function placesOf(currency: Currency): number {
  const [, places = ""] = decimalOf(zero(currency)).split(".");
  return places.length;
}

function numberAsAmount({ path, value }: Field): InputFault {
  return faultAt(path, {
    "zh-CN": `金额写成了 JSON 数字 ${value}，可能丢失小数位，请改写为带引号的文本，例如 "12.50"。`,
    en: `${value} is a JSON number, which can lose minor units; write the amount as text, such as "12.50".`,
  });
}

function amountFault(path: string, text: string, currency: Currency, fault: MoneyFault): InputFault {
  const value = excerptOf(text);
  const places = placesOf(currency);
  switch (fault) {
    case "not_a_decimal":
      return faultAt(path, {
        "zh-CN": `“${value}”不是金额，请只用数字和小数点填写，例如 "12.50"，不带千分位和货币符号。`,
        en: `"${value}" is not an amount; write digits and a point only, such as "12.50", without separators or currency.`,
      });
    case "more_digits_than_the_currency_has":
      return faultAt(path, {
        "zh-CN":
          places === 0
            ? `“${value}”带有小数，而 ${currency} 没有小数位，请填写整数。`
            : `“${value}”的小数位数超过 ${currency} 允许的位数，最多写 ${places} 位。`,
        en:
          places === 0
            ? `"${value}" has decimal places, but ${currency} has none; write a whole number.`
            : `"${value}" has more decimal places than ${currency} allows; write at most ${places}.`,
      });
    case "too_large":
      return faultAt(path, {
        "zh-CN": `“${value}”超出可处理的金额上限，请检查位数。`,
        en: `"${value}" is larger than an amount can be; check the number of digits.`,
      });
  }
}

function belowZero(path: string, money: Money): InputFault {
  return faultAt(path, {
    "zh-CN": `“${decimalOf(money)}”小于 0，而只有退款（refund）和降配（downgrade）订单允许负数，请更正金额或 type。`,
    en: `"${decimalOf(money)}" is below zero, which only orders of type refund or downgrade may be; correct the amount or the type.`,
  });
}

function taxOutside(path: string, tax: Money, total: Money): InputFault {
  return faultAt(path, {
    "zh-CN": `“${decimalOf(tax)}”不在 0 与 total（${decimalOf(total)}）之间，请填写 total 中所含的税额。`,
    en: `"${decimalOf(tax)}" is not between 0 and total (${decimalOf(total)}); write the tax that total contains.`,
  });
}
