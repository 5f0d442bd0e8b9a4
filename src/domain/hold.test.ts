import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyHold, anyInstant } from "./any-facts.fixture.ts";
import { at, SHANGHAI } from "./facts.fixture.ts";
import { holdEnd } from "./hold.ts";
import type { HoldRule } from "./policy.ts";
import { isoOf, type TimeZone } from "./time.ts";

const PLACED = at("2026-11-01T09:00:00.250+08:00");
const REQUESTED = at("2026-11-23T10:30:00.750+08:00");
const NEW_YORK = "America/New_York" as TimeZone;

describe("R8: how long an unpaid order with a contract is held", () => {
  test.each<[HoldRule, TimeZone, string]>([
    [{ start: "request", count: "days", days: 30 }, SHANGHAI, "2026-12-23T16:00:00Z"],
    [{ start: "order", count: "days", days: 30 }, SHANGHAI, "2026-12-01T16:00:00Z"],
    [{ start: "request", count: "days", days: 0 }, SHANGHAI, "2026-11-23T16:00:00Z"],
    [{ start: "request", count: "days", days: 1 }, NEW_YORK, "2026-11-24T05:00:00Z"],
    [{ start: "order", count: "days", days: 1 }, NEW_YORK, "2026-11-02T05:00:00Z"],
    [{ start: "request", count: "hours", hours: 1 }, SHANGHAI, "2026-11-23T03:30:01Z"],
    [{ start: "request", count: "hours", hours: 24 }, NEW_YORK, "2026-11-24T02:30:01Z"],
    [{ start: "order", count: "hours", hours: 72 }, SHANGHAI, "2026-11-04T01:00:01Z"],
  ])("%j in %s: until %s", (rule, zone, end) => {
    expect(isoOf(holdEnd(rule, PLACED, REQUESTED, zone))).toBe(end);
  });

  test("a full second stays as it is", () => {
    const start = at("2026-11-23T10:30:00+08:00");
    const rule: HoldRule = { start: "request", count: "hours", hours: 1 };
    expect(isoOf(holdEnd(rule, start, start, SHANGHAI))).toBe("2026-11-23T03:30:00Z");
  });

  test("hours are hours, also through the change of the clocks", () => {
    const rule: HoldRule = { start: "request", count: "hours", hours: 24 };
    const before = at("2026-10-31T12:00:00-04:00");
    expect(isoOf(holdEnd(rule, before, before, NEW_YORK))).toBe(isoOf(at("2026-11-01T11:00:00-05:00")));
  });

  test("it always ends after its start, and only its start counts", () => {
    fc.assert(
      fc.property(anyHold, anyInstant, anyInstant, anyInstant, (rule, placedAt, requestedAt, other) => {
        const end = holdEnd(rule, placedAt, requestedAt, SHANGHAI);
        expect(end).toBeGreaterThan(rule.start === "request" ? requestedAt : placedAt);
        const moved =
          rule.start === "request"
            ? holdEnd(rule, other, requestedAt, SHANGHAI)
            : holdEnd(rule, placedAt, other, SHANGHAI);
        expect(moved).toBe(end);
      }),
    );
  });
});
