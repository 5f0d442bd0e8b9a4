import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyInstant, anyOrder } from "./any-facts.fixture.ts";
import type { BillCycle } from "./bill.ts";
import type { Contract } from "./contract.ts";
import { aContract, aLine, anOrder, at } from "./facts.fixture.ts";
import type { OrderState } from "./order.ts";
import { type Standing, standingOf } from "./standing.ts";
import { type Instant, instantOf } from "./time.ts";

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

  test("an order that starts and ends at the same instant is never in force", () => {
    const order = anOrder({ lines: [aLine({ term: { startsAt: START, endsAt: START } })] });
    expect(standingOf(aContract(), order, START)).toBe("ended");
  });
});

describe("R22: a contract that the desk has voided", () => {
  const voided = { at: START, reason: "wrong buyer" };

  test.each(TABLE)("is void for ever, also one that was $name", ({ status, held }) => {
    const contract = aContract({ holdUntil: held ? HOLD : null, voided });
    for (const instant of Object.values(INSTANTS)) {
      expect(standingOf(contract, anOrder({ status }), instant)).toBe("void");
    }
  });
});

describe("R13: a contract on a bill", () => {
  const subject = { kind: "bill", cycle: "2026-10" as BillCycle } as const;

  test("is in force at any time, unless the desk has voided it", () => {
    expect(standingOf(aContract({ subject }), null, END)).toBe("in_force");
    expect(standingOf(aContract({ subject, voided: { at: START, reason: "wrong" } }), null, END)).toBe("void");
  });
});

test("a contract that is still being issued is worth what its order makes it", () => {
  const { form: _form, issuedAt: _at, document: _document, voided: _voided, ...facts } = aContract({ holdUntil: HOLD });
  const issuing: Contract = { ...facts, state: "issuing", waitingFor: null };
  const unpaid = anOrder({ status: { state: "unpaid" } });
  expect(standingOf(issuing, unpaid, instantOf(HOLD - 1))).toBe("pending_payment");
  expect(standingOf(issuing, unpaid, HOLD)).toBe("lapsed");
  expect(standingOf(issuing, null, HOLD)).toBe("in_force");
});

describe("whatever the reports", () => {
  const anyContract = fc.option(anyInstant).map((holdUntil) => aContract({ holdUntil }));
  const inOrder = fc
    .tuple(anyInstant, fc.nat({ max: 3_000_000_000 }))
    .map(([earlier, gap]): readonly [Instant, Instant] => [earlier, instantOf(earlier + gap)]);

  test("the standing is what happened first, read off the order's life", () => {
    fc.assert(
      fc.property(anyOrder, anyContract, anyInstant, (order, contract, instant) => {
        const { paidAt, cancelledAt, expiredAt, refundedAt } = order.life;
        const holdUntil = contract.holdUntil ?? Number.POSITIVE_INFINITY;
        const paidInTime = paidAt === null ? refundedAt !== null : paidAt < holdUntil;
        const standing = standingOf(contract, order, instant);
        const lapsesAt = Math.min(holdUntil, expiredAt ?? Number.POSITIVE_INFINITY);
        if (cancelledAt !== null) expect(standing).toBe(paidInTime || cancelledAt < lapsesAt ? "void" : "lapsed");
        else if (paidInTime) expect(["not_started", "in_force", "ended"]).toContain(standing);
        else if (paidAt !== null || expiredAt !== null || contract.holdUntil === null) expect(standing).toBe("lapsed");
        else expect(standing).toBe(instant < holdUntil ? "pending_payment" : "lapsed");
      }),
      { numRuns: 2000 },
    );
  });

  test("once void, lapsed or ended, never anything else later while nothing new is known", () => {
    fc.assert(
      fc.property(anyOrder, anyContract, inOrder, (order, contract, [earlier, later]) => {
        const standing = standingOf(contract, order, earlier);
        if (["void", "lapsed", "ended"].includes(standing)) expect(standingOf(contract, order, later)).toBe(standing);
      }),
      { numRuns: 2000 },
    );
  });

  test("R8: what is pending stays so until the very end of the hold, and then has lapsed", () => {
    fc.assert(
      fc.property(anyOrder, anyInstant, anyInstant, (order, holdUntil, instant) => {
        const contract = aContract({ holdUntil });
        fc.pre(standingOf(contract, order, instant) === "pending_payment");
        expect(standingOf(contract, order, instantOf(holdUntil - 1))).toBe("pending_payment");
        expect(standingOf(contract, order, holdUntil)).toBe("lapsed");
      }),
    );
  });
});
