const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long is left, and the largest unit that it is told in, together with the next one. */
export interface Remaining {
  readonly unit: "days" | "hours" | "minutes" | "none";
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

/** Whole units, rounded down: nobody is promised a minute that is not there. */
export function remainingOf(ms: number): Remaining {
  const left = Math.max(0, ms);
  const days = Math.floor(left / DAY_MS);
  const hours = Math.floor((left % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((left % HOUR_MS) / MINUTE_MS);
  const unit = ms <= 0 ? "none" : days > 0 ? "days" : hours > 0 ? "hours" : "minutes";
  return { unit, days, hours, minutes };
}
