import { describe, expect, test } from "vitest";
import { isVoidedByTwo } from "./proposal.ts";

const voidAlone = { CNY: "100000.00", JPY: "2000000" };

describe("a contract is voided by two persons (R22)", () => {
  test.each([
    ["at the limit, one will do", { currency: "CNY", total: "100000.00" }, false],
    ["a fen above it, two", { currency: "CNY", total: "100000.01" }, true],
    ["far below, one", { currency: "CNY", total: "0.01" }, false],
    ["in a currency without minor units", { currency: "JPY", total: "2000001" }, true],
    ["in a currency that the policy does not name, two", { currency: "USD", total: "1.00" }, true],
    ["in one that nobody knows, two", { currency: "XXX", total: "1.00" }, true],
    ["by an amount that cannot be read, two", { currency: "CNY", total: "much" }, true],
    ["where no amount is stated, two", null, true],
  ])("%s", (_, stated, byTwo) => {
    expect(isVoidedByTwo({ voidAlone }, stated)).toBe(byTwo);
  });

  test("never, where the policy asks for no second person", () => {
    expect(isVoidedByTwo({ voidAlone: null }, { currency: "CNY", total: "999999999.00" })).toBe(false);
    expect(isVoidedByTwo({ voidAlone: null }, null)).toBe(false);
  });

  test("always, where it lets nobody do it alone", () => {
    expect(isVoidedByTwo({ voidAlone: {} }, { currency: "CNY", total: "0.00" })).toBe(true);
  });
});
