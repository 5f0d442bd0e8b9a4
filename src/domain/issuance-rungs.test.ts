import { describe, expect, test } from "vitest";
import { STANDINGS } from "./any-facts.fixture.ts";
import { decideIssuance } from "./decide-issuance.ts";
import {
  aHeld,
  aLine,
  anAccount,
  anOrder,
  answerOf,
  aPolicy,
  aSeller,
  HELD,
  issueOf,
  PARTNER,
  refusalOf,
  someFacts,
} from "./facts.fixture.ts";
import type { ProductCode, SellerId } from "./identifiers.ts";
import {
  alreadyContracted,
  canSealNow,
  identityNotVerified,
  isReplaceable,
  servedByPartner,
} from "./issuance-rungs.ts";
import type { Partner } from "./parties.ts";
import { nextStepOf } from "./refusal.ts";

const PARTNER_KINDS = ["distribution", "virtual_business", "integration", "consulting", "isv_solution"] as const;

describe("R19: accounts served by a partner", () => {
  test.each(PARTNER_KINDS)("a %s partner is named, with its contact", (kind) => {
    const partner: Partner = { ...PARTNER, kind };
    const refusal = refusalOf(decideIssuance(someFacts({ account: anAccount({ servedBy: partner }) })));
    expect(refusal).toEqual({ code: "served_by_partner", partner });
    expect(nextStepOf(refusal)).toEqual({
      action: "contact_partner",
      name: "云帆科技",
      contact: "contract@yunfan.example",
    });
  });

  test.each(PARTNER_KINDS)("a %s partner that the policy does not name keeps nobody from a contract", (kind) => {
    const account = anAccount({ servedBy: { ...PARTNER, kind } });
    const others = PARTNER_KINDS.filter((other) => other !== kind);
    expect(servedByPartner(account, aPolicy({ partnerKindsRefused: others }))).toBeNull();
    expect(servedByPartner(account, aPolicy({ partnerKindsRefused: [] }))).toBeNull();
  });

  test("an account without a partner is served here", () => {
    expect(servedByPartner(anAccount(), aPolicy())).toBeNull();
  });
});

describe("R4: one order, at most one contract", () => {
  test.each(STANDINGS)("also a %s contract occupies its order, and the refusal points at it", (standing) => {
    const refusal = refusalOf(decideIssuance(someFacts({ held: aHeld({ standing }) })));
    expect(refusal).toEqual({ code: "already_contracted", contract: HELD });
    expect(nextStepOf(refusal)).toEqual({ action: "view_contract", contract: HELD });
  });

  test.each(STANDINGS.filter((standing) => standing !== "void"))(
    "with reissue switched on, a %s contract occupies its order all the same",
    (standing) => {
      const held = aHeld({ standing });
      const policy = aPolicy({ reissueAfterVoid: true });
      expect(isReplaceable(held, policy)).toBe(false);
      expect(alreadyContracted(held, policy)).toEqual({ code: "already_contracted", contract: HELD });
    },
  );

  test("with reissue switched on, a void contract is replaced, and the new one says so", () => {
    const facts = someFacts({ held: aHeld({ standing: "void" }), policy: aPolicy({ reissueAfterVoid: true }) });
    expect(issueOf(decideIssuance(facts)).replaces).toBe(HELD);
  });

  test("the first contract of an order replaces none, whatever the policy", () => {
    const policy = aPolicy({ reissueAfterVoid: true });
    expect(issueOf(decideIssuance(someFacts({ policy }))).replaces).toBeNull();
    expect(alreadyContracted(null, aPolicy())).toBeNull();
  });
});

describe("R6: the buyer's name comes from the verified identity", () => {
  const unverified = anAccount({ identity: { state: "unverified" } });

  test("without one there is no contract", () => {
    const refusal = refusalOf(decideIssuance(someFacts({ account: unverified })));
    expect(refusal).toEqual({ code: "identity_not_verified" });
    expect(nextStepOf(refusal)).toEqual({ action: "verify_identity" });
  });

  test("unless the policy asks for none", () => {
    expect(identityNotVerified(unverified, aPolicy({ identityRequired: false }))).toBeNull();
    expect(identityNotVerified(anAccount(), aPolicy())).toBeNull();
  });
});

describe("R18: who sells must be able to seal", () => {
  test.each<[boolean, number | null, boolean]>([
    [true, null, true],
    [true, 2, true],
    [true, 1, true],
    [true, 0, false],
    [true, -1, false],
    [false, null, false],
    [false, 1, false],
  ])("active key %s, quota left %s: %s", (canSeal, quotaLeft, expected) => {
    expect(canSealNow(aSeller({ canSeal, quotaLeft }))).toBe(expected);
    const answer = answerOf(decideIssuance(someFacts({ seller: aSeller({ canSeal, quotaLeft }) })));
    expect(answer).toBe(expected ? "issue" : "seller_cannot_seal");
  });

  const channel = { kind: "marketplace", sellerName: "独立商家", seller: "S-9" as SellerId } as const;
  const order = anOrder({ channel, lines: [aLine({ product: "anything_they_sell" as ProductCode })] });

  test("a marketplace order skips the product rung: the independent seller decides by being able to seal", () => {
    expect(answerOf(decideIssuance(someFacts({ order })))).toBe("issue");
  });

  test("a marketplace seller that cannot seal leads to the marketplace desk, under its legal name", () => {
    const refusal = refusalOf(decideIssuance(someFacts({ order, seller: aSeller({ canSeal: false }) })));
    expect(refusal).toEqual({ code: "seller_cannot_seal", sellerName: aSeller().legalName, marketplace: true });
    expect(nextStepOf(refusal)).toEqual({ action: "open_ticket", queue: "marketplace_desk" });
  });

  test("a marketplace seller that is not known here is named as the order names it", () => {
    const refusal = refusalOf(decideIssuance(someFacts({ order, seller: null })));
    const sellerName = { "zh-CN": "独立商家", en: "独立商家" };
    expect(refusal).toEqual({ code: "seller_cannot_seal", sellerName, marketplace: true });
  });

  test("a direct order whose seller is not known here leads to the contract desk, under the seller's id", () => {
    const refusal = refusalOf(decideIssuance(someFacts({ seller: null })));
    const sellerName = { "zh-CN": "S-1", en: "S-1" };
    expect(refusal).toEqual({ code: "seller_cannot_seal", sellerName, marketplace: false });
    expect(nextStepOf(refusal)).toEqual({ action: "open_ticket", queue: "contract_desk" });
  });
});
