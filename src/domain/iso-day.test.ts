import { expect, test } from "vitest";
import { isoDayOf } from "./iso-day.ts";
import { parseInstant, parseTimeZone } from "./time.ts";

const at = (text: string) => parseInstant(text) ?? Number.NaN;

test.each([
  ["2026-10-12T15:59:59Z", "Asia/Shanghai", 0, "2026-10-12"],
  ["2026-10-12T16:00:00Z", "Asia/Shanghai", 0, "2026-10-13"],
  ["2026-10-12T16:00:00Z", "America/New_York", 0, "2026-10-12"],
  ["2026-03-01T04:00:00Z", "Asia/Shanghai", 1, "2026-02-28"],
  ["2024-03-01T04:00:00Z", "Asia/Shanghai", 29, "2024-02-01"],
])("the day of %s in %s, %i days before, is %s", (instant, zone, before, day) => {
  const timeZone = parseTimeZone(zone);
  if (!timeZone) throw new Error(`${zone} is no zone`);
  expect(isoDayOf(at(instant) as Parameters<typeof isoDayOf>[0], timeZone, before)).toBe(day);
});
