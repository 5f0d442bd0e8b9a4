import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CLAUSE_NUMBERS } from "./clause-library.ts";
import { type ClauseChoice, pickClauses, TEMPLATES, templateOf } from "./contract-template.ts";
import { anOrder } from "./facts.fixture.ts";
import type { SellerId } from "./identifiers.ts";
import { CONTRACT_LANGUAGES } from "./localized.ts";

const CHOICE: ClauseChoice = {
  template: "order/1",
  language: "zh-CN",
  payAsYouGo: false,
  paid: true,
  platformKnown: false,
  domainKnown: false,
  term: "fixed",
};

describe("which clauses a contract has, in their order", () => {
  const DOMAIN = { template: "domain/1", domainKnown: true } as const;
  const MARKETPLACE = { template: "marketplace/1", platformKnown: true } as const;
  test.each<[string, Partial<ClauseChoice>, string]>([
    ["a paid subscription", {}, "101 201 301 401 601 701 801 901 911"],
    ["the same in English", { language: "en" }, "101 201 301 401 601 701 801 901 911"],
    ["in both languages", { language: "zh-CN+en" }, "101 201 301 401 601 701 801 901 911 921"],
    ["unpaid", { paid: false }, "101 202 301 401 601 701 801 901 911"],
    ["without a term", { term: "none" }, "101 201 303 401 601 701 801 901 911"],
    ["without an end", { term: "open" }, "101 201 302 401 601 701 801 901 911"],
    [
      "pay-as-you-go",
      { template: "pay-as-you-go/1", payAsYouGo: true, term: "open" },
      "101 203 302 401 601 702 801 901 911",
    ],
    [
      "pay-as-you-go that waits for a payment",
      { template: "pay-as-you-go/1", payAsYouGo: true, paid: false, term: "open" },
      "101 203 302 401 601 702 801 901 911",
    ],
    ["a paid domain order", DOMAIN, "103 201 301 403 601 701 801 901 911"],
    [
      "an unpaid registration",
      { ...DOMAIN, paid: false, domainService: "registration" },
      "103 202 301 403 411 601 701 801 901 911",
    ],
    [
      "an unpaid buyback",
      { ...DOMAIN, paid: false, domainService: "buyback" },
      "103 202 301 403 411 601 701 801 901 911",
    ],
    [
      "a service that only the source knows",
      { ...DOMAIN, paid: false, domainService: null },
      "103 202 301 403 411 601 701 801 901 911",
    ],
    [
      "an unpaid renewal",
      { ...DOMAIN, paid: false, domainService: "renewal" },
      "103 202 301 403 412 601 701 801 901 911",
    ],
    [
      "an unpaid transfer",
      { ...DOMAIN, paid: false, domainService: "transfer_in" },
      "103 202 301 403 412 601 701 801 901 911",
    ],
    [
      "an unpaid redemption",
      { ...DOMAIN, paid: false, domainService: "redemption" },
      "103 202 301 403 412 601 701 801 901 911",
    ],
    ["a marketplace order", MARKETPLACE, "101 201 301 401 501 601 701 801 901 911"],
    ["one of a platform without a name", { template: "marketplace/1" }, "101 201 301 401 601 701 801 901 911"],
    ["a platform that is none of the order's business", { platformKnown: true }, "101 201 301 401 601 701 801 901 911"],
    [
      "an unpaid domain name on a marketplace",
      { ...MARKETPLACE, domainKnown: true, paid: false },
      "101 202 301 401 411 501 601 701 801 901 911",
    ],
    ["a month's bill", { template: "bill/1" }, "102 204 304 502 402 601 701 802 902 911"],
    [
      "a month's bill in both languages",
      { template: "bill/1", language: "zh-CN+en" },
      "102 204 304 502 402 601 701 802 902 911 921",
    ],
  ])("%s", (_, changes, clauses) => {
    expect(pickClauses({ ...CHOICE, ...changes }).join(" ")).toBe(clauses);
  });

  test("every clause of the library is picked by some contract, and none twice", () => {
    const picked = new Set<string>();
    for (const choice of everyChoice()) {
      const clauses = pickClauses(choice);
      expect(new Set(clauses).size).toBe(clauses.length);
      for (const clause of clauses) picked.add(clause);
    }
    expect([...picked].sort()).toEqual([...CLAUSE_NUMBERS]);
  });

  test("every contract says what is sold, at what price, for how long, when it ends and when it takes effect", () => {
    for (const choice of everyChoice()) {
      const hundreds = pickClauses(choice).map((clause) => clause.charAt(0));
      for (const [subject, times] of [
        ["1", 1],
        ["2", 1],
        ["3", 1],
        ["6", 1],
        ["7", 1],
        ["8", 1],
      ] as const) {
        expect(hundreds.filter((found) => found === subject)).toHaveLength(times);
      }
      expect(pickClauses(choice).filter((clause) => clause.startsWith("90"))).toHaveLength(1);
    }
  });
});

/** Every combination of what the choice depends on. */
function everyChoice(): readonly ClauseChoice[] {
  const flags = [false, true];
  return TEMPLATES.flatMap((template) =>
    CONTRACT_LANGUAGES.flatMap((language) =>
      flags.flatMap((payAsYouGo) =>
        flags.flatMap((paid) =>
          flags.flatMap((platformKnown) =>
            flags.flatMap((domainKnown) =>
              (["none", "open", "fixed"] as const).flatMap((term) =>
                ["registration", "renewal"].map((domainService) => ({
                  template,
                  language,
                  payAsYouGo,
                  paid,
                  platformKnown,
                  domainKnown,
                  term,
                  domainService,
                })),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

test("a marketplace order is drawn as one whatever it buys; after that its business decides", () => {
  const marketplace = { kind: "marketplace", sellerName: "独立商家", seller: "S-1" as SellerId } as const;
  fc.assert(
    fc.property(fc.boolean(), fc.constantFrom(null, "example.cn"), fc.boolean(), (payAsYouGo, domainName, onMarket) => {
      const billing = payAsYouGo ? "pay_as_you_go" : "subscription";
      const order = anOrder({ billing, domainName, ...(onMarket ? { channel: marketplace } : {}) });
      const business = domainName !== null ? "domain/1" : payAsYouGo ? "pay-as-you-go/1" : "order/1";
      expect(templateOf(order)).toBe(onMarket ? "marketplace/1" : business);
    }),
  );
});
