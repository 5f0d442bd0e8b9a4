import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyOrder } from "./any-facts.fixture.ts";
import { aLine, anOrder, at, yuan } from "./facts.fixture.ts";
import { ORDER_TYPES, type Term, termOf, totalOf } from "./order.ts";

const FIRST = at("2026-11-01T00:00:00+08:00");
const SECOND = at("2026-12-01T00:00:00+08:00");
const THIRD = at("2027-11-01T00:00:00+08:00");
const FOURTH = at("2027-12-01T00:00:00+08:00");

function termOfLines(...terms: readonly (Term | null)[]): Term | null {
  return termOf(anOrder({ lines: terms.map((term) => aLine({ term })) }));
}

describe("R14: the term of an order is its own first start and last end", () => {
  test.each<[string, readonly (Term | null)[], Term | null]>([
    ["without lines it has none", [], null],
    ["lines without terms have none", [null, null], null],
    ["one line's is the order's", [{ startsAt: FIRST, endsAt: THIRD }], { startsAt: FIRST, endsAt: THIRD }],
    [
      "one inside the other",
      [
        { startsAt: FIRST, endsAt: FOURTH },
        { startsAt: SECOND, endsAt: THIRD },
      ],
      { startsAt: FIRST, endsAt: FOURTH },
    ],
    [
      "one after the other, told backwards",
      [{ startsAt: THIRD, endsAt: FOURTH }, null, { startsAt: FIRST, endsAt: SECOND }],
      { startsAt: FIRST, endsAt: FOURTH },
    ],
    [
      "open-ended first",
      [
        { startsAt: SECOND, endsAt: null },
        { startsAt: FIRST, endsAt: THIRD },
      ],
      { startsAt: FIRST, endsAt: null },
    ],
    [
      "open-ended last",
      [
        { startsAt: FIRST, endsAt: THIRD },
        { startsAt: SECOND, endsAt: null },
      ],
      { startsAt: FIRST, endsAt: null },
    ],
  ])("%s", (_, terms, whole) => {
    expect(termOfLines(...terms)).toEqual(whole);
  });

  test("whatever the order of the lines", () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        expect(termOf({ ...order, lines: order.lines.toReversed() })).toEqual(termOf(order));
      }),
    );
  });
});

test("an order comes to the totals of its lines, not their list prices", () => {
  expect(totalOf(anOrder({ lines: [aLine(), aLine({ total: yuan(-1n) })] }))).toEqual(yuan(99_999n));
  expect(totalOf(anOrder({ lines: [], currency: "JPY" }))).toEqual({ minor: 0n, currency: "JPY" });
});

test("R1: the types of orders that sources name", () => {
  expect(ORDER_TYPES).toEqual([
    "new",
    "renew",
    "upgrade",
    "downgrade",
    "convert",
    "refund",
    "os_change",
    "trial",
    "other",
  ]);
});
