import type { SnapshotAmounts } from "../domain/contract-snapshot.ts";
import { rmbCapitals } from "./rmb-capitals.ts";

/** Amounts as they are printed: grouped thousands, a real minus sign, as many places as the currency has. */
export interface AmountTexts {
  readonly list: string;
  readonly discount: string;
  readonly tax: string;
  readonly total: string;
}

export interface TotalTexts extends AmountTexts {
  /** True where the tax is added to the prices of the lines, false where they contain it. */
  readonly taxAdded: boolean;
  /** 人民币大写; null in any other currency. */
  readonly capitals: string | null;
}

/** "1728.50" → "1,728.50", "-3" → "−3". Text that is no decimal is returned as it is. */
export function grouped(decimal: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(decimal);
  if (!match) return decimal;
  const [, sign = "", whole = "", fraction = ""] = match;
  return `${sign === "" ? "" : "\u2212"}${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${fraction}`;
}

/** What is taken off is shown with a minus sign; nothing taken off is a plain zero. */
export function amountTexts(amounts: SnapshotAmounts): AmountTexts {
  return {
    list: grouped(amounts.list),
    discount: grouped(negated(amounts.discount)),
    tax: grouped(amounts.tax),
    total: grouped(amounts.total),
  };
}

export function totalTexts(amounts: SnapshotAmounts, currency: string): TotalTexts {
  return {
    ...amountTexts(amounts),
    taxAdded: isTaxAdded(amounts),
    capitals: currency === "CNY" ? rmbCapitals(amounts.total) : null,
  };
}

function isTaxAdded({ list, discount, tax, total }: SnapshotAmounts): boolean {
  const before = minor(list) - minor(discount);
  return minor(tax) !== 0n && before !== minor(total) && before + minor(tax) === minor(total);
}

/** All four amounts of a contract have the same number of places, so dropping the point compares them exactly. */
function minor(decimal: string): bigint {
  return BigInt(decimal.replace(".", ""));
}

function negated(decimal: string): string {
  if (!/[1-9]/.test(decimal)) return decimal;
  return decimal.startsWith("-") ? decimal.slice(1) : `-${decimal}`;
}
