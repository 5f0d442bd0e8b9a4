import { describe, expect, test } from "vitest";
import { STANDINGS } from "./any-facts.fixture.ts";
import { decideOfflineContract } from "./decide-offline-contract.ts";
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
  issueOf,
  PARTNER,
  refusalOf,
  someFacts,
} from "./facts.fixture.ts";
import type { ProductCode } from "./identifiers.ts";
import type { Order } from "./order.ts";
import { lifeOf } from "./order-life.ts";
import { instantOf } from "./time.ts";

const PAST = at("2026-11-10T00:00:00Z");

describe("R20: the contract that the desk has signed on paper becomes the order's one contract", () => {
  test("the desk decides what the ladder leaves to it: partner, type, identity, seller, product, domain service", () => {
    const facts = someFacts({
      order: anOrder({
        type: "trial",
        status: { state: "unpaid" },
        domainService: "trade",
        lines: [aLine({ product: "bespoke_support" as ProductCode })],
      }),
      account: anAccount({ identity: { state: "unverified" }, servedBy: PARTNER }),
      seller: aSeller({ canSeal: false, quotaLeft: 0 }),
      policy: aPolicy({ version: 7 }),
    });
    expect(decideOfflineContract(facts)).toEqual({
      kind: "issue",
      policyVersion: 7,
      holdUntil: at("2026-12-24T00:00:00+08:00"),
      amountShown: true,
      warnings: [],
      replaces: null,
    });
  });

  test("a paid order is not held", () => {
    expect(issueOf(decideOfflineContract(someFacts())).holdUntil).toBeNull();
  });

  test("an unpaid order whose seller is not known here has no zone to count a hold in", () => {
    const order = anOrder({ status: { state: "unpaid" } });
    expect(issueOf(decideOfflineContract(someFacts({ order, seller: null }))).holdUntil).toBeNull();
  });

  test("the hold runs from the placing of the order where the policy says so", () => {
    const order = anOrder({ status: { state: "unpaid" } });
    const policy = aPolicy({ hold: { start: "order", count: "days", days: 30 } });
    expect(issueOf(decideOfflineContract(someFacts({ order, policy }))).holdUntil).toBe(
      at("2026-12-02T00:00:00+08:00"),
    );
  });
});

describe("R4: what the desk cannot decide is that an order has two contracts", () => {
  test.each(STANDINGS)("a %s contract occupies the order", (standing) => {
    const policy = aPolicy({ version: 7 });
    expect(decideOfflineContract(someFacts({ held: aHeld({ standing }), policy }))).toEqual({
      kind: "refuse",
      policyVersion: 7,
      refusal: { code: "already_contracted", contract: HELD },
    });
  });

  test.each(STANDINGS)("with reissue switched on, a %s one is replaced only if it is void", (standing) => {
    const facts = someFacts({ held: aHeld({ standing }), policy: aPolicy({ reissueAfterVoid: true }) });
    const decision = decideOfflineContract(facts);
    expect(answerOf(decision)).toBe(standing === "void" ? "issue" : "already_contracted");
    if (decision.kind === "issue") expect(decision.replaces).toBe(HELD);
  });

  test("a first contract replaces none", () => {
    const policy = aPolicy({ reissueAfterVoid: true });
    expect(issueOf(decideOfflineContract(someFacts({ policy }))).replaces).toBeNull();
  });

  test("an occupied order that is over, too, is refused for its contract", () => {
    const order = anOrder({ status: { state: "cancelled", cancelledAt: PAST } });
    expect(answerOf(decideOfflineContract(someFacts({ order, held: aHeld() })))).toBe("already_contracted");
  });
});

describe("R9–R11: nor that an order has one although it is over", () => {
  test.each<[string, Order["status"]]>([
    ["order_cancelled", { state: "cancelled", cancelledAt: PAST }],
    ["order_expired", { state: "expired", expiredAt: PAST }],
    ["order_refunded", { state: "refunded", refundedAt: PAST, paidAt: PAST }],
  ])("%s", (code, status) => {
    expect(refusalOf(decideOfflineContract(someFacts({ order: anOrder({ status }) })))).toEqual({ code });
  });

  test("cancelled is final, whatever the newest report says", () => {
    const status = { state: "refunded", refundedAt: PAST, paidAt: PAST } as const;
    const life = lifeOf([
      { revision: 1, status: { state: "cancelled", cancelledAt: PAST } },
      { revision: 2, status },
    ]);
    expect(answerOf(decideOfflineContract(someFacts({ order: anOrder({ status, life }) })))).toBe("order_cancelled");
  });

  test("R10: a hold that runs from the placing of the order is over at its end, not one millisecond before", () => {
    const order = anOrder({ status: { state: "unpaid" } });
    const policy = aPolicy({ hold: { start: "order", count: "hours", hours: 1 } });
    const end = at("2026-11-01T10:00:00+08:00");
    expect(answerOf(decideOfflineContract(someFacts({ order, policy, at: instantOf(end - 1) })))).toBe("issue");
    expect(answerOf(decideOfflineContract(someFacts({ order, policy, at: end })))).toBe("order_expired");
  });
});
