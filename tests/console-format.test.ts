import { expect, test } from "vitest";
import { amountText, quantityText } from "../web/src/format/amount.ts";
import { dayIn, startOfDay } from "../web/src/format/day.ts";
import { remainingOf } from "../web/src/format/remaining.ts";

const HOUR = 3_600_000;

test.each([
  ["Asia/Shanghai", "2026-11-29", 0, "2026-11-28T16:00:00.000Z"],
  ["Asia/Shanghai", "1988-07-01", 0, "1988-06-30T15:00:00.000Z"],
  ["Asia/Shanghai", "2026-12-31", 1, "2026-12-31T16:00:00.000Z"],
  ["Europe/Berlin", "2026-03-29", 0, "2026-03-28T23:00:00.000Z"],
  ["Europe/Berlin", "2026-03-29", 1, "2026-03-29T22:00:00.000Z"],
  ["Europe/Berlin", "2026-10-25", 1, "2026-10-25T23:00:00.000Z"],
  ["America/New_York", "2026-11-01", 0, "2026-11-01T04:00:00.000Z"],
  ["America/New_York", "2026-11-01", 1, "2026-11-02T05:00:00.000Z"],
  ["Pacific/Kiritimati", "2026-01-01", 0, "2025-12-31T10:00:00.000Z"],
  ["Asia/Kathmandu", "2026-01-01", 0, "2025-12-31T18:15:00.000Z"],
  ["UTC", "2024-02-29", 1, "2024-03-01T00:00:00.000Z"],
])("in %s the day %s, %i later, begins at the zone's own midnight", (zone, day, later, instant) => {
  expect(startOfDay(day, zone, later)).toBe(instant);
  if (later === 0) expect(dayIn(zone, new Date(instant))).toBe(day);
});

test("what is no day begins never", () => {
  expect(["", "2026-1-1", "tomorrow", "2026-11-29T00:00"].map((text) => startOfDay(text, "UTC"))).toEqual([
    ...[null, null, null, null],
  ]);
});

test("time that is left is told in its two largest units and never rounded up", () => {
  expect(remainingOf(50 * HOUR - 1)).toMatchObject({ unit: "days", days: 2, hours: 1 });
  expect(remainingOf(24 * HOUR)).toMatchObject({ unit: "days", days: 1, hours: 0 });
  expect(remainingOf(24 * HOUR - 1)).toMatchObject({ unit: "hours", hours: 23, minutes: 59 });
  expect(remainingOf(59_999)).toMatchObject({ unit: "minutes", minutes: 0 });
  expect(remainingOf(0)).toMatchObject({ unit: "none" });
  expect(remainingOf(-1)).toMatchObject({ unit: "none", days: 0 });
});

test.each([
  ["12840.00", "CNY", "¥12,840.00", "CN¥12,840.00"],
  ["1234567.5", "USD", "US$1,234,567.5", "$1,234,567.5"],
  ["-0.10", "EUR", "-€0.10", "-€0.10"],
  ["5000", "JPY", "JP¥5,000", "¥5,000"],
  ["9007199254740993.000001", "CNY", "¥9,007,199,254,740,993.000001", "CN¥9,007,199,254,740,993.000001"],
  ["nothing", "CNY", "nothing CNY", "nothing CNY"],
])(
  "%s %s is written as its reader writes amounts, with every place that it has",
  (amount, currency, chinese, english) => {
    expect(amountText(amount, currency, "zh-CN")).toBe(chinese);
    expect(amountText(amount, currency, "en")).toBe(english);
  },
);

test("a quantity is grouped, and loses no place", () => {
  expect(quantityText("1234.500", "en")).toBe("1,234.5");
  expect(quantityText("9007199254740993", "zh-CN")).toBe("9,007,199,254,740,993");
});
