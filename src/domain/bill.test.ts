import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BillCycle, expectedFinalAt, parseBillCycle, termOfCycle, totalOfBill } from "./bill.ts";
import { aBill, aBillLine, SHANGHAI, yuan } from "./facts.fixture.ts";
import { isoOf, type TimeZone, yearMonthOf } from "./time.ts";

const NEW_YORK = "America/New_York" as TimeZone;

function term(cycle: string, zone: TimeZone): readonly [string, string] {
  const { startsAt, endsAt } = termOfCycle(cycle as BillCycle, zone);
  return [isoOf(startsAt), isoOf(endsAt)];
}

describe("R13: a month as bills name it", () => {
  test.each([
    "2026-10",
    "2026-01",
    "2026-09",
    "2026-11",
    "2026-12",
    "1971-01",
    "1989-06",
    "1999-12",
    "2000-02",
    "9989-12",
  ])("%s is one", (text) => {
    expect(parseBillCycle(text)).toBe(text);
  });

  test.each([
    "2026-00",
    "2026-13",
    "2026-20",
    "2026-1",
    "2026-010",
    "202610",
    "2026/10",
    "1970-12",
    "9990-01",
    "1869-12",
    "0999-01",
    "12026-10",
    "x2026-10",
    "2026-10-01",
    "2026-10\n",
    " 2026-10",
    "20x6-10",
    "",
  ])("%j is none", (text) => {
    expect(parseBillCycle(text)).toBeNull();
  });
});

describe("R13: the term of a bill is its month in the seller's zone", () => {
  test.each<[string, TimeZone, string, string]>([
    ["2026-10", SHANGHAI, "2026-09-30T16:00:00Z", "2026-10-31T16:00:00Z"],
    ["2026-12", SHANGHAI, "2026-11-30T16:00:00Z", "2026-12-31T16:00:00Z"],
    ["2027-01", SHANGHAI, "2026-12-31T16:00:00Z", "2027-01-31T16:00:00Z"],
    ["2028-02", SHANGHAI, "2028-01-31T16:00:00Z", "2028-02-29T16:00:00Z"],
    ["2026-03", NEW_YORK, "2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z"],
    ["2026-11", NEW_YORK, "2026-11-01T04:00:00Z", "2026-12-01T05:00:00Z"],
    ["2026-12", NEW_YORK, "2026-12-01T05:00:00Z", "2027-01-01T05:00:00Z"],
  ])("%s in %s", (cycle, zone, startsAt, endsAt) => {
    expect(term(cycle, zone)).toEqual([startsAt, endsAt]);
  });

  test("months follow each other without gap or overlap, and each instant is in the month of its wall clock", () => {
    const anyCycle = fc.tuple(fc.integer({ min: 1971, max: 2098 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(anyCycle, fc.constantFrom(SHANGHAI, NEW_YORK), ([year, month], zone) => {
        const cycle = `${year}-${String(month).padStart(2, "0")}` as BillCycle;
        const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
        const { startsAt, endsAt } = termOfCycle(cycle, zone);
        expect(termOfCycle(next as BillCycle, zone).startsAt).toBe(endsAt);
        expect(yearMonthOf(startsAt, zone)).toBe(cycle.replace("-", ""));
        expect(yearMonthOf((endsAt - 1) as typeof endsAt, zone)).toBe(cycle.replace("-", ""));
      }),
    );
  });
});

describe("R13: when a bill is expected to be final", () => {
  const on = (expectedDay: number) => ({ basis: "final_report", expectedDay }) as const;

  test.each<[string, number, TimeZone, string]>([
    ["2026-10", 4, SHANGHAI, "2026-11-03T16:00:00Z"],
    ["2026-12", 4, SHANGHAI, "2027-01-03T16:00:00Z"],
    ["2026-11", 1, SHANGHAI, "2026-11-30T16:00:00Z"],
    ["2027-01", 28, SHANGHAI, "2027-02-27T16:00:00Z"],
    ["2026-02", 8, NEW_YORK, "2026-03-08T05:00:00Z"],
    ["2026-02", 9, NEW_YORK, "2026-03-09T04:00:00Z"],
  ])("%s, day %i of the following month in %s", (cycle, day, zone, instant) => {
    expect(isoOf(expectedFinalAt(cycle as BillCycle, on(day), zone))).toBe(instant);
  });
});

describe("R13: what a bill comes to", () => {
  test("the totals of its lines, not their list prices", () => {
    const bill = aBill({ lines: [aBillLine({ total: yuan(250n) }), aBillLine({ total: yuan(-50n) })] });
    expect(totalOfBill(bill)).toEqual(yuan(200n));
  });

  test("an empty bill comes to nothing, in its currency", () => {
    expect(totalOfBill(aBill({ lines: [], currency: "USD" }))).toEqual({ minor: 0n, currency: "USD" });
  });
});
