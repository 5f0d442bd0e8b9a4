import { localDayOf } from "./local-day.ts";
import type { Instant, TimeZone } from "./time.ts";

const DAY_MS = 86_400_000;

/** "2026-10-12": the day that wall clocks of the zone show at the instant, or one that many days before it. */
export function isoDayOf(instant: Instant, zone: TimeZone, daysBefore = 0): string {
  return new Date((localDayOf(instant, zone) - daysBefore) * DAY_MS).toISOString().slice(0, 10);
}
