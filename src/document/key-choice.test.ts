import { describe, expect, test } from "vitest";
import { instantOf } from "../domain/time.ts";
import { coveredUntil, keyInUse, type UsePeriod, useBegins, useEnds } from "./key-choice.ts";

const at = (iso: string) => instantOf(Date.parse(iso));
const NOT_AFTER = "2027-12-31T23:59:59Z";

/** A key whose certificate is valid through 2026 and 2027, unless said otherwise. */
function key(name: string, period: Partial<Record<keyof UsePeriod, string>> = {}) {
  const { notBefore = "2026-01-01T00:00:00Z", notAfter = NOT_AFTER, from, until } = period;
  return {
    name,
    period: {
      notBefore: at(notBefore),
      notAfter: at(notAfter),
      from: from === undefined ? null : at(from),
      until: until === undefined ? null : at(until),
    },
  };
}

const july = key("july", { from: "2026-07-01T00:00:00Z" });
const firstHalf = key("first-half", { until: "2026-07-01T00:00:00Z" });
const renewed = key("renewed", { notBefore: "2026-06-01T00:00:00Z", notAfter: "2028-06-01T00:00:00Z" });

describe("the key in use is the one whose period contains the instant, of several the one that began last", () => {
  test.each<[string, readonly ReturnType<typeof key>[], string, string | null]>([
    ["no key", [], "2026-05-01T00:00:00Z", null],
    ["before the certificate is valid", [key("a")], "2025-12-31T23:59:59Z", null],
    ["in its first second", [key("a")], "2026-01-01T00:00:00Z", "a"],
    ["in its last second, which belongs to it", [key("a")], NOT_AFTER, "a"],
    ["after the certificate has ended", [key("a")], "2028-01-01T00:00:00Z", null],
    ["before from", [july], "2026-06-30T23:59:59.999Z", null],
    ["at from", [july], "2026-07-01T00:00:00Z", "july"],
    ["just before until", [firstHalf], "2026-06-30T23:59:59.999Z", "first-half"],
    ["at until, which is exclusive", [firstHalf], "2026-07-01T00:00:00Z", null],
    [
      "from before the certificate's own beginning",
      [key("a", { from: "2025-01-01T00:00:00Z" })],
      "2025-06-01T00:00:00Z",
      null,
    ],
    [
      "until behind the certificate's own end",
      [key("a", { until: "2029-01-01T00:00:00Z" })],
      "2028-06-01T00:00:00Z",
      null,
    ],
    ["the older one until its successor begins", [key("a"), july], "2026-06-30T23:59:59Z", "a"],
    ["the successor as soon as it begins", [key("a"), july], "2026-07-01T00:00:00Z", "july"],
    ["a hand-over without a gap", [firstHalf, july], "2026-07-01T00:00:00Z", "july"],
    [
      "a renewed certificate without from counts from its notBefore",
      [renewed, key("a")],
      "2026-06-02T00:00:00Z",
      "renewed",
    ],
    [
      "the old one again when the successor was cut short",
      [key("a"), key("b", { from: "2026-02-01T00:00:00Z", until: "2026-03-01T00:00:00Z" })],
      "2026-03-01T00:00:00Z",
      "a",
    ],
    [
      "of two that began together the one that lasts longer",
      [key("a", { until: "2026-12-01T00:00:00Z" }), key("b")],
      "2026-05-01T00:00:00Z",
      "b",
    ],
    [
      "of two alike the first by name, whatever the order they lie in",
      [key("b"), key("a")],
      "2026-05-01T00:00:00Z",
      "a",
    ],
  ])("%s", (_, keys, instant, expected) => {
    expect(keyInUse(keys, at(instant))?.name ?? null).toBe(expected);
    expect(keyInUse([...keys].reverse(), at(instant))?.name ?? null).toBe(expected);
  });
});

test("a period of use is never wider than the certificate's validity", () => {
  const { period } = key("a", { from: "2020-01-01T00:00:00Z", until: "2030-01-01T00:00:00Z" });
  expect(useBegins(period)).toBe(at("2026-01-01T00:00:00Z"));
  expect(useEnds(period)).toBe(at(NOT_AFTER) + 1);
});

describe("until when there is a key for every instant", () => {
  test.each<[string, readonly ReturnType<typeof key>[], string]>([
    ["none now", [july], "2026-05-01T00:00:00Z"],
    ["one key", [firstHalf], "2026-07-01T00:00:00Z"],
    [
      "a successor that follows without a gap",
      [firstHalf, key("b", { from: "2026-07-01T00:00:00Z", until: "2026-09-01T00:00:00Z" })],
      "2026-09-01T00:00:00Z",
    ],
    [
      "a successor behind a gap does not help",
      [firstHalf, key("b", { from: "2026-07-01T00:00:01Z" })],
      "2026-07-01T00:00:00Z",
    ],
  ])("%s", (_, keys, expected) => {
    expect(
      coveredUntil(
        keys.map(({ period }) => period),
        at("2026-05-01T00:00:00Z"),
      ),
    ).toBe(at(expected));
  });
});
