const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const FIRST_PAUSE_MS = 5 * SECOND_MS;
const LONGEST_PAUSE_MS = 12 * HOUR_MS;
const GROWTH = 3;
const MOST_ATTEMPTS = 15;
const LONGEST_AGE_MS = 72 * HOUR_MS;

export interface FailedDelivery {
  /** Those that have failed, the last one included: at least 1. */
  readonly attempts: number;
  /** Since it was due, or replayed. */
  readonly ageMs: number;
  /** How long the receiver asks to be left alone; null where it does not say. */
  readonly retryAfterMs: number | null;
}

export type Retry = { readonly kind: "retry"; readonly pauseMs: number } | { readonly kind: "give_up" };

/**
 * What follows a failed attempt. The pause is 5 seconds, then three times as long each time, 12 hours at most, each
 * shortened at random by up to a quarter so that receivers are not all asked at the same moment; longer where the
 * receiver says so, but never above those 12 hours. Given up after 15 attempts, which takes from 55 to 74 hours; or when an
 * attempt fails that is 72 hours late, so that a receiver which was away for days does not have every single event tried
 * for days after one another. `random` is from 0 up to, not including, 1.
 */
export function retryAfterFailure({ attempts, ageMs, retryAfterMs }: FailedDelivery, random: number): Retry {
  if (attempts >= MOST_ATTEMPTS || ageMs >= LONGEST_AGE_MS) return { kind: "give_up" };
  const full = Math.min(FIRST_PAUSE_MS * GROWTH ** (attempts - 1), LONGEST_PAUSE_MS);
  const wished = Math.min(Math.max(retryAfterMs ?? 0, 0), LONGEST_PAUSE_MS);
  return { kind: "retry", pauseMs: Math.max(Math.round(full * (1 - random / 4)), wished) };
}
