import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aContract, aLine, anOrder, anyInstant, anyOrder, at } from "./facts.fixture.ts";
import type { OrderState } from "./order.ts";
import { type Standing, standingOf } from "./standing.ts";

const HOLD = at("2026-12-02T00:00:00+08:00");
const START = at("2026-11-20T00:00:00+08:00");
const END = at("2027-11-20T00:00:00+08:00");
const LATE = at("2026-12-02T00:00:00+08:00");

const INSTANTS = {
  "before the term": at("2026-11-10T00:00:00+08:00"),
  "at the start of the term": START,
  "just before the hold ends": at("2026-12-01T23:59:59.999+08:00"),
  "when the hold ends": HOLD,
  "in the term": at("2027-05-01T00:00:00+08:00"),
  "just before the term ends": at("2027-11-19T23:59:59.999+08:00"),
  "when the term ends": END,
} as const;

interface Row {
  readonly name: string;
  readonly status: OrderState;
  readonly held: boolean;
  /** In the order of INSTANTS. */
  readonly standings: readonly Standing[];
}

const BY_TERM: readonly Standing[] = [
  "not_started",
  "in_force",
  "in_force",
  "in_force",
  "in_force",
  "in_force",
  "ended",
];
const always = (standing: Standing): readonly Standing[] => BY_TERM.map(() => standing);
const UNPAID: readonly Standing[] = [
  "pending_payment",
  "pending_payment",
  "pending_payment",
  "lapsed",
  "lapsed",
  "lapsed",
  "lapsed",
];

const TABLE: readonly Row[] = [
  { name: "unpaid, held", status: { state: "unpaid" }, held: true, standings: UNPAID },
  { name: "unpaid, without a hold", status: { state: "unpaid" }, held: false, standings: always("lapsed") },
  {
    name: "paid before the request",
    status: { state: "paid", paidAt: at("2026-11-01T00:00:00Z") },
    held: false,
    standings: BY_TERM,
  },
  {
    name: "paid within the hold",
    status: { state: "paid", paidAt: at("2026-12-01T23:59:59.999+08:00") },
    held: true,
    standings: BY_TERM,
  },
  {
    name: "paid when the hold was over",
    status: { state: "paid", paidAt: LATE },
    held: true,
    standings: always("lapsed"),
  },
  { name: "cancelled", status: { state: "cancelled", cancelledAt: START }, held: false, standings: always("void") },
  {
    name: "cancelled while held",
    status: { state: "cancelled", cancelledAt: START },
    held: true,
    standings: always("void"),
  },
  { name: "expired", status: { state: "expired", expiredAt: HOLD }, held: true, standings: always("lapsed") },
  {
    name: "refunded",
    status: { state: "refunded", refundedAt: START, paidAt: START },
    held: false,
    standings: BY_TERM,
  },
  {
    name: "paid after the hold had run out, then refunded: it had lapsed before",
    status: { state: "refunded", refundedAt: END, paidAt: LATE },
    held: true,
    standings: always("lapsed"),
  },
  {
    name: "refunded, by a source that does not say when it had been paid",
    status: { state: "refunded", refundedAt: START, paidAt: null },
    held: true,
    standings: BY_TERM,
  },
  {
    name: "cancelled after the hold had run out: it had lapsed before",
    status: { state: "cancelled", cancelledAt: LATE },
    held: true,
    standings: always("lapsed"),
  },
];

const CASES = TABLE.flatMap(({ name, status, held, standings }) =>
  Object.entries(INSTANTS).map(([when, instant], index) => ({
    name,
    when,
    status,
    held,
    instant,
    standing: standings[index],
  })),
);

describe("standing is computed from contract, order and clock (R8–R11, R14)", () => {
  test.each(CASES)("$name, $when: $standing", ({ status, held, instant, standing }) => {
    const order = anOrder({ status, lines: [aLine({ term: { startsAt: START, endsAt: END } })] });
    expect(standingOf(aContract({ holdUntil: held ? HOLD : null }), order, instant)).toBe(standing);
  });

  test("the term runs from the first start to the last end of the lines", () => {
    const lines = [
      aLine({ term: { startsAt: START, endsAt: at("2026-12-20T00:00:00+08:00") } }),
      aLine({ term: { startsAt: at("2026-12-01T00:00:00+08:00"), endsAt: END } }),
      aLine({ term: null }),
    ];
    expect(standingOf(aContract(), anOrder({ lines }), INSTANTS["just before the term ends"])).toBe("in_force");
    expect(standingOf(aContract(), anOrder({ lines }), INSTANTS["before the term"])).toBe("not_started");
    expect(standingOf(aContract(), anOrder({ lines }), END)).toBe("ended");
  });

  test("a term without an end, on any line, never ends", () => {
    const lines = [aLine(), aLine({ term: { startsAt: START, endsAt: null } })];
    expect(standingOf(aContract(), anOrder({ lines }), at("2099-01-01T00:00:00Z"))).toBe("in_force");
  });

  test("an order without any term is in force once paid", () => {
    expect(standingOf(aContract(), anOrder({ lines: [aLine({ term: null })] }), END)).toBe("in_force");
  });

  test("there is always one answer; only paying in time leads out of a hold", () => {
    fc.assert(
      fc.property(anyOrder, anyInstant, anyInstant, (order, holdUntil, instant) => {
        const standing = standingOf(aContract({ holdUntil }), order, instant);
        if (order.status.state === "cancelled") {
          expect(standing).toBe(order.status.cancelledAt < holdUntil ? "void" : "lapsed");
        }
        if (order.status.state === "unpaid") {
          expect(standing).toBe(instant < holdUntil ? "pending_payment" : "lapsed");
        }
        if (order.status.state === "paid" && order.status.paidAt >= holdUntil) expect(standing).toBe("lapsed");
      }),
      { numRuns: 2000 },
    );
  });
});
