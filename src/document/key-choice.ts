import { type Instant, instantOf } from "../domain/time.ts";

/** When a key may be used: the validity of its certificate, and within it the period that its owner chose. */
export interface UsePeriod {
  readonly notBefore: Instant;
  /** Inclusive (RFC 5280, 4.1.2.5). */
  readonly notAfter: Instant;
  readonly from: Instant | null;
  /** Exclusive. */
  readonly until: Instant | null;
}

/** The first instant of use. */
export function useBegins({ notBefore, from }: UsePeriod): number {
  return Math.max(notBefore, from ?? notBefore);
}

/** The first instant at which the key may no longer be used. */
export function useEnds({ notAfter, until }: UsePeriod): number {
  return Math.min(notAfter + 1, until ?? notAfter + 1);
}

/** An end as people read it: the certificate's last second, not the millisecond after it. */
export function wholeSecond(ends: number): Instant {
  return instantOf(Math.floor(ends / 1000) * 1000);
}

/**
 * The key to seal with at an instant: one whose period contains it; of several the one with the latest beginning, so that
 * a successor takes over as soon as its period begins; of these the one that lasts longest, then the first by name.
 */
export function keyInUse<Key extends { readonly name: string; readonly period: UsePeriod }>(
  keys: readonly Key[],
  at: Instant,
): Key | null {
  const [first = null] = keys
    .filter(({ period }) => useBegins(period) <= at && at < useEnds(period))
    .toSorted(
      (left, right) =>
        useBegins(right.period) - useBegins(left.period) ||
        useEnds(right.period) - useEnds(left.period) ||
        (left.name < right.name ? -1 : 1),
    );
  return first;
}

/** Until when there is a key for every instant from `at` on; `at` itself when there is none now. */
export function coveredUntil(periods: readonly UsePeriod[], at: Instant): number {
  let covered: number = at;
  for (;;) {
    const reached = Math.max(
      covered,
      ...periods.filter((period) => useBegins(period) <= covered && useEnds(period) > covered).map(useEnds),
    );
    if (reached === covered) return covered;
    covered = reached;
  }
}
