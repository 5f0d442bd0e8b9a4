import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { retryAfterFailure } from "./webhook-retry.ts";

const HOUR_MS = 3_600_000;
const fresh = { ageMs: 0, retryAfterMs: null };

describe("after a failed attempt", () => {
  test("pauses triple from 5 seconds up to 12 hours, and the fifteenth failure is the last", () => {
    const pauses = Array.from({ length: 15 }, (_, index) => retryAfterFailure({ ...fresh, attempts: index + 1 }, 0));
    const seconds = pauses.map((retry) => (retry.kind === "retry" ? retry.pauseMs / 1_000 : retry.kind));
    expect(seconds).toEqual([
      ...[5, 15, 45, 135, 405, 1_215, 3_645, 10_935, 32_805],
      ...[43_200, 43_200, 43_200, 43_200, 43_200, "give_up"],
    ]);
  });

  test("which takes from 55 to 74 hours, by chance", () => {
    const hours = (random: number) =>
      Array.from({ length: 14 }, (_, index) => retryAfterFailure({ ...fresh, attempts: index + 1 }, random))
        .map((retry) => (retry.kind === "retry" ? retry.pauseMs / HOUR_MS : Number.NaN))
        .reduce((sum, pause) => sum + pause);
    expect([hours(0), hours(1)].map(Math.round)).toEqual([74, 55]);
  });

  test("a receiver that asks for more time gets it, up to 12 hours; one that asks for less does not", () => {
    const pause = (retryAfterMs: number) => retryAfterFailure({ attempts: 3, ageMs: 0, retryAfterMs }, 0);
    expect(pause(60_000)).toEqual({ kind: "retry", pauseMs: 60_000 });
    expect(pause(1)).toEqual({ kind: "retry", pauseMs: 45_000 });
    expect(pause(90 * 24 * HOUR_MS)).toEqual({ kind: "retry", pauseMs: 12 * HOUR_MS });
  });

  test("an event that is three days late is given up at its first failure", () => {
    expect(retryAfterFailure({ ...fresh, attempts: 1, ageMs: 72 * HOUR_MS }, 0)).toEqual({ kind: "give_up" });
    expect(retryAfterFailure({ ...fresh, attempts: 1, ageMs: 72 * HOUR_MS - 1 }, 0)).toMatchObject({ kind: "retry" });
  });

  test("whatever happened, the pause is at least three quarters of the step, at most 12 hours, and never shrinks by more than its jitter", () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const retryAfter = fc.option(fc.integer({ min: -10, max: 10 * 24 * HOUR_MS }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), retryAfter, chance, chance, (attempts, retryAfterMs, one, other) => {
        const retry = retryAfterFailure({ attempts, ageMs: 0, retryAfterMs }, one);
        const next = retryAfterFailure({ attempts: attempts + 1, ageMs: 0, retryAfterMs }, other);
        if (retry.kind !== "retry") throw new Error("given up too soon");
        expect(retry.pauseMs).toBeGreaterThanOrEqual(3_750);
        expect(retry.pauseMs).toBeLessThanOrEqual(12 * HOUR_MS);
        expect(retry.pauseMs).toBeGreaterThanOrEqual(Math.min(retryAfterMs ?? 0, 12 * HOUR_MS));
        if (next.kind === "retry") expect(next.pauseMs).toBeGreaterThanOrEqual(Math.floor(retry.pauseMs * 0.75));
      }),
    );
  });
});
