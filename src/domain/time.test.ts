import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyInstant } from "./any-facts.fixture.ts";
import { at, SHANGHAI } from "./facts.fixture.ts";
import {
  endOfDayAfter,
  type Instant,
  instantOf,
  isoOf,
  laterOf,
  parseInstant,
  parseTimeZone,
  startOfDay,
  startOfNextDay,
  type TimeZone,
  yearMonthOf,
} from "./time.ts";

const ZONES = [
  "Asia/Shanghai",
  "Europe/Berlin",
  "America/New_York",
  "America/Sao_Paulo",
  "America/Havana",
  "Africa/Cairo",
  "Asia/Beirut",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "UTC",
].map((name) => name as TimeZone);

const QUARTER_HOUR_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;
const calendars = new Map<TimeZone, Intl.DateTimeFormat>();

/** "2026-12-24": what a calendar on the wall shows in the zone. */
function dateOnTheWall(instant: number, zone: TimeZone): string {
  let calendar = calendars.get(zone);
  if (!calendar) {
    calendar = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    calendars.set(zone, calendar);
  }
  return calendar.format(instant);
}

/** The oracle: walk the clock in quarter hours until the wall shows the day after the last day of the hold. */
function firstInstantAfterHold(start: Instant, days: number, zone: TimeZone): number {
  const [year = 0, month = 0, day = 0] = dateOnTheWall(start, zone).split("-").map(Number);
  const midnightUtc = Date.UTC(year, month - 1, day + days + 1);
  const target = new Date(midnightUtc).toISOString().slice(0, 10);
  let instant = midnightUtc - DAY_MS;
  while (dateOnTheWall(instant, zone) < target) instant += QUARTER_HOUR_MS;
  return instant;
}

describe("R8: the hold ends at 24:00 of the last day in the seller's zone", () => {
  test.each([
    [
      "the day of the request is not counted",
      "2026-11-23T10:00:00+08:00",
      30,
      "Asia/Shanghai",
      "2026-12-24T00:00:00+08:00",
    ],
    [
      "one second before midnight is still that day",
      "2026-11-23T23:59:59+08:00",
      30,
      "Asia/Shanghai",
      "2026-12-24T00:00:00+08:00",
    ],
    ["midnight is the next day", "2026-11-24T00:00:00+08:00", 30, "Asia/Shanghai", "2026-12-25T00:00:00+08:00"],
    ["over a leap day", "2028-02-10T12:00:00+08:00", 30, "Asia/Shanghai", "2028-03-12T00:00:00+08:00"],
    ["over a February without one", "2026-02-10T12:00:00+08:00", 30, "Asia/Shanghai", "2026-03-13T00:00:00+08:00"],
    ["from a leap day", "2028-02-29T12:00:00+08:00", 1, "Asia/Shanghai", "2028-03-02T00:00:00+08:00"],
    ["over the end of the year", "2026-12-15T12:00:00+08:00", 30, "Asia/Shanghai", "2027-01-15T00:00:00+08:00"],
    ["no days: the end of the same day", "2026-11-23T10:00:00+08:00", 0, "Asia/Shanghai", "2026-11-24T00:00:00+08:00"],
    ["into the summer time of 1986", "1986-04-20T12:00:00+08:00", 30, "Asia/Shanghai", "1986-05-21T00:00:00+09:00"],
    ["out of the summer time of 1991", "1991-09-01T12:00:00+09:00", 30, "Asia/Shanghai", "1991-10-02T00:00:00+08:00"],
    ["into Berlin's summer time", "2026-03-20T12:00:00+01:00", 30, "Europe/Berlin", "2026-04-20T00:00:00+02:00"],
    ["out of Berlin's summer time", "2026-10-20T12:00:00+02:00", 30, "Europe/Berlin", "2026-11-20T00:00:00+01:00"],
    [
      "a day that has no midnight (Sao Paulo 2018)",
      "2018-11-02T12:00:00-03:00",
      1,
      "America/Sao_Paulo",
      "2018-11-04T01:00:00-02:00",
    ],
  ])("%s", (_, start, days, zone, end) => {
    expect(isoOf(endOfDayAfter(at(start), days, zone as TimeZone))).toBe(isoOf(at(end)));
  });

  test("agrees with walking the clock, in every zone and year", () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 400 }), fc.constantFrom(...ZONES), (start, days, zone) => {
        expect(endOfDayAfter(start, days, zone)).toBe(firstInstantAfterHold(start, days, zone));
      }),
      { numRuns: 2000 },
    );
  });

  test("agrees with walking the clock through China's summer times", () => {
    const between = fc.integer({ min: Date.UTC(1986, 0, 1), max: Date.UTC(1992, 0, 1) }).map(instantOf);
    fc.assert(
      fc.property(between, fc.integer({ min: 0, max: 90 }), (start, days) => {
        expect(endOfDayAfter(start, days, SHANGHAI)).toBe(firstInstantAfterHold(start, days, SHANGHAI));
      }),
      { numRuns: 1000 },
    );
  });

  test("agrees with walking the clock in the hours around Berlin's changes", () => {
    const changes = ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2027-03-28T01:00:00Z"].map(at);
    const around = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -26 * 60, max: 26 * 60 }))
      .map(([change, minutes]) => instantOf(change + minutes * 60_000));
    const berlin = "Europe/Berlin" as TimeZone;
    fc.assert(
      fc.property(around, fc.integer({ min: 0, max: 3 }), (start, days) => {
        expect(endOfDayAfter(start, days, berlin)).toBe(firstInstantAfterHold(start, days, berlin));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("instants", () => {
  test.each([
    ["2026-10-12T02:15:30Z", "2026-10-12T02:15:30Z"],
    ["2026-10-12T10:15:30+08:00", "2026-10-12T02:15:30Z"],
    ["2026-10-12T02:15Z", "2026-10-12T02:15:00Z"],
    ["2026-10-12T02:15:30.250Z", "2026-10-12T02:15:30.250Z"],
    ["2026-10-12T02:15:30.123456789Z", "2026-10-12T02:15:30.123Z"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"],
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ])("%s is read as %s", (text, iso) => {
    const instant = parseInstant(text);
    expect(instant === null ? null : isoOf(instant)).toBe(iso);
  });

  test.each([
    "2026-10-12T02:15:30",
    "2026-10-12",
    "2026-02-30T00:00:00Z",
    "2027-02-29T00:00:00Z",
    "2026-10-12T24:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-10-12 02:15:30Z",
    "2026-10-12T02:15:30+0800",
    "1969-12-31T23:59:59Z",
    "1969-12-31T23:59:59.999Z",
    "1970-01-01T00:00:00+08:00",
    "9999-12-31T23:59:59-01:00",
    "+002026-10-12T02:15:30Z",
    "2026-10-12T02:15:30Z[UTC]",
    "2026-10-12T02:15:30+08:00:00",
    "2026-10-12T02:15:30.Z",
    "2026-10-12t02:15:30z",
    "2026-10-12T02:15:30Z\n",
    "26-10-12T02:15:30Z",
    "+010000-01-01T00:00:00Z",
    "1760235330",
    "",
  ])("%j is no instant", (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  test("what is written is read back", () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        expect(parseInstant(isoOf(instant))).toBe(instant);
      }),
    );
  });
});

describe("zones and months", () => {
  test.each(["Asia/Shanghai", "Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"])("%s is a zone", (text) => {
    expect(parseTimeZone(text)).toBe(text);
  });

  test.each([
    "+08:00",
    "",
    "Asia/Nowhere",
    "Asia/Shanghai ",
    "../etc/passwd",
    "asia/shanghai",
    "2020-01-01T00+08",
    "Z",
    "U",
    "Etc/GMT-8",
    "Etc/UTC",
    "EST",
    "GMT",
    "PRC",
    "ASIA/SHANGHAI",
    "Asia/shanghai",
    " Asia/Shanghai",
    "UTC ",
  ])("%j is no zone", (text) => {
    expect(parseTimeZone(text)).toBeNull();
  });

  test("the month of a contract number is the seller's, not Greenwich's", () => {
    expect(yearMonthOf(at("2026-11-30T16:00:00Z"), SHANGHAI)).toBe("202612");
    expect(yearMonthOf(at("2026-11-30T15:59:59Z"), SHANGHAI)).toBe("202611");
    expect(yearMonthOf(at("2027-01-01T04:59:59Z"), "America/New_York" as TimeZone)).toBe("202612");
  });
});

describe("R13: days of a zone", () => {
  test.each([
    ["the first of a month", 2026, 11, 1, "Asia/Shanghai", "2026-11-01T00:00:00+08:00"],
    ["month 13 is January of the next year", 2026, 13, 1, "Asia/Shanghai", "2027-01-01T00:00:00+08:00"],
    ["month 12 is December", 2026, 12, 31, "Asia/Shanghai", "2026-12-31T00:00:00+08:00"],
    ["in summer time", 2026, 7, 4, "America/New_York", "2026-07-04T00:00:00-04:00"],
    ["a day without a midnight", 2018, 11, 4, "America/Sao_Paulo", "2018-11-04T01:00:00-02:00"],
  ])("%s", (_, year, month, day, zone, start) => {
    expect(isoOf(startOfDay(year, month, day, zone as TimeZone))).toBe(isoOf(at(start)));
  });

  test.each([
    ["2026-11-23T00:00:00+08:00", "2026-11-24T00:00:00+08:00"],
    ["2026-11-23T23:59:59.999+08:00", "2026-11-24T00:00:00+08:00"],
    ["2026-12-31T12:00:00+08:00", "2027-01-01T00:00:00+08:00"],
  ])("after %s, the next day starts at %s", (instant, next) => {
    expect(isoOf(startOfNextDay(at(instant), SHANGHAI))).toBe(isoOf(at(next)));
  });
});

test("the later of two instants is the same whichever comes first", () => {
  const [early, late] = [at("2026-11-23T00:00:00Z"), at("2026-11-23T00:01:00Z")];
  expect([laterOf(early, late), laterOf(late, early), laterOf(late, late)]).toEqual([late, late, late]);
});
