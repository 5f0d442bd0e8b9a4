import { Temporal } from "temporal-polyfill";
import type { Branded } from "./identifiers.ts";
import { firstInstantOf, localDayOf } from "./local-day.ts";

/** A point on the time line: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Branded<number, "Instant">;
/** An IANA time zone name such as "Asia/Shanghai"; never a fixed offset, because zones have histories. */
export type TimeZone = Branded<string, "TimeZone">;

/** Times are shown in the seller's zone; an order whose seller is not known here is shown in this one. */
export const ZONE_OF_UNKNOWN_SELLERS = "Asia/Shanghai" as TimeZone;

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** What PostgreSQL, Temporal and a contract can all print with a four-digit year. */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Reads an ISO 8601 instant that names its offset ("2026-10-12T02:15:30Z"); anything else is null. */
export function parseInstant(text: string): Instant | null {
  if (!ISO_INSTANT.test(text)) return null;
  try {
    const milliseconds = Temporal.Instant.from(text).epochMilliseconds;
    return milliseconds >= EARLIEST && milliseconds <= LATEST ? (milliseconds as Instant) : null;
  } catch {
    return null;
  }
}

export function instantOf(milliseconds: number): Instant {
  return milliseconds as Instant;
}

/** What follows something is not dated before it, whichever clock each of the two was dated by. */
export function laterOf(one: Instant, other: Instant): Instant {
  return one < other ? other : one;
}

/** "2026-10-12T02:15:30Z", with milliseconds only where there are any. */
export function isoOf(instant: Instant): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

/** UTC, or a zone of a region; "Etc/GMT-8", "EST" and their like are offsets by another name. */
const ZONE_NAME = /^(?:UTC|(?!Etc\/)[A-Z][A-Za-z_]{1,30}(?:\/[A-Za-z0-9_+-]{1,30}){1,2})$/;

/** Reads a zone's name in the spelling of the tz database; anything else is null. */
export function parseTimeZone(text: string): TimeZone | null {
  if (!ZONE_NAME.test(text)) return null;
  try {
    const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return timeZoneId === text ? (text as TimeZone) : null;
  } catch {
    return null;
  }
}

/** "202611": the month that the wall clocks of the zone show at the instant. */
export function yearMonthOf(instant: Instant, zone: TimeZone): string {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return `${String(local.year).padStart(4, "0")}${String(local.month).padStart(2, "0")}`;
}

/**
 * The instant at which the `days`-th day after the day of `start` ends (24:00) in the zone.
 * The day of `start` itself is not counted (R8; 《民法典》第二百零一条: the first day is not counted).
 */
export function endOfDayAfter(start: Instant, days: number, zone: TimeZone): Instant {
  return firstInstantOf(localDayOf(start, zone) + days + 1, zone);
}

/** The first instant of a day in the zone; a month of 13 is January of the next year. */
export function startOfDay(year: number, month: number, day: number, zone: TimeZone): Instant {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ months: month - 1 });
  return first.with({ day }).toZonedDateTime(zone).epochMilliseconds as Instant;
}

/** The first instant of the day after the day of the instant, in the zone. */
export function startOfNextDay(instant: Instant, zone: TimeZone): Instant {
  return endOfDayAfter(instant, 0, zone);
}
