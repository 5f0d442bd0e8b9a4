import { expect, test } from "vitest";
import { fail, succeed } from "./result.ts";

test("an outcome is a value or a fault, and says which", () => {
  expect(succeed(1)).toEqual({ ok: true, value: 1 });
  expect(fail("too_large")).toEqual({ ok: false, fault: "too_large" });
});
