import { describe, expect, test } from "vitest";
import { STANDINGS } from "./any-facts.fixture.ts";
import type { BillCycle } from "./bill.ts";
import type { Warning } from "./decide-issuance.ts";
import { domainServiceText } from "./domain-service.ts";
import { at, HELD, PARTNER, SHANGHAI } from "./facts.fixture.ts";
import type { OrderId, ProductCode } from "./identifiers.ts";
import { dayText } from "./instant-text.ts";
import type { Localized } from "./localized.ts";
import { ORDER_TYPES } from "./order.ts";
import { PARTNER_KINDS } from "./parties.ts";
import { nextStepOf, type Refusal, type RefusalCode, RULE_OF } from "./refusal.ts";
import { nextStepText, refusalText, refusalTitle, standingText, warningText } from "./refusal-text.ts";

const SELLER: Localized = { "zh-CN": "独立商家", en: "Independent Shop" };
const FROM = at("2026-10-04T00:00:00+08:00");

/** One refusal per code, or more where the facts change the sentence; and the facts that it must show. */
const REFUSALS: readonly (readonly [Refusal, readonly (string | Localized)[]])[] = [
  ...PARTNER_KINDS.map(
    (kind) => [{ code: "served_by_partner", partner: { ...PARTNER, kind } }, [PARTNER.name]] as const,
  ),
  [{ code: "already_contracted", contract: HELD }, [HELD]],
  [{ code: "order_cancelled" }, []],
  [{ code: "order_expired" }, []],
  [{ code: "order_refunded" }, []],
  ...ORDER_TYPES.flatMap((type) => [
    [{ code: "order_type_not_contractable", type, relatedOrder: null }, []] as const,
    [{ code: "order_type_not_contractable", type, relatedOrder: "2026-9" as OrderId }, ["2026-9"]] as const,
  ]),
  [{ code: "identity_not_verified" }, []],
  [{ code: "seller_cannot_seal", sellerName: SELLER, marketplace: true }, [SELLER]],
  [{ code: "seller_cannot_seal", sellerName: SELLER, marketplace: false }, [SELLER]],
  [{ code: "seller_cannot_seal", sellerName: SELLER, marketplace: false, contact: "a@seller.example" }, [SELLER]],
  [{ code: "product_not_self_service", product: "bespoke" as ProductCode, name: null }, ["bespoke"]],
  [{ code: "product_not_self_service", product: "bespoke" as ProductCode, name: SELLER }, ["bespoke", SELLER]],
  [{ code: "unpaid_domain_service_not_allowed", service: "trade" }, ["trade"]],
  [{ code: "unpaid_domain_service_not_allowed", service: "fixed_price" }, [domainServiceText("fixed_price")]],
  [{ code: "unpaid_domain_service_not_allowed", service: null }, []],
  [
    { code: "bill_not_final", cycle: "2026-09" as BillCycle, requestableFrom: FROM, timeZone: SHANGHAI },
    [{ "zh-CN": "2026年9月账单", en: "The bill of 2026-09" }, dayText(FROM, SHANGHAI)],
  ],
  [{ code: "timestamp_unavailable" }, []],
];

const CODES = Object.keys(RULE_OF) as readonly RefusalCode[];
const WARNINGS: readonly Warning[] = ["unpaid_order_is_held", "domain_can_be_lost_until_paid"];
const HOLD = { "zh-CN": "2026年12月23日24:00", en: "24:00 on 23 December 2026" } as const;

/** One sentence, ended as its language ends one, without a slip of the template. */
function expectSentence(text: Localized): void {
  expect(text["zh-CN"]).toMatch(/^[^。]*\p{Script=Han}[^。]*。$/u);
  expect(text["zh-CN"]).not.toMatch(/[,;?!]|undefined|null|\s{2}/);
  expect(text.en).toMatch(/^[A-Z].*\.$/);
  expect(text.en).not.toMatch(/\.\s+[A-Z]|undefined|null|\s{2}/);
}

function expectLabel(text: Localized): void {
  expect(text["zh-CN"]).toMatch(/^[\p{Script=Han}]{2,20}$/u);
  expect(text.en).toMatch(/^[A-Z][a-zA-Z -]{2,40}$/);
}

/** The refusal with the facts that tell it from others of its code: "seller_cannot_seal Independent Shop true". */
function keyOf({ code, ...facts }: Refusal): string {
  const told = Object.values(facts).map((fact: unknown) => {
    if (typeof fact !== "object" || fact === null) return String(fact);
    return "kind" in fact ? fact.kind : "en" in fact ? fact.en : "";
  });
  return [code, ...told].join(" ");
}

/** Every word that a buyer reads here, under what it is said of. */
function everyWord(): Readonly<Record<string, unknown>> {
  const refusals = REFUSALS.map(([refusal]) => {
    const { label, sentence } = nextStepText(nextStepOf(refusal));
    return [keyOf(refusal), { refusal: refusalText(refusal), label, sentence }] as const;
  });
  return {
    titles: Object.fromEntries(CODES.map((code) => [code, refusalTitle(code)])),
    refusals: Object.fromEntries(refusals),
    warnings: Object.fromEntries(WARNINGS.map((warning) => [warning, warningText(warning, HOLD)])),
    standings: Object.fromEntries(STANDINGS.map((standing) => [standing, standingText(standing)])),
  };
}

test("R24: no word changes unseen; a wanted change is accepted with vitest -u and read in the diff", async () => {
  await expect(`${JSON.stringify(everyWord(), null, 2)}\n`).toMatchFileSnapshot("refusal-text.golden.json");
});

describe("R24: every refusal speaks both languages", () => {
  test("the sentences below cover every code", () => {
    expect(new Set(REFUSALS.map(([{ code }]) => code))).toEqual(new Set(CODES));
  });

  test.each(REFUSALS)("%j is one plain sentence with its facts", (refusal, facts) => {
    const sentence = refusalText(refusal);
    expectSentence(sentence);
    for (const fact of facts) {
      expect(sentence["zh-CN"]).toContain(typeof fact === "string" ? fact : fact["zh-CN"]);
      expect(sentence.en).toContain(typeof fact === "string" ? fact : fact.en);
    }
  });

  test.each(REFUSALS)("%j has a next step with a label and a sentence", (refusal) => {
    const { label, sentence } = nextStepText(nextStepOf(refusal));
    expectLabel(label);
    expectSentence(sentence);
  });

  test.each(CODES)("%s has a title", (code) => {
    expectLabel(refusalTitle(code));
  });

  test("the partner's contact is in the next step", () => {
    const { sentence } = nextStepText(nextStepOf({ code: "served_by_partner", partner: PARTNER }));
    expect(sentence["zh-CN"]).toContain(PARTNER.contact);
    expect(sentence.en).toContain(PARTNER.contact);
  });

  test("a marketplace order leads to another desk than a direct one", () => {
    const marketplace = nextStepText({ action: "open_ticket", queue: "marketplace_desk" });
    expect(marketplace).not.toEqual(nextStepText({ action: "open_ticket", queue: "contract_desk" }));
  });
});

describe("R8, R17: warnings", () => {
  test.each(WARNINGS)("%s is one plain sentence", (warning) => {
    expectSentence(warningText(warning, HOLD));
  });

  test("the end of the hold is shown as it was written out", () => {
    const sentence = warningText("unpaid_order_is_held", HOLD);
    expect(sentence["zh-CN"]).toContain(HOLD["zh-CN"]);
    expect(sentence.en).toContain(HOLD.en);
  });
});

test.each(STANDINGS)("the standing %s has a name of its own in both languages", (standing) => {
  expectLabel(standingText(standing));
  const others = STANDINGS.filter((other) => other !== standing).map(standingText);
  expect(others.map((other) => other["zh-CN"])).not.toContain(standingText(standing)["zh-CN"]);
  expect(others.map((other) => other.en)).not.toContain(standingText(standing).en);
});

test("R5: whoever asks again is told to download as often as wanted", () => {
  const sentence = refusalText({ code: "already_contracted", contract: HELD });
  expect(sentence["zh-CN"]).toContain("不限次数");
  expect(sentence.en).toContain("as often as you like");
});

test("every refusal's next step differs in words from every other step", () => {
  const labels = new Map(
    REFUSALS.map(([refusal]) => [nextStepOf(refusal).action, nextStepText(nextStepOf(refusal)).label.en]),
  );
  expect(new Set(labels.values()).size).toBe(labels.size);
  expect(labels.size).toBe(10);
});
