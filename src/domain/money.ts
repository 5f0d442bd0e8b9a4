import { fail, type Result, succeed } from "./result.ts";

/** Decimal places of the minor unit (ISO 4217). A currency that is not here is refused, never guessed. */
const MINOR_DIGITS = { CNY: 2, USD: 2, EUR: 2, GBP: 2, HKD: 2, SGD: 2, JPY: 0, KRW: 0 } as const;

export type Currency = keyof typeof MINOR_DIGITS;

/** An exact amount: whole minor units (fen, cents, yen) and their currency. Never a float. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

export type MoneyFault = "not_a_decimal" | "more_digits_than_the_currency_has" | "too_large";

export const CURRENCIES = Object.keys(MINOR_DIGITS) as readonly Currency[];

/** 18 digits of minor units: what a PostgreSQL bigint holds with room to add a hundred lines. */
const LARGEST_MINOR = 10n ** 17n;
const DECIMAL = /^(-?)(\d{1,100})(?:\.(\d{1,100}))?$/;

export function parseCurrency(text: string): Currency | null {
  return Object.hasOwn(MINOR_DIGITS, text) ? (text as Currency) : null;
}

/** Reads "1728.5" exactly; digits beyond the minor unit are refused unless they are zeros. */
export function parseMoney(text: string, currency: Currency): Result<Money, MoneyFault> {
  const match = DECIMAL.exec(text);
  if (!match) return fail("not_a_decimal");
  const [, sign = "", whole = "", fraction = ""] = match;
  const digits = MINOR_DIGITS[currency];
  if (/[1-9]/.test(fraction.slice(digits))) return fail("more_digits_than_the_currency_has");
  const magnitude = BigInt(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  if (magnitude > LARGEST_MINOR) return fail("too_large");
  return succeed({ minor: sign === "-" ? -magnitude : magnitude, currency });
}

/** "1728.50", "198000": the exact decimal with as many places as the currency has, no grouping. */
export function decimalOf(money: Money): string {
  const digits = MINOR_DIGITS[money.currency];
  const sign = money.minor < 0n ? "-" : "";
  const text = (money.minor < 0n ? -money.minor : money.minor).toString().padStart(digits + 1, "0");
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export function zero(currency: Currency): Money {
  return { minor: 0n, currency };
}

/** Adds amounts of one currency; mixing currencies is a bug of the caller. */
export function add(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new Error(`cannot add ${right.currency} to ${left.currency}`);
  return { minor: left.minor + right.minor, currency: left.currency };
}

export function sum(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(add, zero(currency));
}
