import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyBillFacts, anyInstant, STANDINGS } from "./any-facts.fixture.ts";
import type { BillCycle } from "./bill.ts";
import { type BillIssuanceFacts, decideBillIssuance, explainBillIssuance } from "./decide-bill-issuance.ts";
import {
  aBill,
  aBillLine,
  aHeld,
  anAccount,
  answerOf,
  aPolicy,
  aSeller,
  at,
  HELD,
  issueOf,
  PARTNER,
  refusalOf,
  SHANGHAI,
  someBillFacts,
  VERIFIED,
  yuan,
} from "./facts.fixture.ts";
import type { AccountId, ProductCode } from "./identifiers.ts";
import { type NextStep, nextStepOf, type Refusal, RULE_OF } from "./refusal.ts";
import { instantOf, type TimeZone } from "./time.ts";

/** A month that is not over, and every other rung broken, too. */
const BROKEN = someBillFacts({
  bill: aBill({ cycle: "2026-11" as BillCycle, state: "open" }),
  account: anAccount({ identity: { state: "unverified" }, servedBy: PARTNER }),
  seller: aSeller({ canSeal: false }),
  held: aHeld(),
  policy: aPolicy({ version: 7 }),
});

const EXPECTED = at("2026-12-04T00:00:00+08:00");

interface Row {
  readonly refusal: Refusal;
  readonly step: NextStep;
  readonly mend: (facts: BillIssuanceFacts) => BillIssuanceFacts;
}

const LADDER: readonly Row[] = [
  {
    refusal: { code: "served_by_partner", partner: PARTNER },
    step: { action: "contact_partner", name: PARTNER.name, contact: PARTNER.contact },
    mend: (facts) => ({ ...facts, account: { ...facts.account, servedBy: null } }),
  },
  {
    refusal: { code: "already_contracted", contract: HELD },
    step: { action: "view_contract", contract: HELD },
    mend: (facts) => ({ ...facts, held: null }),
  },
  {
    refusal: {
      code: "bill_not_final",
      cycle: "2026-11" as BillCycle,
      requestableFrom: EXPECTED,
      timeZone: SHANGHAI,
    },
    step: { action: "request_later", from: EXPECTED, timeZone: SHANGHAI },
    mend: (facts) => ({ ...facts, bill: { ...facts.bill, state: "final" } }),
  },
  {
    refusal: { code: "identity_not_verified" },
    step: { action: "verify_identity" },
    mend: (facts) => ({ ...facts, account: { ...facts.account, identity: VERIFIED } }),
  },
  {
    refusal: {
      code: "seller_cannot_seal",
      sellerName: aSeller().legalName,
      marketplace: false,
      contact: aSeller().contact,
    },
    step: { action: "contact_seller", name: aSeller().legalName, contact: aSeller().contact },
    mend: (facts) => ({ ...facts, seller: aSeller() }),
  },
];

const CODES = LADDER.map(({ refusal }) => refusal.code);
const RUNGS = LADDER.map((row, index) => ({ ...row, index, code: row.refusal.code }));

function factsAtRung(index: number): BillIssuanceFacts {
  return LADDER.slice(0, index).reduce((facts, { mend }) => mend(facts), BROKEN);
}

describe("R13: the ladder of a bill, every rung broken, then mended one by one", () => {
  test.each(RUNGS)("rung $index: $code decides before every later rung", ({ index, refusal, step }) => {
    expect(decideBillIssuance(factsAtRung(index))).toEqual({ kind: "refuse", policyVersion: 7, refusal });
    expect(nextStepOf(refusal)).toEqual(step);
  });

  test.each(RUNGS)("R24: at $code, earlier rungs passed and later ones would refuse", ({ index }) => {
    const expected = CODES.map((code, place) => ({
      rung: code,
      outcome: place < index ? "passed" : place === index ? "refused" : "would_refuse",
      refusal: place < index ? null : LADDER[place]?.refusal,
    }));
    expect(explainBillIssuance(factsAtRung(index))).toEqual(expected);
  });

  test("R24: each of its refusals names its rule", () => {
    expect(CODES.map((code) => RULE_OF[code])).toEqual(["R19", "R4", "R13", "R6", "R18"]);
  });

  test("a final bill that breaks no rung any more is issued: it shows amounts and nothing holds it", () => {
    expect(decideBillIssuance(factsAtRung(LADDER.length))).toEqual({
      kind: "issue",
      policyVersion: 7,
      holdUntil: null,
      amountShown: true,
      warnings: [],
      replaces: null,
    });
    expect(explainBillIssuance(someBillFacts()).map(({ outcome }) => outcome)).toEqual(CODES.map(() => "passed"));
  });
});

describe("R4, R13: one contract per bill", () => {
  test.each(STANDINGS)(
    "a %s contract occupies the bill, and is replaced only if void and the policy reissues",
    (standing) => {
      const held = aHeld({ standing });
      expect(answerOf(decideBillIssuance(someBillFacts({ held })))).toBe("already_contracted");
      const reissuing = decideBillIssuance(someBillFacts({ held, policy: aPolicy({ reissueAfterVoid: true }) }));
      expect(answerOf(reissuing)).toBe(standing === "void" ? "issue" : "already_contracted");
      if (reissuing.kind === "issue") expect(reissuing.replaces).toBe(HELD);
    },
  );

  test("a first contract replaces none", () => {
    const policy = aPolicy({ reissueAfterVoid: true });
    expect(issueOf(decideBillIssuance(someBillFacts({ policy }))).replaces).toBeNull();
  });
});

describe("R13: before the bill is final, the day from which it can be requested is told", () => {
  const open = (instant: string, changes: Partial<BillIssuanceFacts> = {}) =>
    decideBillIssuance(someBillFacts({ bill: aBill({ state: "open" }), at: at(instant), ...changes }));
  const fromOf = (decision: ReturnType<typeof open>) => {
    const refusal = refusalOf(decision);
    return refusal.code === "bill_not_final" ? new Date(refusal.requestableFrom).toISOString() : refusal.code;
  };

  test.each([
    ["in its month: the expected day", "2026-10-15T12:00:00+08:00", "2026-11-03T16:00:00.000Z"],
    ["a millisecond before the expected day: that day", "2026-11-03T23:59:59.999+08:00", "2026-11-03T16:00:00.000Z"],
    ["as the expected day begins: tomorrow", "2026-11-04T00:00:00+08:00", "2026-11-04T16:00:00.000Z"],
    ["overdue, in the evening: tomorrow", "2026-11-20T23:59:59+08:00", "2026-11-20T16:00:00.000Z"],
    ["overdue, past midnight: tomorrow", "2026-11-21T00:00:00+08:00", "2026-11-21T16:00:00.000Z"],
  ])("%s", (_, instant, from) => {
    expect(fromOf(open(instant))).toBe(from);
  });

  test("both are days of the seller's zone, which the refusal names", () => {
    const seller = aSeller({ timeZone: "America/New_York" as TimeZone });
    expect(fromOf(open("2026-10-15T12:00:00Z", { seller }))).toBe("2026-11-04T05:00:00.000Z");
    expect(fromOf(open("2026-11-20T04:59:59Z", { seller }))).toBe("2026-11-20T05:00:00.000Z");
    expect(fromOf(open("2026-11-20T05:00:00Z", { seller }))).toBe("2026-11-21T05:00:00.000Z");
    expect(refusalOf(open("2026-10-15T12:00:00Z", { seller }))).toMatchObject({ timeZone: "America/New_York" });
  });

  test("the expected day is the policy's", () => {
    const policy = aPolicy({ billFinality: { basis: "final_report", expectedDay: 10 } });
    expect(fromOf(open("2026-11-04T00:00:00+08:00", { policy }))).toBe("2026-11-09T16:00:00.000Z");
  });

  test("on the basis of the calendar, the bill counts as final once that day has come, not a millisecond before", () => {
    const policy = aPolicy({ billFinality: { basis: "calendar", expectedDay: 4 } });
    expect(answerOf(open("2026-11-03T23:59:59.999+08:00", { policy }))).toBe("bill_not_final");
    expect(answerOf(open("2026-11-04T00:00:00+08:00", { policy }))).toBe("issue");
  });

  test.each(["calendar", "final_report"] as const)(
    "on the basis %s, a bill reported final is final at once",
    (basis) => {
      const policy = aPolicy({ billFinality: { basis, expectedDay: 28 } });
      expect(answerOf(open("2026-11-01T00:00:00+08:00", { policy, bill: aBill() }))).toBe("issue");
    },
  );
});

describe("whatever the facts of a bill", () => {
  test("there is exactly one answer: that of the first rung that did not pass", () => {
    fc.assert(
      fc.property(anyBillFacts, (facts) => {
        const decision = decideBillIssuance(facts);
        const rungs = explainBillIssuance(facts);
        const first = rungs.find(({ outcome }) => outcome !== "passed");
        expect(first?.refusal ?? null).toEqual(decision.kind === "refuse" ? decision.refusal : null);
        expect(rungs.filter(({ outcome }) => outcome === "refused")).toHaveLength(first ? 1 : 0);
        expect(decision.policyVersion).toBe(facts.policy.version);
      }),
      { numRuns: 1000 },
    );
  });

  test("the day told is always later than now, and a bill that can be requested stays so", () => {
    fc.assert(
      fc.property(anyBillFacts, anyInstant, (facts, other) => {
        const decision = decideBillIssuance(facts);
        if (decision.kind === "refuse" && decision.refusal.code === "bill_not_final") {
          expect(decision.refusal.requestableFrom).toBeGreaterThan(facts.at);
        }
        const later = decideBillIssuance({ ...facts, at: instantOf(Math.max(facts.at, other)) });
        if (decision.kind === "issue") expect(later).toEqual(decision);
      }),
      { numRuns: 1000 },
    );
  });

  test("account, lines, names and amounts do not matter", () => {
    const lines = [aBillLine({ total: yuan(1n), product: "x" as ProductCode, description: "other" })];
    fc.assert(
      fc.property(anyBillFacts, (facts) => {
        const bill = { ...facts.bill, lines, account: "other" as AccountId };
        expect(decideBillIssuance({ ...facts, bill })).toEqual(decideBillIssuance(facts));
      }),
      { numRuns: 500 },
    );
  });
});
