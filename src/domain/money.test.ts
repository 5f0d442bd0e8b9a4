import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  CURRENCIES,
  type Currency,
  decimalOf,
  type Money,
  parseCurrency,
  parseMoney,
  sum,
  zero,
} from "./money.ts";

function read(text: string, currency: Currency): Money {
  const read = parseMoney(text, currency);
  if (!read.ok) throw new Error(`${text} ${currency}: ${read.fault}`);
  return read.value;
}

function faultOf(text: string, currency: Currency): string | null {
  const read = parseMoney(text, currency);
  return read.ok ? null : read.fault;
}

const anyMoney: fc.Arbitrary<Money> = fc.record({
  minor: fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
  currency: fc.constantFrom(...CURRENCIES),
});

describe("reading an amount", () => {
  test.each<[string, Currency, bigint]>([
    ["1728.5", "CNY", 172_850n],
    ["1728.50", "CNY", 172_850n],
    ["0", "CNY", 0n],
    ["0.01", "USD", 1n],
    ["-12.30", "CNY", -1230n],
    ["-0.05", "CNY", -5n],
    ["-0", "CNY", 0n],
    ["007", "EUR", 700n],
    ["198000", "JPY", 198_000n],
    ["-1", "JPY", -1n],
    ["0.1", "CNY", 10n],
  ])("%s %s is exactly %s minor units", (text, currency, minor) => {
    expect(read(text, currency)).toEqual({ minor, currency });
  });

  test("an amount beyond what a float holds exactly is still exact", () => {
    expect(read("90071992547409.93", "CNY").minor).toBe(9_007_199_254_740_993n);
    expect(read("999999999999999.99", "CNY").minor).toBe(99_999_999_999_999_999n);
  });

  test.each<[string, Currency]>([
    ["1728.505", "CNY"],
    ["0.001", "USD"],
    ["100.5", "JPY"],
    ["100.01", "KRW"],
  ])("%s %s has more digits than the currency and is refused, never rounded", (text, currency) => {
    expect(faultOf(text, currency)).toBe("more_digits_than_the_currency_has");
  });

  test.each<[string, Currency, bigint]>([
    ["1728.500000", "CNY", 172_850n],
    ["100.000", "JPY", 100n],
  ])("%s %s: zeros beyond the minor unit say nothing and are read", (text, currency, minor) => {
    expect(read(text, currency).minor).toBe(minor);
  });

  test.each([
    "",
    " ",
    "1e5",
    "+1",
    " 1",
    "1 ",
    "1,000",
    "１",
    ".5",
    "5.",
    "--1",
    "0x10",
    "NaN",
    "Infinity",
    "1.2.3",
    "¥5",
    "1\n",
  ])("%j is not a decimal", (text) => {
    expect(faultOf(text, "CNY")).toBe("not_a_decimal");
  });

  test("an amount that a database bigint could not add up is too large", () => {
    expect(faultOf("1000000000000000.00", "CNY")).toBeNull();
    expect(faultOf("1000000000000000.01", "CNY")).toBe("too_large");
    expect(faultOf("-1000000000000000.01", "CNY")).toBe("too_large");
    expect(faultOf("100000000000000001", "JPY")).toBe("too_large");
    expect(faultOf("9".repeat(60), "CNY")).toBe("too_large");
    expect(read("-1000000000000000.00", "CNY").minor).toBe(-(10n ** 17n));
  });

  test("a currency whose minor unit is not known is refused, never guessed", () => {
    expect(parseCurrency("CNY")).toBe("CNY");
    for (const text of ["cny", "RMB", "XXX", "", "toString", "__proto__"]) expect(parseCurrency(text)).toBeNull();
  });
});

test("a text that no amount needs is not read to its end", () => {
  expect(faultOf("0".repeat(100), "CNY")).toBeNull();
  expect(faultOf("0".repeat(101), "CNY")).toBe("not_a_decimal");
  expect(faultOf(`1.${"0".repeat(100)}`, "CNY")).toBeNull();
  expect(faultOf(`1.${"0".repeat(101)}`, "CNY")).toBe("not_a_decimal");
});

test("the currencies whose minor unit is known, with their places", () => {
  const places = CURRENCIES.map((currency) => [currency, decimalOf({ minor: 1n, currency })]);
  expect(Object.fromEntries(places)).toEqual({
    CNY: "0.01",
    USD: "0.01",
    EUR: "0.01",
    GBP: "0.01",
    HKD: "0.01",
    SGD: "0.01",
    JPY: "1",
    KRW: "1",
  });
});

describe("writing an amount", () => {
  test.each<[bigint, Currency, string]>([
    [172_850n, "CNY", "1728.50"],
    [0n, "CNY", "0.00"],
    [1n, "CNY", "0.01"],
    [-5n, "CNY", "-0.05"],
    [-123_456n, "USD", "-1234.56"],
    [198_000n, "JPY", "198000"],
    [-7n, "KRW", "-7"],
    [10n ** 17n, "CNY", "1000000000000000.00"],
  ])("%s minor units of %s are %s", (minor, currency, text) => {
    expect(decimalOf({ minor, currency })).toBe(text);
  });

  test("what is written is read back as the same amount", () => {
    fc.assert(
      fc.property(anyMoney, (money) => {
        expect(read(decimalOf(money), money.currency)).toEqual(money);
      }),
      { numRuns: 2000 },
    );
  });

  test("what is read is written with exactly the places of the currency", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const text = `${whole}.${String(cents).padStart(2, "0")}`;
        expect(decimalOf(read(text, "CNY"))).toBe(text);
        expect(decimalOf(read(`${whole}`, "JPY"))).toBe(`${whole}`);
      }),
    );
  });
});

describe("adding", () => {
  test("ten dimes are a yuan, to the fen", () => {
    expect(decimalOf(sum(Array<Money>(10).fill(read("0.1", "CNY")), "CNY"))).toBe("1.00");
  });

  test("nothing adds up to zero", () => {
    expect(sum([], "JPY")).toEqual(zero("JPY"));
  });

  test("two currencies cannot be added", () => {
    expect(() => add(read("1", "CNY"), read("1", "USD"))).toThrow("cannot add USD to CNY");
  });
});
