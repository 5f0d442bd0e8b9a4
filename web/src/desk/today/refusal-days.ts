import type { Refusals } from "../../api/today.ts";

export interface Series {
  readonly code: string;
  /** Which of the six fills; the last one is shared by all reasons that are less frequent than the others. */
  readonly fill: number;
}

export interface DayOfRefusals {
  readonly day: string;
  readonly total: number;
  /** By fill, from the bottom of the bar. */
  readonly parts: readonly { readonly fill: number; readonly count: number }[];
}

export const FILLS = [1, 2, 3, 4, 5, 6] as const;
const LAST_FILL = FILLS.length;
const DAY_MS = 86_400_000;

/** The most frequent reasons have a fill of their own, the others share the last. */
export function seriesOf({ reasons }: Refusals): readonly Series[] {
  return reasons.map(({ code }, index) => ({ code, fill: Math.min(index + 1, LAST_FILL) }));
}

/** Every day of the span, those without a refusal included. */
export function daysOf(refusals: Refusals): readonly DayOfRefusals[] {
  const fillOf = new Map(seriesOf(refusals).map(({ code, fill }) => [code, fill]));
  return eachDay(refusals.from, refusals.to).map((day) => {
    const some = refusals.days.filter((each) => each.day === day);
    const parts = FILLS.flatMap((fill) => {
      const count = sum(some.filter(({ code }) => fillOf.get(code) === fill));
      return count === 0 ? [] : [{ fill, count }];
    });
    return { day, total: sum(some), parts };
  });
}

/** The top of the scale and its middle: whole numbers, as refusals are. */
export function scaleOf(days: readonly DayOfRefusals[]): { readonly top: number; readonly middle: number } {
  const most = Math.max(2, ...days.map(({ total }) => total));
  const step = [1, 2, 5].flatMap((digit) => [0, 1, 2, 3, 4, 5, 6].map((power) => digit * 10 ** power));
  const half = Math.min(...step.filter((each) => each * 2 >= most));
  return { top: half * 2, middle: half };
}

function eachDay(from: string, to: string): readonly string[] {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  const count = Math.max(0, Math.round((last - first) / DAY_MS) + 1);
  return Array.from({ length: count }, (_, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}
