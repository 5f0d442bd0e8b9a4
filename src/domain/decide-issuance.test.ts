import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideIssuance, explainIssuance, type IssuanceFacts, type Issue } from "./decide-issuance.ts";
import {
  aLine,
  anAccount,
  anOrder,
  anyFacts,
  aSeller,
  at,
  HELD,
  PARTNER,
  someFacts,
  VERIFIED,
} from "./facts.fixture.ts";
import type { OrderId, ProductCode, SellerId } from "./identifiers.ts";
import type { Order } from "./order.ts";
import { PARTNER_KINDS } from "./parties.ts";
import { DEFAULT_POLICY } from "./policy.ts";
import { nextStepOf, RULE_OF } from "./refusal.ts";
import type { TimeZone } from "./time.ts";

const PAST = at("2026-11-10T00:00:00Z");

/** Broken on every rung at once. */
const BROKEN = someFacts({
  order: anOrder({
    type: "trial",
    status: { state: "cancelled", cancelledAt: PAST },
    lines: [aLine({ product: "bespoke_support" as ProductCode })],
    domainService: "trade",
  }),
  account: anAccount({ identity: { state: "unverified" }, servedBy: PARTNER }),
  seller: aSeller({ canSeal: false }),
  held: HELD,
});

function withOrder(facts: IssuanceFacts, changes: Partial<Order>): IssuanceFacts {
  return { ...facts, order: { ...facts.order, ...changes } };
}

/** What decides, and how to mend it: after each row the facts break one rung fewer. */
const LADDER: readonly (readonly [keyof typeof RULE_OF, (facts: IssuanceFacts) => IssuanceFacts])[] = [
  ["served_by_partner", (facts) => ({ ...facts, account: { ...facts.account, servedBy: null } })],
  ["already_contracted", (facts) => ({ ...facts, held: null })],
  ["order_cancelled", (facts) => withOrder(facts, { status: { state: "expired", expiredAt: PAST } })],
  ["order_expired", (facts) => withOrder(facts, { status: { state: "refunded", refundedAt: PAST, paidAt: PAST } })],
  ["order_refunded", (facts) => withOrder(facts, { status: { state: "unpaid" } })],
  ["order_type_not_contractable", (facts) => withOrder(facts, { type: "new" })],
  ["identity_not_verified", (facts) => ({ ...facts, account: { ...facts.account, identity: VERIFIED } })],
  ["seller_cannot_seal", (facts) => ({ ...facts, seller: aSeller() })],
  ["product_not_self_service", (facts) => withOrder(facts, { lines: [aLine({ product: "domain" as ProductCode })] })],
  ["unpaid_domain_service_not_allowed", (facts) => withOrder(facts, { domainService: "registration" })],
];

function factsAtRung(index: number): IssuanceFacts {
  return LADDER.slice(0, index).reduce((facts, [, mend]) => mend(facts), BROKEN);
}

function codeOf(facts: IssuanceFacts): string {
  const decision = decideIssuance(facts);
  return decision.kind === "refuse" ? decision.refusal.code : "issue";
}

function issued(facts: IssuanceFacts): Issue {
  const decision = decideIssuance(facts);
  if (decision.kind === "refuse") throw new Error(`refused: ${decision.refusal.code}`);
  return decision;
}

describe("the ladder", () => {
  test.each(LADDER.map(([code], index) => ({ code, index })))(
    "rung $index: $code decides before every later rung",
    ({ code, index }) => {
      expect(codeOf(factsAtRung(index))).toBe(code);
    },
  );

  test("an order that breaks no rung is issued", () => {
    expect(codeOf(factsAtRung(LADDER.length))).toBe("issue");
  });

  test("the rules table, the ladder and this table name the same refusals in the same order", () => {
    const codes = LADDER.map(([code]) => code);
    expect(explainIssuance(BROKEN).rungs.map(({ rung }) => rung)).toEqual(codes);
    expect(Object.keys(RULE_OF)).toEqual(codes);
  });
});

describe("R24: every refusal can be explained", () => {
  test("of facts broken everywhere, the first rung refused and later ones would have", () => {
    const { decision, rungs } = explainIssuance(BROKEN);
    expect(decision).toEqual(decideIssuance(BROKEN));
    expect(rungs.map(({ outcome }) => outcome)).toEqual([
      "refused",
      "would_refuse",
      "would_refuse",
      "passed",
      "passed",
      "would_refuse",
      "would_refuse",
      "would_refuse",
      "would_refuse",
      "passed",
    ]);
  });

  test("of an issued order, every rung passed", () => {
    const { decision, rungs } = explainIssuance(someFacts());
    expect(decision.kind).toBe("issue");
    expect(rungs.every(({ outcome, refusal }) => outcome === "passed" && refusal === null)).toBe(true);
  });

  test("a decision names the policy version that made it", () => {
    const policy = { ...DEFAULT_POLICY, version: 7 };
    expect(decideIssuance(someFacts({ policy })).policyVersion).toBe(7);
    expect(decideIssuance(someFacts({ policy, held: HELD })).policyVersion).toBe(7);
  });

  test.each(LADDER.map(([code], index) => ({ code, index })))("$code comes with a next step", ({ index }) => {
    const decision = decideIssuance(factsAtRung(index));
    expect(decision.kind === "refuse" && nextStepOf(decision.refusal).action).toBeTruthy();
  });
});

describe("R19: accounts served by a partner", () => {
  test.each(PARTNER_KINDS)("a %s partner is named, with its contact", (kind) => {
    const decision = decideIssuance(someFacts({ account: anAccount({ servedBy: { ...PARTNER, kind } }) }));
    if (decision.kind !== "refuse") throw new Error("issued");
    expect(nextStepOf(decision.refusal)).toEqual({
      action: "contact_partner",
      name: PARTNER.name,
      contact: PARTNER.contact,
    });
  });

  test("a kind that the policy does not name is served here", () => {
    const policy = { ...DEFAULT_POLICY, partnerKindsRefused: [] };
    expect(codeOf(someFacts({ policy, account: anAccount({ servedBy: PARTNER }) }))).toBe("issue");
  });
});

describe("R4 and R1: one order, one contract; refunds and changes have none", () => {
  test("a second request points at the first contract", () => {
    const decision = decideIssuance(someFacts({ held: HELD }));
    if (decision.kind !== "refuse") throw new Error("issued");
    expect(nextStepOf(decision.refusal)).toEqual({ action: "view_contract", contract: HELD });
  });

  test.each(["new", "renew", "upgrade"] as const)("a paid %s order is issued", (type) => {
    expect(codeOf(someFacts({ order: anOrder({ type }) }))).toBe("issue");
  });

  test.each(["downgrade", "convert", "refund", "os_change", "trial", "other"] as const)(
    "a %s order is refused",
    (type) => {
      expect(codeOf(someFacts({ order: anOrder({ type }) }))).toBe("order_type_not_contractable");
    },
  );

  test("a refund leads to the order that it refunds", () => {
    const original = "20260101-9" as OrderId;
    const decision = decideIssuance(someFacts({ order: anOrder({ type: "refund", relatedOrder: original }) }));
    if (decision.kind !== "refuse") throw new Error("issued");
    expect(nextStepOf(decision.refusal)).toEqual({ action: "view_order", order: original });
  });
});

describe("R8: an unpaid order is held", () => {
  test("for 30 days, the first not counted, until 24:00 of the last in the seller's zone", () => {
    const unpaid = someFacts({ order: anOrder({ status: { state: "unpaid" } }), at: at("2026-11-23T23:59:59+08:00") });
    expect(issued(unpaid).holdUntil).toBe(at("2026-12-24T00:00:00+08:00"));
    expect(issued(unpaid).warnings).toEqual(["unpaid_order_is_held"]);
  });

  test("in the seller's zone, not in the server's", () => {
    const seller = aSeller({ timeZone: "America/New_York" as TimeZone });
    const unpaid = someFacts({ order: anOrder({ status: { state: "unpaid" } }), seller });
    expect(issued(unpaid).holdUntil).toBe(at("2026-12-23T00:00:00-05:00"));
  });

  test("a paid order is not held and carries no warning", () => {
    expect(issued(someFacts())).toMatchObject({ holdUntil: null, warnings: [] });
  });
});

describe("R12: pay-as-you-go", () => {
  const payg = anOrder({ billing: "pay_as_you_go" });

  test("has a contract without an amount", () => {
    expect(issued(someFacts({ order: payg })).amountShown).toBe(false);
    expect(issued(someFacts()).amountShown).toBe(true);
  });

  test("only for products that the catalogue offers that way (R2)", () => {
    const rds = someFacts({ order: { ...payg, lines: [aLine({ product: "rds" as ProductCode })] } });
    expect(codeOf(rds)).toBe("product_not_self_service");
  });
});

describe("R15–R17: domain names", () => {
  const domain = (service: string, status: Order["status"]) =>
    someFacts({
      order: anOrder({ status, domainService: service, lines: [aLine({ product: "domain" as ProductCode })] }),
    });

  test.each(["registration", "renewal", "transfer_in", "redemption", "buyback", "buyback_zhiyu_hulian"])(
    "%s may request before payment and is warned that the name can be lost",
    (service) => {
      expect(issued(domain(service, { state: "unpaid" })).warnings).toEqual([
        "unpaid_order_is_held",
        "domain_can_be_lost_until_paid",
      ]);
    },
  );

  test("any other service is refused before payment and can print the business checklist", () => {
    const decision = decideIssuance(domain("trade", { state: "unpaid" }));
    if (decision.kind !== "refuse") throw new Error("issued");
    expect(decision.refusal).toEqual({ code: "unpaid_domain_service_not_allowed", service: "trade" });
    expect(nextStepOf(decision.refusal)).toEqual({ action: "print_checklist" });
  });

  test("any service may request once paid, without a warning", () => {
    expect(issued(domain("trade", { state: "paid", paidAt: PAST })).warnings).toEqual([]);
  });
});

describe("R18: marketplace orders", () => {
  const channel = { kind: "marketplace", sellerName: "独立商家", seller: "S-9" as SellerId } as const;
  const order = anOrder({ channel, lines: [aLine({ product: "anything_they_sell" as ProductCode })] });

  test("skip the product rung: the independent seller decides by being able to seal", () => {
    expect(codeOf(someFacts({ order }))).toBe("issue");
  });

  test.each([null, aSeller({ canSeal: false })])(
    "a seller that cannot seal leads to the marketplace desk",
    (seller) => {
      const decision = decideIssuance(someFacts({ order, seller }));
      if (decision.kind !== "refuse") throw new Error("issued");
      expect(decision.refusal.code).toBe("seller_cannot_seal");
      expect(nextStepOf(decision.refusal)).toEqual({ action: "open_ticket", queue: "marketplace_desk" });
    },
  );

  test("an unknown marketplace seller is named as the order names it", () => {
    const decision = decideIssuance(someFacts({ order, seller: null }));
    expect(decision).toMatchObject({ refusal: { sellerName: "独立商家", marketplace: true } });
  });

  test("a direct order whose seller cannot seal leads to the contract desk", () => {
    const decision = decideIssuance(someFacts({ seller: aSeller({ canSeal: false }) }));
    if (decision.kind !== "refuse") throw new Error("issued");
    expect(nextStepOf(decision.refusal)).toEqual({ action: "open_ticket", queue: "contract_desk" });
  });
});

describe("whatever the facts", () => {
  test("there is always exactly one answer, and explaining agrees with deciding", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { decision, rungs } = explainIssuance(facts);
        expect(decision).toEqual(decideIssuance(facts));
        const refused = rungs.filter(({ outcome }) => outcome === "refused");
        expect(refused).toHaveLength(decision.kind === "refuse" ? 1 : 0);
        if (decision.kind === "refuse") expect(refused[0]?.refusal).toEqual(decision.refusal);
      }),
      { numRuns: 2000 },
    );
  });

  test("amounts, revision, dates and descriptions do not matter", () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (facts, other) => {
        const { revision, occurredAt, placedAt } = other.order;
        const lines = facts.order.lines.map((line) =>
          aLine({ ...line, total: { minor: 1n, currency: "CNY" }, description: "other", term: null }),
        );
        const disguised = withOrder(facts, { revision, occurredAt, placedAt, lines, domainName: "other.example" });
        expect(decideIssuance(disguised)).toEqual(decideIssuance(facts));
      }),
      { numRuns: 1000 },
    );
  });

  test("a refused order stays refused for as long as its facts stay", () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (facts, other) => {
        expect(codeOf({ ...facts, at: other.at })).toBe(codeOf(facts));
      }),
      { numRuns: 1000 },
    );
  });
});
