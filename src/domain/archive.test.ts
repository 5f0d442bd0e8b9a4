import { expect, test } from "vitest";
import { renewalDueAt } from "./archive.ts";
import { instantOf } from "./time.ts";

const DAY_MS = 86_400_000;
const madeAt = instantOf(Date.UTC(2026, 0, 1));

test.each([
  ["of ten years, 90 days before it ends", 3650, 3560],
  ["of 900 days, when a tenth of them is 90", 900, 810],
  ["of a month, when a tenth is left", 30, 27],
])("an archive is renewed, its timestamp's certificate being one %s", (_, lasts, dueAfter) => {
  const due = renewalDueAt({ madeAt, renewBefore: instantOf(madeAt + lasts * DAY_MS) });
  expect((due - madeAt) / DAY_MS).toBe(dueAfter);
});
