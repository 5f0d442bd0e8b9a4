import { describe, expect, test } from "vitest";
import { decideIssuance, type IssuanceFacts } from "./decide-issuance.ts";
import { aLine, anOrder, answerOf, aPolicy, at, issueOf, refusalOf, someFacts } from "./facts.fixture.ts";
import type { ProductCode } from "./identifiers.ts";
import type { Order } from "./order.ts";
import { nextStepOf } from "./refusal.ts";

const SERVICES = ["registration", "renewal", "transfer_in", "redemption", "buyback", "buyback_zhiyu_hulian"] as const;
const PAID = { state: "paid", paidAt: at("2026-11-10T00:00:00Z") } as const;
const BOTH_WARNINGS = ["unpaid_order_is_held", "domain_can_be_lost_until_paid"];

const domainLine = aLine({ product: "domain" as ProductCode });

function unpaid(changes: Partial<Order>): IssuanceFacts {
  return someFacts({ order: anOrder({ status: { state: "unpaid" }, ...changes }) });
}

describe("R16: these services may request before payment, and R17: are warned that the name can be lost", () => {
  test.each(SERVICES)("%s", (domainService) => {
    const { warnings } = issueOf(decideIssuance(unpaid({ domainService, domainName: "a.cn", lines: [domainLine] })));
    expect(warnings).toEqual(BOTH_WARNINGS);
  });

  test.each(SERVICES)("%s may not where the policy leaves it out: the set is data", (domainService) => {
    const facts = unpaid({ domainService, lines: [domainLine] });
    const policy = aPolicy({ domainServicesBeforePayment: SERVICES.filter((other) => other !== domainService) });
    expect(refusalOf(decideIssuance({ ...facts, policy }))).toEqual({
      code: "unpaid_domain_service_not_allowed",
      service: domainService,
    });
  });

  test("a service that the policy adds may", () => {
    const policy = aPolicy({ domainServicesBeforePayment: ["auction"] });
    expect(issueOf(decideIssuance({ ...unpaid({ domainService: "auction" }), policy })).warnings).toEqual(
      BOTH_WARNINGS,
    );
  });
});

describe("R15: any other unpaid domain order has no contract, and can print the business checklist", () => {
  test.each<[string, Partial<Order>, string | null]>([
    ["of another service", { domainService: "trade", lines: [domainLine] }, "trade"],
    ["of another service, with an ordinary product", { domainService: "trade" }, "trade"],
    ["known by its domain name only", { domainName: "a.cn" }, null],
    ["known by its product only", { lines: [domainLine] }, null],
    ["known by the product of one line among others", { lines: [aLine(), domainLine] }, null],
  ])("%s", (_, changes, service) => {
    const refusal = refusalOf(decideIssuance(unpaid(changes)));
    expect(refusal).toEqual({ code: "unpaid_domain_service_not_allowed", service });
    expect(nextStepOf(refusal)).toEqual({ action: "print_checklist" });
  });

  test.each<[string, Partial<Order>]>([
    ["of any service", { domainService: "trade", lines: [domainLine] }],
    ["without a service", { domainName: "a.cn" }],
    ["known by its product only", { lines: [domainLine] }],
  ])("once paid it may have one, %s, without a warning", (_, changes) => {
    expect(issueOf(decideIssuance(unpaid({ ...changes, status: PAID }))).warnings).toEqual([]);
  });

  test("which products are domain names is the policy's to say", () => {
    const facts = unpaid({ lines: [domainLine] });
    expect(issueOf(decideIssuance({ ...facts, policy: aPolicy({ domainProducts: [] }) })).warnings).toEqual([
      "unpaid_order_is_held",
    ]);
    const policy = aPolicy({ domainProducts: ["ecs"] });
    expect(answerOf(decideIssuance({ ...unpaid({}), policy }))).toBe("unpaid_domain_service_not_allowed");
  });

  test("an unpaid order that is for no domain name is none of this", () => {
    expect(issueOf(decideIssuance(unpaid({}))).warnings).toEqual(["unpaid_order_is_held"]);
  });
});
