import type { HoldRule } from "./policy.ts";
import { endOfDayAfter, type Instant, instantOf, type TimeZone } from "./time.ts";

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;

/**
 * The instant at which the hold of an unpaid order ends, and with it its contract unless paid before (R8). Counted in
 * days: at 24:00 of the last day in the seller's zone, the day of the start not counted; in hours: that many hours after
 * the start, rounded up to the second, which is what a contract can print.
 */
export function holdEnd(rule: HoldRule, placedAt: Instant, requestedAt: Instant, zone: TimeZone): Instant {
  const start = rule.start === "request" ? requestedAt : placedAt;
  if (rule.count === "days") return endOfDayAfter(start, rule.days, zone);
  return instantOf(Math.ceil((start + rule.hours * HOUR_MS) / SECOND_MS) * SECOND_MS);
}
