import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SLOWEST } from "../scripts/slowest-first.ts";

const ROOT = join(import.meta.dirname, "..");

test("the test files that begin first are there", () => {
  expect(SLOWEST.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
