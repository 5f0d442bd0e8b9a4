import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyFacts, anyInstant, anyOrder, PRODUCTS, SERVICES } from "./any-facts.fixture.ts";
import { type Decision, decideIssuance, explainIssuance, type IssuanceFacts } from "./decide-issuance.ts";
import { decideOfflineContract } from "./decide-offline-contract.ts";
import { aContract, aLine, answerOf, HELD, VERIFIED, yuan } from "./facts.fixture.ts";
import type { AccountId, OrderId } from "./identifiers.ts";
import { ORDER_TYPES } from "./order.ts";
import type { Policy } from "./policy.ts";
import { standingOf } from "./standing.ts";
import { ticketFor } from "./ticket.ts";

const RUNS = { numRuns: 1000 } as const;
const DECIDES = [
  ["the ladder", decideIssuance],
  ["the offline contract", decideOfflineContract],
] as const;

function withPolicy(facts: IssuanceFacts, changes: Partial<Policy>): IssuanceFacts {
  return { ...facts, policy: { ...facts.policy, ...changes } };
}

function reversedPolicy(policy: Policy): Policy {
  const offered = Object.entries(policy.selfServiceProducts).map(([code, ways]) => [code, ways.toReversed()] as const);
  return {
    ...policy,
    selfServiceProducts: Object.fromEntries(offered.toReversed()),
    contractableOrderTypes: policy.contractableOrderTypes.toReversed(),
    partnerKindsRefused: policy.partnerKindsRefused.toReversed(),
    domainProducts: policy.domainProducts.toReversed(),
    domainServicesBeforePayment: policy.domainServicesBeforePayment.toReversed(),
  };
}

/** For all facts that lead to a contract, the changed ones lead to one, too. */
function expectNeverRefusing(change: (facts: IssuanceFacts, other: IssuanceFacts) => IssuanceFacts): void {
  fc.assert(
    fc.property(anyFacts, anyFacts, (facts, other) => {
      if (decideIssuance(facts).kind === "issue") expect(answerOf(decideIssuance(change(facts, other)))).toBe("issue");
    }),
    RUNS,
  );
}

describe("whatever the facts, there is exactly one answer", () => {
  test("R24: it is that of the first rung that did not pass", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { decision, rungs } = explainIssuance(facts);
        expect(decision).toEqual(decideIssuance(facts));
        const first = rungs.find(({ outcome }) => outcome !== "passed");
        expect(first?.refusal ?? null).toEqual(decision.kind === "refuse" ? decision.refusal : null);
        expect(rungs.filter(({ outcome }) => outcome === "refused")).toEqual(
          first ? [{ ...first, outcome: "refused" }] : [],
        );
        expect(rungs.every(({ outcome, refusal }) => (outcome === "passed") === (refusal === null))).toBe(true);
        expect(decision.policyVersion).toBe(facts.policy.version);
      }),
      { numRuns: 2000 },
    );
  });

  test("R3, R20: and exactly one answer on a ticket: request instead, a queue, or why there is none to open", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const decision = decideIssuance(facts);
        const opening = ticketFor(decision);
        expect(opening.kind === "request_instead").toBe(decision.kind === "issue");
        if (opening.kind === "open") expect(opening.topic).toBe(answerOf(decision));
        if (opening.kind === "refused") expect(opening.refuse).toEqual(decision);
      }),
      RUNS,
    );
  });
});

describe.each(DECIDES)("%s", (_, decide: (facts: IssuanceFacts) => Decision) => {
  test("R8: issues nothing that would be lapsed or void at once, and holds what is unpaid until a later instant", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const decision = decide(facts);
        if (decision.kind === "refuse") return;
        const { holdUntil } = decision;
        expect(holdUntil !== null && holdUntil > facts.at).toBe(
          facts.order.status.state === "unpaid" && facts.seller !== null,
        );
        if (facts.seller === null) return;
        const standing = standingOf(aContract({ holdUntil }), facts.order, facts.at);
        expect(["lapsed", "void"]).not.toContain(standing);
        expect(standing === "pending_payment").toBe(holdUntil !== null);
      }),
      { numRuns: 2000 },
    );
  });

  test("R4: an order that has a contract is refused at every later instant while nothing is reissued", () => {
    fc.assert(
      fc.property(anyFacts, anyInstant, (facts, later) => {
        const frozen = withPolicy(facts, { reissueAfterVoid: false });
        const occupied = { ...frozen, account: { ...facts.account, servedBy: null } };
        if (facts.held === null) return;
        for (const instant of [facts.at, later]) {
          expect(answerOf(decide({ ...occupied, at: instant }))).toBe("already_contracted");
        }
      }),
      RUNS,
    );
  });

  test("R4: a contract replaces another only where that is void and the policy reissues", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const decision = decide(facts);
        if (decision.kind === "refuse") return;
        expect(decision.replaces).toBe(facts.held === null ? null : HELD);
        if (facts.held) expect([facts.held.standing, facts.policy.reissueAfterVoid]).toEqual(["void", true]);
      }),
      RUNS,
    );
  });
});

describe("what does not matter to the decision", () => {
  test("ids, revision, amounts, quantities, terms, names and descriptions", () => {
    fc.assert(
      fc.property(anyFacts, anyOrder, (facts, { revision, occurredAt }) => {
        const lines = facts.order.lines.map((line) => ({
          ...aLine({ description: "other", list: yuan(1n), total: yuan(1n), term: null, quantity: "7" }),
          product: line.product,
        }));
        const ids = { id: "other" as OrderId, account: "other" as AccountId, revision, occurredAt };
        const order = { ...facts.order, ...ids, lines };
        const account = { ...facts.account, id: "other" as AccountId };
        expect(decideIssuance({ ...facts, order, account })).toEqual(decideIssuance(facts));
      }),
      RUNS,
    );
  });

  test("the order of everything that the policy lists", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(decideIssuance({ ...facts, policy: reversedPolicy(facts.policy) })).toEqual(decideIssuance(facts));
      }),
      RUNS,
    );
  });

  test("the order of the lines, but for which product is named", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const order = { ...facts.order, lines: facts.order.lines.toReversed() };
        expect(answerOf(decideIssuance({ ...facts, order }))).toBe(answerOf(decideIssuance(facts)));
      }),
      RUNS,
    );
  });

  test("the clock, for whatever is refused; only the hold that runs from the placing of an order refuses by it", () => {
    fc.assert(
      fc.property(anyFacts, anyInstant, (facts, later) => {
        const ladder = [facts.at, later].map((at) => answerOf(decideIssuance({ ...facts, at })));
        if (facts.policy.hold.start === "request") expect(ladder[1]).toBe(ladder[0]);
        if (later >= facts.at && ladder[0] !== "issue") expect(ladder[1]).not.toBe("issue");
      }),
      RUNS,
    );
  });
});

describe("a wider rule never refuses what a narrower one issued", () => {
  test("R2: one more self-service product, in every way of billing", () => {
    for (const product of PRODUCTS) {
      expectNeverRefusing((facts) => {
        const selfServiceProducts = {
          ...facts.policy.selfServiceProducts,
          [product]: ["subscription", "pay_as_you_go"] as const,
        };
        return withPolicy(facts, { selfServiceProducts });
      });
    }
  });

  test("R1: every type contractable", () => {
    expectNeverRefusing((facts) => withPolicy(facts, { contractableOrderTypes: ORDER_TYPES }));
  });

  test("R16: every domain service before payment", () => {
    expectNeverRefusing((facts) => withPolicy(facts, { domainServicesBeforePayment: SERVICES }));
  });

  test("R19: no kind of partner refused", () => {
    expectNeverRefusing((facts) => withPolicy(facts, { partnerKindsRefused: [] }));
  });

  test("R6: a verified identity", () => {
    expectNeverRefusing((facts) => ({ ...facts, account: { ...facts.account, identity: VERIFIED } }));
  });

  test("R4: reissue switched on", () => {
    expectNeverRefusing((facts) => withPolicy(facts, { reissueAfterVoid: true }));
  });

  test("R18: a seller without a quota", () => {
    expectNeverRefusing((facts) => ({ ...facts, seller: facts.seller && { ...facts.seller, quotaLeft: null } }));
  });

  test("R8: a longer hold, which never ends earlier", () => {
    fc.assert(
      fc.property(anyFacts, fc.nat({ max: 400 }), (facts, more) => {
        const { hold } = facts.policy;
        const longer =
          hold.count === "days" ? { ...hold, days: hold.days + more } : { ...hold, hours: hold.hours + more };
        const [short, long] = [facts, withPolicy(facts, { hold: longer })].map((each) => decideIssuance(each));
        if (short?.kind !== "issue") return;
        expect(long?.kind).toBe("issue");
        if (long?.kind === "issue") expect(Number(long.holdUntil)).toBeGreaterThanOrEqual(Number(short.holdUntil));
      }),
      RUNS,
    );
  });
});

test("the facts of these properties meet every answer of the ladder, issues foremost", () => {
  const met = new Map<string, number>();
  for (const facts of fc.sample(anyFacts, { numRuns: 3000, seed: 1 })) {
    const answer = answerOf(decideIssuance(facts));
    met.set(answer, (met.get(answer) ?? 0) + 1);
  }
  expect(met.size).toBe(11);
  expect(Math.min(...met.values())).toBeGreaterThan(10);
  expect(met.get("issue")).toBeGreaterThan(450);
});
