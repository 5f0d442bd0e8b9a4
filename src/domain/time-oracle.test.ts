import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endOfDayAfter, instantOf, isoOf, type TimeZone } from "./time.ts";

/**
 * R8 against an oracle that shares nothing with the code but the zone data of ICU: no Temporal, no Date, only what wall
 * clocks show (Intl.DateTimeFormat), the calendar as arithmetic, and a search for the instants at which clocks change.
 */
const CASES = 120_000;
/** Fixed, so that a red run is red again; fast-check prints it, and the path to the smallest case, with a failure. */
const SEED = 20_261_123;
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;
const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Clocks that change twice within it would be missed; Morocco's Ramadan is the shortest time between two changes. */
const SCAN_STEP_MS = 5 * DAY_MS;
/** No clock is ever further from UTC. */
const WIDEST_OFFSET_MS = 26 * HOUR_MS;

const ZONES = [
  "Asia/Shanghai",
  "America/New_York",
  "Europe/London",
  "Europe/Berlin",
  "America/Sao_Paulo",
  "America/Santiago",
  "Asia/Beirut",
  "Africa/Cairo",
  "Africa/Casablanca",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Asia/Kathmandu",
  "America/Havana",
  "Asia/Tehran",
  "Asia/Gaza",
  "UTC",
].map((name) => name as TimeZone);

describe("R8: 24:00 of the last day, as wall clocks show it", () => {
  test.each([
    ["over a leap day", "2028-02-28T15:00:00Z", 1, "Asia/Shanghai", "2028-02-29T16:00:00Z"],
    ["from a leap day, 30 days", "2028-02-29T03:00:00Z", 30, "Asia/Shanghai", "2028-03-30T16:00:00Z"],
    ["a century year without a leap day", "2100-02-28T03:00:00Z", 1, "Asia/Shanghai", "2100-03-01T16:00:00Z"],
    ["the last second of a year", "2026-12-31T15:59:59Z", 0, "Asia/Shanghai", "2026-12-31T16:00:00Z"],
    ["the first second of a year", "2026-12-31T16:00:00Z", 0, "Asia/Shanghai", "2027-01-01T16:00:00Z"],
    ["Shanghai, clocks forward at 02:00", "1986-05-03T03:00:00Z", 1, "Asia/Shanghai", "1986-05-04T15:00:00Z"],
    ["Shanghai, clocks back at 02:00", "1991-09-14T03:00:00Z", 1, "Asia/Shanghai", "1991-09-15T16:00:00Z"],
    ["Sao Paulo, no midnight", "2018-11-03T12:00:00Z", 0, "America/Sao_Paulo", "2018-11-04T03:00:00Z"],
    ["Sao Paulo, 23:00 twice", "2018-02-17T12:00:00Z", 0, "America/Sao_Paulo", "2018-02-18T03:00:00Z"],
    ["Beirut, no midnight", "2022-03-26T12:00:00Z", 0, "Asia/Beirut", "2022-03-26T22:00:00Z"],
    ["Havana, midnight twice: the first", "2026-10-31T12:00:00Z", 0, "America/Havana", "2026-11-01T04:00:00Z"],
    ["St John's, midnight twice: the first", "2010-11-06T12:00:00Z", 0, "America/St_Johns", "2010-11-07T02:30:00Z"],
    ["St John's, between the two midnights", "2010-11-07T02:45:00Z", 0, "America/St_Johns", "2010-11-07T02:30:00Z"],
    ["Apia, up to the day that was skipped", "2011-12-29T20:00:00Z", 1, "Pacific/Apia", "2011-12-30T10:00:00Z"],
    ["Apia, over the day that was skipped", "2011-12-29T20:00:00Z", 2, "Pacific/Apia", "2011-12-31T10:00:00Z"],
  ])("%s", (_, start, days, zone, end) => {
    const from = instantOf(Date.parse(start));
    expect(isoOf(endOfDayAfter(from, days, zone as TimeZone))).toBe(end);
    expect(isoOf(instantOf(oracle(from, days, zone as TimeZone)))).toBe(end);
  });

  test(`agrees with the oracle in ${CASES} cases from ${FIRST_YEAR} to ${LAST_YEAR}`, () => {
    fc.assert(
      fc.property(anyCase, ([zone, start, days]) => {
        const found = endOfDayAfter(instantOf(start), days, zone);
        const right = oracle(start, days, zone);
        if (found !== right) throw new Error(`${new Date(found).toISOString()}, not ${new Date(right).toISOString()}`);
      }),
      { numRuns: fc.readConfigureGlobal().numRuns ?? CASES, seed: SEED },
    );
  }, 60_000);
});

/** The first instant at which the wall shows the day after the `days`-th day after the day of the start, or a later one. */
function oracle(start: number, days: number, zone: TimeZone): number {
  return firstInstantOf(dayOnTheWall(start, zone) + days + 1, zone);
}

function firstInstantOf(day: number, zone: TimeZone): number {
  const earliest = day * DAY_MS - WIDEST_OFFSET_MS;
  const latest = day * DAY_MS + WIDEST_OFFSET_MS;
  const before = offsetAt(earliest, zone);
  const after = offsetAt(latest, zone);
  const byOldClock = day * DAY_MS - before;
  if (before === after) return byOldClock;
  const change = changeBetween(earliest, latest, zone);
  if (byOldClock < change) return byOldClock;
  return dayOnTheWall(change, zone) >= day ? change : day * DAY_MS - after;
}

/** The first millisecond with the later one's offset, by halving; the clocks change once between the two. */
function changeBetween(earlier: number, later: number, zone: TimeZone): number {
  const old = offsetAt(earlier, zone);
  let [low, high] = [earlier, later];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}

function dayOnTheWall(instant: number, zone: TimeZone): number {
  return Math.floor((instant + offsetAt(instant, zone)) / DAY_MS);
}

const clocks = new Map<TimeZone, Intl.DateTimeFormat>();

/** What the wall clock is ahead of UTC, in ms. */
function offsetAt(instant: number, zone: TimeZone): number {
  const second = Math.floor(instant / SECOND_MS);
  return (secondOnTheWall(clockOf(zone).format(second * SECOND_MS)) - second) * SECOND_MS;
}

function clockOf(timeZone: TimeZone): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const digits = "2-digit";
  const date = { year: "numeric", month: digits, day: digits } as const;
  const time = { hour: digits, minute: digits, second: digits, hourCycle: "h23" } as const;
  const clock = new Intl.DateTimeFormat("en-US", { timeZone, ...date, ...time });
  clocks.set(timeZone, clock);
  return clock;
}

/** "12/24/2026, 13:05:09" as seconds since the first second of 1970 on the same wall. */
function secondOnTheWall(text: string): number {
  const number = (from: number, to: number): number => Number(text.slice(from, to));
  const day = daysFromCivil(number(6, 10), number(0, 2), number(3, 5));
  return day * 86_400 + number(12, 14) * 3600 + number(15, 17) * 60 + number(18, 20);
}

/** Days since 1970-01-01: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

type Case = readonly [zone: TimeZone, start: number, days: number];

const EARLIEST = daysFromCivil(FIRST_YEAR, 1, 2) * DAY_MS;
const LATEST = daysFromCivil(LAST_YEAR, 12, 30) * DAY_MS;
const changesOf = new Map(ZONES.map((zone) => [zone, clockChanges(zone)]));

/** Every instant from 1970 to 2100 at which the clocks of the zone change. */
function clockChanges(zone: TimeZone): readonly number[] {
  const found: number[] = [];
  let before = offsetAt(EARLIEST, zone);
  for (let from = EARLIEST; from < LATEST; from += SCAN_STEP_MS) {
    const after = offsetAt(from + SCAN_STEP_MS, zone);
    if (after !== before) found.push(changeBetween(from, from + SCAN_STEP_MS, zone));
    before = after;
  }
  return found;
}

const aZone = fc.constantFrom(...ZONES);
const someDays = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0, 1, 2, 29, 30, 31, 364, 365, 366));
const aYear = fc.integer({ min: FIRST_YEAR, max: LAST_YEAR - 1 });
const fewSeconds = fc.integer({ min: -3 * SECOND_MS, max: 3 * SECOND_MS });
const dayOrTwo = fc.integer({ min: -50 * HOUR_MS, max: 50 * HOUR_MS });
const instant = fc.integer({ min: EARLIEST, max: LATEST });

const aroundMidnight = fc
  .tuple(aZone, instant, fewSeconds, someDays)
  .map(([zone, some, seconds, days]): Case => [zone, firstInstantOf(dayOnTheWall(some, zone), zone) + seconds, days]);

/** From 27 February to 2 March, and from 30 December to 2 January, near their midnights or at any hour. */
const aroundTurns = fc
  .tuple(aZone, aYear, fc.constantFrom([2, 27], [3, 0], [3, 1], [12, 30], [12, 31], [13, 1]), fc.nat(DAY_MS), someDays)
  .map(([zone, year, [month = 1, day = 1], time, days]): Case => {
    const civil = month === 13 ? daysFromCivil(year + 1, 1, day) : daysFromCivil(year, month, 1) + day - 1;
    return [zone, firstInstantOf(Math.max(civil, 1), zone) + time, days];
  });

/** The start, or the day on which the hold ends, lies near a change of the clocks. */
const aroundChanges = fc
  .tuple(aZone, fc.nat(), fc.oneof(fewSeconds, dayOrTwo), someDays, fc.boolean())
  .map(([zone, pick, apart, days, atTheEnd]): Case => {
    const changes = changesOf.get(zone) ?? [];
    const change = changes[pick % Math.max(changes.length, 1)] ?? EARLIEST + 60 * DAY_MS;
    const start = change + apart - (atTheEnd ? (days + 1) * DAY_MS : 0);
    return [zone, Math.max(start, EARLIEST), days];
  });

const anyCase: fc.Arbitrary<Case> = fc.oneof(
  fc.tuple(aZone, instant, someDays),
  aroundMidnight,
  aroundTurns,
  aroundChanges,
);
