import { Temporal } from "temporal-polyfill";
import type { Instant, TimeZone } from "./time.ts";

const DAY_MS = 86_400_000;
const EPOCH = new Temporal.PlainDate(1970, 1, 1);
/** More than three years of days in each of forty zones; a few megabytes. */
const MOST_REMEMBERED = 50_000;

/**
 * First instants of days, by zone and day. They follow from the zone data alone, so remembering them cannot be noticed,
 * except by a clock: to ask Temporal for one takes 6 µs, and with that a decision about an unpaid order took 12 µs.
 */
const remembered = new Map<TimeZone, Map<number, Instant>>();
let count = 0;

/** The day that wall clocks of the zone show at the instant, in days since 1970-01-01. */
export function localDayOf(instant: Instant, zone: TimeZone): number {
  const utcDay = Math.floor(instant / DAY_MS);
  // No zone is a whole day from UTC: the local day is the one before, the same, or the one after.
  const startedToday = firstInstantOf(utcDay, zone) <= instant;
  const startedTomorrow = startedToday && firstInstantOf(utcDay + 1, zone) <= instant;
  const day = startedTomorrow ? utcDay + 1 : startedToday ? utcDay : utcDay - 1;
  // On a day of another length the clocks changed, perhaps back over midnight into the day before (St John's).
  return firstInstantOf(day + 1, zone) - firstInstantOf(day, zone) === DAY_MS ? day : askedDayOf(instant, zone);
}

/** The first instant of a day in the zone, which is not always a midnight; the day in days since 1970-01-01. */
export function firstInstantOf(day: number, zone: TimeZone): Instant {
  const known = remembered.get(zone)?.get(day);
  if (known !== undefined) return known;
  const asked = EPOCH.add({ days: day }).toZonedDateTime(zone).epochMilliseconds as Instant;
  remember(day, zone, asked);
  return asked;
}

function askedDayOf(instant: Instant, zone: TimeZone): number {
  const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
  return EPOCH.until(date).days;
}

// Stryker disable all: whatever is forgotten is asked for again, so that only the benchmark notices.
function remember(day: number, zone: TimeZone, first: Instant): void {
  if (count >= MOST_REMEMBERED) {
    remembered.clear();
    count = 0;
  }
  const days = remembered.get(zone) ?? new Map<number, Instant>();
  remembered.set(zone, days.set(day, first));
  count += 1;
}
// Stryker restore all
