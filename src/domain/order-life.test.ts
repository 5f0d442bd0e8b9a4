import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyInstant, anyReports } from "./any-facts.fixture.ts";
import { aContract, aLine, anOrder, at } from "./facts.fixture.ts";
import type { OrderState } from "./order.ts";
import { lifeOf, type OrderReport } from "./order-life.ts";
import { type Standing, standingOf, wasPaidTooLate } from "./standing.ts";
import { type Instant, instantOf } from "./time.ts";

const HOLD = at("2026-12-02T00:00:00+08:00");
const INSIDE = instantOf(HOLD - 1);
const OUTSIDE = instantOf(HOLD + 1);
const LATER = at("2026-12-20T00:00:00+08:00");
const NEVER = { paidAt: null, cancelledAt: null, expiredAt: null, refundedAt: null };

const UNPAID = { state: "unpaid" } as const;
const paid = (paidAt: Instant): OrderState => ({ state: "paid", paidAt });
const cancelled = (cancelledAt: Instant): OrderState => ({ state: "cancelled", cancelledAt });
const expired = (expiredAt: Instant): OrderState => ({ state: "expired", expiredAt });
const refunded = (refundedAt: Instant, paidAt: Instant | null = null): OrderState => ({
  state: "refunded",
  refundedAt,
  paidAt,
});

/** What a source said, first revision first. */
function reports(...states: readonly OrderState[]): readonly OrderReport[] {
  return states.map((status, index) => ({ revision: index + 1, status }));
}

/** The contract that was requested while the order was unpaid, under an order without a term. */
function standingAfter(said: readonly OrderReport[], instant: Instant): Standing {
  const order = anOrder({ life: lifeOf(said), lines: [aLine({ term: null })] });
  return standingOf(aContract({ holdUntil: HOLD }), order, instant);
}

/** The reports as they may arrive: in any order, some of them more than once. */
const anyArrival = anyReports.chain((said) =>
  fc
    .tuple(
      fc.shuffledSubarray([...said], { minLength: said.length }),
      fc.array(fc.constantFrom(...said), { maxLength: 4 }),
    )
    .chain(([once, again]) => fc.shuffledSubarray([...once, ...again], { minLength: once.length + again.length }))
    .map((arrived) => ({ said, arrived })),
);

describe("R9–R11: out-of-order, late and duplicated reports lead to the same life and the same standing", () => {
  test("in whatever order they arrive and however often", () => {
    fc.assert(
      fc.property(anyArrival, anyInstant, fc.option(anyInstant), ({ said, arrived }, instant, holdUntil) => {
        const life = lifeOf(arrived);
        expect(life).toEqual(lifeOf(said));
        const contract = aContract({ holdUntil });
        const standing = standingOf(contract, anOrder({ life }), instant);
        expect(standing).toBe(standingOf(contract, anOrder({ life: lifeOf(said) }), instant));
      }),
      { numRuns: 2000 },
    );
  });

  test("reading the reports does not change their list", () => {
    const said = [...reports(UNPAID, paid(INSIDE))].reverse();
    lifeOf(said);
    expect(said.map(({ revision }) => revision)).toEqual([2, 1]);
  });

  test("revisions are numbers, not texts: the tenth comes after the ninth", () => {
    const said = [
      { revision: 10, status: paid(INSIDE) },
      { revision: 9, status: UNPAID },
    ];
    expect(lifeOf(said).paidAt).toBe(INSIDE);
  });
});

describe("what the reports tell", () => {
  test.each<[string, readonly OrderReport[], Partial<typeof NEVER> | object]>([
    ["nothing", [], {}],
    ["unpaid", reports(UNPAID), {}],
    ["paid", reports(UNPAID, paid(INSIDE)), { paidAt: INSIDE }],
    ["cancelled", reports(UNPAID, cancelled(INSIDE)), { cancelledAt: INSIDE }],
    ["expired", reports(UNPAID, expired(HOLD)), { expiredAt: HOLD }],
    ["refunded", reports(paid(INSIDE), refunded(LATER)), { paidAt: INSIDE, refundedAt: LATER }],
    ["refunded, with its payment", reports(refunded(LATER, INSIDE)), { paidAt: INSIDE, refundedAt: LATER }],
    [
      "refunded, with a payment that corrects",
      reports(paid(OUTSIDE), refunded(LATER, INSIDE)),
      { paidAt: INSIDE, refundedAt: LATER },
    ],
    ["refunded, without a payment", reports(refunded(LATER)), { refundedAt: LATER }],
    ["a corrected payment", reports(paid(OUTSIDE), paid(INSIDE)), { paidAt: INSIDE }],
    ["a corrected cancellation", reports(cancelled(OUTSIDE), cancelled(INSIDE)), { cancelledAt: INSIDE }],
    ["a corrected expiry", reports(expired(OUTSIDE), expired(HOLD)), { expiredAt: HOLD }],
    ["a corrected refund", reports(refunded(OUTSIDE), refunded(LATER)), { refundedAt: LATER }],
    ["a payment taken back", reports(paid(INSIDE), UNPAID), {}],
    ["a refund taken back", reports(refunded(LATER, INSIDE), UNPAID), {}],
    ["a refund that was none", reports(refunded(LATER, INSIDE), paid(INSIDE)), { paidAt: INSIDE }],
    ["paid, then cancelled", reports(paid(INSIDE), cancelled(LATER)), { paidAt: INSIDE, cancelledAt: LATER }],
    ["R9: a cancellation is final", reports(cancelled(INSIDE), UNPAID), { cancelledAt: INSIDE }],
    ["R10: an expiry is final", reports(expired(HOLD), UNPAID), { expiredAt: HOLD }],
    ["R10: expired, yet paid", reports(expired(HOLD), paid(INSIDE)), { expiredAt: HOLD, paidAt: INSIDE }],
  ])("%s", (_, said, life) => {
    expect(lifeOf(said)).toEqual({ ...NEVER, ...life });
  });
});

describe("R10: paying", () => {
  test("inside the hold, known only after it: the same contract is in force", () => {
    expect(standingAfter(reports(UNPAID), INSIDE)).toBe("pending_payment");
    expect(standingAfter(reports(UNPAID), HOLD)).toBe("lapsed");
    expect(standingAfter(reports(UNPAID, paid(INSIDE)), LATER)).toBe("in_force");
  });

  test("at exactly the end of the hold is too late", () => {
    expect(standingAfter(reports(UNPAID, paid(HOLD)), LATER)).toBe("lapsed");
  });

  test.each([HOLD, OUTSIDE])("after the hold: the contract stays lapsed, and the desk has to be told", (instant) => {
    const said = reports(UNPAID, paid(instant));
    expect(standingAfter(said, LATER)).toBe("lapsed");
    expect(wasPaidTooLate(aContract({ holdUntil: HOLD }), anOrder({ life: lifeOf(said) }))).toBe(true);
  });

  test("the desk is told of nothing when it was paid in time, not at all, or before the request", () => {
    const tooLate = (said: readonly OrderReport[], holdUntil: Instant | null) =>
      wasPaidTooLate(aContract({ holdUntil }), anOrder({ life: lifeOf(said) }));
    expect(tooLate(reports(paid(INSIDE)), HOLD)).toBe(false);
    expect(tooLate(reports(UNPAID), HOLD)).toBe(false);
    expect(tooLate(reports(paid(OUTSIDE)), null)).toBe(false);
  });

  test("the order expired, and a late report says it was paid inside the hold: in force", () => {
    expect(standingAfter(reports(UNPAID, expired(HOLD)), LATER)).toBe("lapsed");
    expect(standingAfter(reports(UNPAID, expired(HOLD), paid(INSIDE)), LATER)).toBe("in_force");
  });

  test("the order expired before the hold ended: the contract has lapsed with it", () => {
    expect(standingAfter(reports(UNPAID, expired(INSIDE)), instantOf(INSIDE - 1))).toBe("lapsed");
  });

  test("a payment that a later report takes back leaves the order as unpaid as it was", () => {
    const said = reports(paid(INSIDE), UNPAID);
    expect(standingAfter(said, INSIDE)).toBe("pending_payment");
    expect(standingAfter(said, HOLD)).toBe("lapsed");
  });
});

describe("R11: a refund leaves the contract what the payment made it", () => {
  const said = reports(UNPAID, paid(INSIDE), refunded(LATER));

  test("also when its report arrives before that of the payment", () => {
    const [unpaid, payment, refund] = said;
    if (!unpaid || !payment || !refund) throw new Error("three reports");
    expect(standingAfter([unpaid, refund], LATER)).toBe("in_force");
    expect(lifeOf([unpaid, refund, payment])).toEqual(lifeOf(said));
    expect(standingAfter([unpaid, refund, payment], LATER)).toBe("in_force");
  });

  test("also when no report says when it had been paid", () => {
    expect(standingAfter(reports(refunded(LATER)), LATER)).toBe("in_force");
  });

  test("a payment that came too late and was refunded had come too late", () => {
    expect(standingAfter(reports(UNPAID, paid(HOLD), refunded(LATER)), LATER)).toBe("lapsed");
  });
});

describe("R9: cancelling", () => {
  test("inside the hold makes the contract void", () => {
    expect(standingAfter(reports(UNPAID, cancelled(INSIDE)), LATER)).toBe("void");
  });

  test.each([HOLD, OUTSIDE])("when the hold was over, the contract had lapsed before and stays so", (instant) => {
    expect(standingAfter(reports(UNPAID, cancelled(instant)), LATER)).toBe("lapsed");
  });

  test("after the order had expired, inside the hold: the contract had lapsed before and stays so", () => {
    const [before, after] = [instantOf(INSIDE - 1), instantOf(INSIDE + 1)];
    expect(standingAfter(reports(UNPAID, expired(INSIDE), cancelled(INSIDE)), LATER)).toBe("lapsed");
    expect(standingAfter(reports(UNPAID, expired(INSIDE), cancelled(after)), LATER)).toBe("lapsed");
    expect(standingAfter(reports(UNPAID, expired(INSIDE), cancelled(before)), LATER)).toBe("void");
  });

  test("after it was paid in time makes it void, whenever", () => {
    expect(standingAfter(reports(paid(INSIDE), cancelled(LATER)), LATER)).toBe("void");
  });

  test("after it was paid too late leaves it lapsed", () => {
    expect(standingAfter(reports(paid(HOLD), cancelled(LATER)), LATER)).toBe("lapsed");
  });

  test("is final, whatever is reported later", () => {
    expect(standingAfter(reports(cancelled(INSIDE), paid(INSIDE)), LATER)).toBe("void");
  });
});
