import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BROKEN_RULES } from "../scripts/broken-rules.ts";

const ROOT = new URL("../", import.meta.url);

test("npm run break-rules breaks each of R1 to R24", () => {
  expect(BROKEN_RULES.map(({ rule }) => rule)).toEqual(Array.from({ length: 24 }, (_, index) => `R${index + 1}`));
});

test.each(BROKEN_RULES)("$rule can still be broken where it stands", ({ file, from, test: noticing }) => {
  expect(readFileSync(new URL(file, ROOT), "utf8").split(from)).toHaveLength(2);
  expect(existsSync(new URL(noticing, ROOT))).toBe(true);
});
