import { describe, expect, test } from "vitest";
import { decideIssuance, explainIssuance, type IssuanceFacts } from "./decide-issuance.ts";
import {
  aHeld,
  aLine,
  anAccount,
  anOrder,
  answerOf,
  aPolicy,
  aSeller,
  at,
  HELD,
  PARTNER,
  refusalOf,
  someFacts,
  VERIFIED,
} from "./facts.fixture.ts";
import type { OrderId, ProductCode } from "./identifiers.ts";
import type { Order } from "./order.ts";
import { lifeOf } from "./order-life.ts";
import type { HoldRule } from "./policy.ts";
import { type NextStep, nextStepOf, type Refusal, RULE_OF } from "./refusal.ts";

const PAST = at("2026-11-10T00:00:00Z");
const FROM_ORDER: HoldRule = { start: "order", count: "hours", hours: 1 };

/** Broken on every rung at once, but for `order_refunded`: an order is not unpaid and refunded together. */
const BROKEN = someFacts({
  order: anOrder({
    type: "trial",
    status: { state: "unpaid" },
    life: lifeOf([{ revision: 1, status: { state: "cancelled", cancelledAt: PAST } }]),
    lines: [aLine(), aLine({ product: "bespoke_support" as ProductCode, name: null })],
    domainService: "trade",
  }),
  account: anAccount({ identity: { state: "unverified" }, servedBy: PARTNER }),
  seller: aSeller({ canSeal: false }),
  held: aHeld(),
  policy: aPolicy({ version: 7, hold: FROM_ORDER }),
});

function withOrder(facts: IssuanceFacts, changes: Partial<Order>): IssuanceFacts {
  return { ...facts, order: { ...facts.order, ...changes } };
}

function withStatus(facts: IssuanceFacts, status: Order["status"]): IssuanceFacts {
  return withOrder(facts, { status, life: lifeOf([{ revision: 1, status }]) });
}

interface Row {
  readonly refusal: Refusal;
  readonly rule: string;
  readonly step: NextStep;
  readonly mend: (facts: IssuanceFacts) => IssuanceFacts;
}

/** What decides, what to do instead, and how to mend it: after each row the facts break one rung fewer. */
const LADDER: readonly Row[] = [
  {
    refusal: { code: "served_by_partner", partner: PARTNER },
    rule: "R19",
    step: { action: "contact_partner", name: PARTNER.name, contact: PARTNER.contact },
    mend: (facts) => ({ ...facts, account: { ...facts.account, servedBy: null } }),
  },
  {
    refusal: { code: "already_contracted", contract: HELD },
    rule: "R4",
    step: { action: "view_contract", contract: HELD },
    mend: (facts) => ({ ...facts, held: null }),
  },
  {
    refusal: { code: "order_cancelled" },
    rule: "R9",
    step: { action: "place_new_order" },
    mend: (facts) => withStatus(facts, { state: "unpaid" }),
  },
  {
    refusal: { code: "order_expired" },
    rule: "R10",
    step: { action: "place_new_order" },
    mend: (facts) => withStatus(facts, { state: "refunded", refundedAt: PAST, paidAt: PAST }),
  },
  {
    refusal: { code: "order_refunded" },
    rule: "R11",
    step: { action: "place_new_order" },
    mend: (facts) => withStatus({ ...facts, policy: { ...facts.policy, hold: aPolicy().hold } }, { state: "unpaid" }),
  },
  {
    refusal: { code: "order_type_not_contractable", type: "trial", relatedOrder: null },
    rule: "R1",
    step: { action: "open_ticket", queue: "contract_desk" },
    mend: (facts) => withOrder(facts, { type: "new" }),
  },
  {
    refusal: { code: "identity_not_verified" },
    rule: "R6",
    step: { action: "verify_identity" },
    mend: (facts) => ({ ...facts, account: { ...facts.account, identity: VERIFIED } }),
  },
  {
    refusal: { code: "seller_cannot_seal", sellerName: aSeller().legalName, marketplace: false },
    rule: "R18",
    step: { action: "open_ticket", queue: "contract_desk" },
    mend: (facts) => ({ ...facts, seller: aSeller() }),
  },
  {
    refusal: { code: "product_not_self_service", product: "bespoke_support" as ProductCode, name: null },
    rule: "R3",
    step: { action: "open_ticket", queue: "contract_desk" },
    mend: (facts) => withOrder(facts, { lines: [aLine(), aLine({ product: "domain" as ProductCode })] }),
  },
  {
    refusal: { code: "unpaid_domain_service_not_allowed", service: "trade" },
    rule: "R15",
    step: { action: "print_checklist" },
    mend: (facts) => withOrder(facts, { domainService: "registration" }),
  },
];

const CODES = LADDER.map(({ refusal }) => refusal.code);
const RUNGS = LADDER.map((row, index) => ({ ...row, index, code: row.refusal.code }));

function factsAtRung(index: number): IssuanceFacts {
  return LADDER.slice(0, index).reduce((facts, { mend }) => mend(facts), BROKEN);
}

describe("the ladder, every rung broken, then mended one by one", () => {
  test.each(RUNGS)("rung $index, $rule: $code decides before every later rung", ({ index, refusal, rule, step }) => {
    expect(decideIssuance(factsAtRung(index))).toEqual({ kind: "refuse", policyVersion: 7, refusal });
    expect(RULE_OF[refusal.code]).toBe(rule);
    expect(nextStepOf(refusal)).toEqual(step);
  });

  test("an order that breaks no rung any more is issued", () => {
    expect(decideIssuance(factsAtRung(LADDER.length))).toEqual({
      kind: "issue",
      policyVersion: 7,
      holdUntil: at("2026-12-24T00:00:00+08:00"),
      amountShown: true,
      warnings: ["unpaid_order_is_held", "domain_can_be_lost_until_paid"],
      replaces: null,
    });
  });

  test("the table of rules, the ladder and this table name the same refusals in the same order", () => {
    expect(explainIssuance(BROKEN).rungs.map(({ rung }) => rung)).toEqual(CODES);
    expect(Object.keys(RULE_OF)).toEqual([...CODES, "bill_not_final", "timestamp_unavailable"]);
  });
});

describe("R24: every refusal can be explained", () => {
  test.each(RUNGS)(
    "at $code, earlier rungs passed, this one refused, and the others say what they would",
    ({ index }) => {
      const facts = factsAtRung(index);
      const { decision, rungs } = explainIssuance(facts);
      expect(decision).toEqual(decideIssuance(facts));
      const unpaid = facts.order.status.state === "unpaid";
      for (const [place, { outcome, refusal }] of rungs.entries()) {
        const code = CODES[place];
        const isBroken = place >= index && code !== (unpaid ? "order_refunded" : "unpaid_domain_service_not_allowed");
        expect([code, refusal?.code ?? null]).toEqual([code, isBroken ? code : null]);
        expect(outcome).toBe(isBroken ? (place === index ? "refused" : "would_refuse") : "passed");
      }
    },
  );

  test("of an issued order, every rung passed", () => {
    const { decision, rungs } = explainIssuance(someFacts());
    expect(decision.kind).toBe("issue");
    expect(rungs.map(({ outcome, refusal }) => [outcome, refusal])).toEqual(LADDER.map(() => ["passed", null]));
  });

  test("a paid order is issued under the version of the policy, with nothing to wait for", () => {
    expect(decideIssuance(someFacts({ policy: aPolicy({ version: 9 }) }))).toEqual({
      kind: "issue",
      policyVersion: 9,
      holdUntil: null,
      amountShown: true,
      warnings: [],
      replaces: null,
    });
  });
});

describe("R1: refunds and changes have no contract of their own", () => {
  test.each(["new", "renew", "upgrade"] as const)("a paid %s order is issued", (type) => {
    expect(answerOf(decideIssuance(someFacts({ order: anOrder({ type }) })))).toBe("issue");
  });

  test.each(["downgrade", "convert", "refund", "os_change", "trial", "other"] as const)("a %s order is not", (type) => {
    const refusal = refusalOf(decideIssuance(someFacts({ order: anOrder({ type }) })));
    expect(refusal).toEqual({ code: "order_type_not_contractable", type, relatedOrder: null });
  });

  test("a policy without any contractable type issues nothing", () => {
    const policy = aPolicy({ contractableOrderTypes: [] });
    expect(answerOf(decideIssuance(someFacts({ policy })))).toBe("order_type_not_contractable");
  });

  test("a refund leads to the order that it refunds", () => {
    const relatedOrder = "20260101-9" as OrderId;
    const refusal = refusalOf(decideIssuance(someFacts({ order: anOrder({ type: "refund", relatedOrder }) })));
    expect(nextStepOf(refusal)).toEqual({ action: "view_order", order: relatedOrder });
  });
});

describe("R2, R3: self-service products are the policy's", () => {
  const of = (product: string, changes: Partial<Order> = {}) =>
    decideIssuance(someFacts({ order: anOrder({ lines: [aLine({ product: product as ProductCode })], ...changes }) }));

  test.each(["bespoke_support", "constructor", "__proto__", "toString", "ECS", ""])("%j is none of them", (product) => {
    expect(refusalOf(of(product))).toEqual({ code: "product_not_self_service", product, name: null });
  });

  test("one product that is none of them is enough, and the first one is named", () => {
    const lines = ["ecs", "x-2", "x-1"].map((product) => aLine({ product: product as ProductCode }));
    expect(refusalOf(of("", { lines }))).toEqual({ code: "product_not_self_service", product: "x-2", name: null });
  });

  test("a policy without products issues nothing", () => {
    const policy = aPolicy({ selfServiceProducts: {} });
    expect(answerOf(decideIssuance(someFacts({ policy })))).toBe("product_not_self_service");
  });

  test("a product that is offered in no way of billing is none of them", () => {
    const policy = aPolicy({ selfServiceProducts: { ecs: [] } });
    expect(answerOf(decideIssuance(someFacts({ policy })))).toBe("product_not_self_service");
  });

  test.each(["rds", "alimail", "hichina_host", "cdn", "oss", "ddos", "saf", "domain"])(
    "%s is one by subscription and not by the hour",
    (product) => {
      expect(answerOf(of(product))).toBe("issue");
      expect(answerOf(of(product, { billing: "pay_as_you_go" }))).toBe("product_not_self_service");
    },
  );
});
