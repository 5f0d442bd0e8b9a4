import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExactDecimal, sumExactly, textOfDecimal, truncateTo } from "./exact-decimal.ts";

function exact(text: string) {
  const decimal = parseExactDecimal(text);
  if (decimal === null) throw new Error(`${text} was not read`);
  return decimal;
}

test.each([
  ["1830.457", "1830.457"],
  ["-0.006", "-0.006"],
  ["0.0", "0.0"],
  ["1.83045E7", "18304500"],
  ["1.83045e+3", "1830.45"],
  ["7.0E-4", "0.00070"],
])("%s is %s", (text, plain) => {
  expect(textOfDecimal(exact(text))).toBe(plain);
});

test.each(["", "-", "1,000", "1.", ".5", "0x10", "Infinity", "1e999", "9".repeat(41), " 1"])("%j is none", (text) => {
  expect(parseExactDecimal(text)).toBeNull();
});

test("sums are exact where floats are not", () => {
  expect(textOfDecimal(sumExactly(["0.1", "0.2", "-0.007"].map(exact)))).toBe("0.293");
  expect(sumExactly([])).toEqual({ units: 0n, places: 0 });
});

test.each([
  ["0.019", "0.01"],
  ["-0.019", "-0.01"],
  ["-0.009", "0.00"],
  ["1.5", "1.5"],
])("%s cut to two places is %s", (text, cut) => {
  expect(textOfDecimal(truncateTo(2, exact(text)))).toBe(cut);
});

test("what was written is read back to the last digit", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(20), (units, places) => {
      expect(parseExactDecimal(textOfDecimal({ units, places }))).toEqual({ units, places });
    }),
  );
});
