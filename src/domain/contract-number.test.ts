import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contractNumber, isNumberPrefix, parseContractNumber } from "./contract-number.ts";
import type { ContractNumber } from "./identifiers.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** ISO/IEC 7064 says it the other way round: the check character is the one with which the whole comes to 1. */
function referenceCheck(body: string): string {
  const found = [...ALPHABET].filter((candidate) => {
    let product = 36;
    for (const character of body) {
      const sum = product + ALPHABET.indexOf(character);
      product = ((sum % 36 === 0 ? 36 : sum % 36) * 2) % 37;
    }
    return (product + ALPHABET.indexOf(candidate)) % 36 === 1;
  });
  if (found.length !== 1) throw new Error(`${found.length} check characters for ${body}`);
  return found.join("");
}

const anyPrefix = fc.stringMatching(/^[A-Z0-9]{2,8}$/);
const anyMonth = fc
  .tuple(fc.integer({ min: 2000, max: 2099 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}${String(month).padStart(2, "0")}`);
const anyNumber: fc.Arbitrary<ContractNumber> = fc
  .tuple(anyPrefix, anyMonth, fc.integer({ min: 1, max: 999_999_999 }))
  .map(([prefix, month, running]) => contractNumber(prefix, month, running));

describe("the check character is ISO/IEC 7064 MOD 37,36", () => {
  test("the reference computes the published example, the GRid A1-2425G-ABC1234002-M", () => {
    expect(referenceCheck("A12425GABC1234002")).toBe("M");
  });

  test("ours agrees with the reference", () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        expect(number.slice(-1)).toBe(referenceCheck(number.slice(0, -2).replaceAll("-", "")));
      }),
      { numRuns: 1000 },
    );
  });

  test("the numbers of today stay what they are", () => {
    expect(contractNumber("ACME", "202611", 42)).toBe("ACME-202611-000042-L");
    expect(contractNumber("DEMO", "202611", 1)).toBe("DEMO-202611-000001-C");
  });
});

describe("writing a number", () => {
  test("the running number has six places, and more when they are full", () => {
    expect(contractNumber("ACME", "202611", 999_999)).toMatch(/^ACME-202611-999999-.$/);
    expect(contractNumber("ACME", "202611", 1_000_000)).toMatch(/^ACME-202611-1000000-.$/);
  });

  test.each([
    ["acme", "202611", 1],
    ["A", "202611", 1],
    ["ACMECLOUD", "202611", 1],
    ["ACME", "2026-11", 1],
    ["ACME", "20261", 1],
    ["ACME", "2026111", 1],
    ["ACME", "202611", -1],
    ["ACME", "202611", 1.5],
    ["ACME", "202611", 1e9],
  ])("%s, %s, %s make no number", (prefix, month, running) => {
    expect(() => contractNumber(prefix, month, running)).toThrow("not a contract number");
  });

  test("a prefix is two to eight capital letters or digits", () => {
    for (const text of ["AB", "ACME", "A1B2C3D4"]) expect(isNumberPrefix(text)).toBe(true);
    for (const text of ["A", "ABCDEFGHI", "acme", "AC-E", "甲方", ""]) expect(isNumberPrefix(text)).toBe(false);
  });
});

describe("reading a number as a person types it", () => {
  test("in any case and with blanks around", () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        expect(parseContractNumber(`  ${number.toLowerCase()} `)).toBe(number);
      }),
    );
  });

  test("every single wrong character is found", () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(), fc.constantFrom(...ALPHABET), (number, place, wrong) => {
        const index = place % number.length;
        fc.pre(number.charAt(index) !== wrong);
        expect(parseContractNumber(number.slice(0, index) + wrong + number.slice(index + 1))).toBeNull();
      }),
      { numRuns: 5000 },
    );
  });

  test("a missing or an added character is found in all but a few", () => {
    const number = contractNumber("ACME", "202611", 42);
    expect(parseContractNumber(number.slice(0, -2))).toBeNull();
    expect(parseContractNumber(number.replaceAll("-", ""))).toBeNull();
    expect(parseContractNumber("")).toBeNull();
    expect(parseContractNumber(`-${number}`)).toBeNull();
    expect(parseContractNumber(`${number}-`)).toBeNull();
    expect(parseContractNumber(`${number}L`)).toBeNull();
    expect(parseContractNumber(`A${number}`)).toBeNull();
  });

  test("of all neighbouring swaps of digits, fewer than one in a hundred is missed, and only where they differ by one", () => {
    let swaps = 0;
    let missed = 0;
    for (let running = 1; running <= 3000; running += 1) {
      const number = contractNumber("ACME", "202611", running * 271);
      for (let index = 12; index < 17; index += 1) {
        const [left = "", right = ""] = number.slice(index, index + 2);
        if (left === right) continue;
        swaps += 1;
        if (parseContractNumber(number.slice(0, index) + right + left + number.slice(index + 2)) === null) continue;
        missed += 1;
        expect(Math.abs(Number(left) - Number(right))).toBe(1);
      }
    }
    expect(swaps).toBeGreaterThan(10_000);
    expect(missed / swaps).toBeLessThan(0.01);
  });
});
