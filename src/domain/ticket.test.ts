import { describe, expect, test } from "vitest";
import type { BillCycle } from "./bill.ts";
import { decideIssuance, type Refuse } from "./decide-issuance.ts";
import { HELD, PARTNER, SHANGHAI, someFacts } from "./facts.fixture.ts";
import type { OrderId, ProductCode } from "./identifiers.ts";
import type { Refusal } from "./refusal.ts";
import { refusalTitle } from "./refusal-text.ts";
import { parseTicketId, TICKET_QUEUES, ticketFor } from "./ticket.ts";
import { ticketTopicText } from "./ticket-text.ts";
import { instantOf } from "./time.ts";

const sellerName = { "zh-CN": "独立商家", en: "Independent" };

function refuse(refusal: Refusal): Refuse {
  return { kind: "refuse", policyVersion: 1, refusal };
}

describe("R3, R18, R20: a ticket is opened from a refusal whose next step it is", () => {
  test.each<[Refusal, string]>([
    [{ code: "product_not_self_service", product: "bespoke_support" as ProductCode, name: null }, "contract_desk"],
    [{ code: "order_type_not_contractable", type: "trial", relatedOrder: null }, "contract_desk"],
    [{ code: "seller_cannot_seal", sellerName, marketplace: false }, "contract_desk"],
    [{ code: "seller_cannot_seal", sellerName, marketplace: true }, "marketplace_desk"],
  ])("%j: the ticket goes to the %s", (refusal, queue) => {
    expect(ticketFor(refuse(refusal))).toEqual({ kind: "open", queue, topic: refusal.code });
  });

  test.each<Refusal>([
    { code: "served_by_partner", partner: PARTNER },
    { code: "already_contracted", contract: HELD },
    { code: "order_cancelled" },
    { code: "order_expired" },
    { code: "order_refunded" },
    { code: "order_type_not_contractable", type: "refund", relatedOrder: "20260101-9" as OrderId },
    { code: "identity_not_verified" },
    { code: "unpaid_domain_service_not_allowed", service: null },
    { code: "bill_not_final", cycle: "2026-10" as BillCycle, requestableFrom: instantOf(0), timeZone: SHANGHAI },
  ])("%j: there is something else to do, so that no ticket is opened", (refusal) => {
    expect(ticketFor(refuse(refusal))).toEqual({ kind: "refused", refuse: refuse(refusal) });
  });

  test("an order that can have its contract is to be requested instead", () => {
    expect(ticketFor(decideIssuance(someFacts()))).toEqual({ kind: "request_instead" });
  });

  test("there are two desks", () => {
    expect(TICKET_QUEUES).toEqual(["contract_desk", "marketplace_desk"]);
  });
});

describe("the id of a ticket", () => {
  test("is a UUID in lower case", () => {
    const id = "019a0000-0000-7000-8000-00000000abcd";
    expect(parseTicketId(id)).toBe(id);
  });

  test.each([
    "",
    "019a0000-0000-7000-8000-00000000abcd ",
    " 019a0000-0000-7000-8000-00000000abcd",
    "019A0000-0000-7000-8000-00000000ABCD",
    "019a0000-0000-7000-8000-00000000abc",
    "019a000-0000-7000-8000-00000000abcd",
    "019a0000-0000-7000-00000000abcd",
    "019a0000-00-7000-8000-00000000abcd",
    "019g0000-0000-7000-8000-00000000abcd",
    "019a0000-000g-7000-8000-00000000abcd",
    "019a0000-0000-7000-8000-00000000abcg",
  ])("%j is none", (text) => {
    expect(parseTicketId(text)).toBeNull();
  });
});

describe("what a ticket is about, in a few words", () => {
  test("the title of the refusal it was opened from", () => {
    expect(ticketTopicText("product_not_self_service")).toEqual(refusalTitle("product_not_self_service"));
  });

  test("R10: a payment that came too late", () => {
    expect(ticketTopicText("paid_after_hold")).toEqual({
      "zh-CN": "逾期付款，合同已失效",
      en: "Paid after the hold; the contract has lapsed",
    });
  });
});

test("there are two desks", () => {
  expect(TICKET_QUEUES).toEqual(["contract_desk", "marketplace_desk"]);
});
