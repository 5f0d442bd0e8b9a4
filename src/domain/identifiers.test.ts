import { describe, expect, test } from "vitest";
import {
  isForeignId,
  parseAccountId,
  parseOrderId,
  parsePartnerId,
  parseProductCode,
  parseSellerId,
  parseSha256,
} from "./identifiers.ts";

const PARSERS = [
  ["account", parseAccountId],
  ["order", parseOrderId],
  ["seller", parseSellerId],
  ["partner", parsePartnerId],
  ["product", parseProductCode],
] as const;

const GOOD = ["a", "Z", "0", "A-1", "20261101-1", "a.b_c-D", "a".repeat(64), "x--", "9."];
const BAD = ["", "a".repeat(65), ".a", "-a", "_a", "a b", "a/b", "a\n", " a", "a ", "订单", "a:b", "a%2F", "../a", "é"];

describe.each(PARSERS)("the id of a foreign %s", (_, parse) => {
  test.each(GOOD)("may be %j", (text) => {
    expect(parse(text)).toBe(text);
  });

  test.each(BAD)("may not be %j: it has to be safe in a URL path and in a file name", (text) => {
    expect(parse(text)).toBeNull();
  });
});

test("what may be an id is the same for all of them", () => {
  expect(GOOD.every(isForeignId)).toBe(true);
  expect(BAD.some(isForeignId)).toBe(false);
});

describe("a SHA-256", () => {
  test("is 64 lower-case hexadecimal digits", () => {
    const text = "0123456789abcdef".repeat(4);
    expect(parseSha256(text)).toBe(text);
  });

  test.each([
    "0".repeat(63),
    "0".repeat(65),
    "A".repeat(64),
    `g${"0".repeat(63)}`,
    `${"0".repeat(64)}\n`,
    ` ${"0".repeat(64)}`,
    "",
  ])("%j is none", (text) => {
    expect(parseSha256(text)).toBeNull();
  });
});
