import { describe, expect, test } from "vitest";
import { decideIssuance } from "./decide-issuance.ts";
import { anOrder, answerOf, aPolicy, aSeller, at, issueOf, refusalOf, someFacts } from "./facts.fixture.ts";
import type { Order } from "./order.ts";
import { lifeOf } from "./order-life.ts";
import { instantOf, type TimeZone } from "./time.ts";

const PAST = at("2026-11-10T00:00:00Z");
const NOW = at("2026-11-23T10:00:00+08:00");

describe("R8: an unpaid order may have a contract, and is held", () => {
  const unpaid = someFacts({ order: anOrder({ status: { state: "unpaid" } }) });

  test("until 24:00 of the 30th day after the day of the request in the seller's zone, and the buyer is warned", () => {
    const { holdUntil, warnings } = issueOf(decideIssuance({ ...unpaid, at: at("2026-11-23T23:59:59.999+08:00") }));
    expect(holdUntil).toBe(at("2026-12-24T00:00:00+08:00"));
    expect(warnings).toEqual(["unpaid_order_is_held"]);
  });

  test("in the seller's zone, not in the server's", () => {
    const seller = aSeller({ timeZone: "America/New_York" as TimeZone });
    const { holdUntil } = issueOf(decideIssuance({ ...unpaid, seller }));
    expect(holdUntil).toBe(at("2026-12-23T00:00:00-05:00"));
  });

  test("from the placing of the order where the policy says so", () => {
    const policy = aPolicy({ hold: { start: "order", count: "days", days: 30 } });
    const { holdUntil } = issueOf(decideIssuance({ ...unpaid, policy }));
    expect(holdUntil).toBe(at("2026-12-02T00:00:00+08:00"));
  });
});

describe("R9–R11: an order that is over has no contract any more", () => {
  const held = someFacts({
    order: anOrder({ status: { state: "unpaid" } }),
    policy: aPolicy({ hold: { start: "order", count: "hours", hours: 1 } }),
  });
  const end = at("2026-11-01T10:00:00+08:00");

  test.each<[string, Order["status"]]>([
    ["unpaid", { state: "unpaid" }],
    ["paid", { state: "paid", paidAt: NOW }],
    ["expired", { state: "expired", expiredAt: NOW }],
    ["refunded", { state: "refunded", refundedAt: NOW, paidAt: PAST }],
  ])("R9: cancelled is final, even if the newest report says %s", (_, status) => {
    const life = lifeOf([
      { revision: 1, status: { state: "cancelled", cancelledAt: PAST } },
      { revision: 2, status },
    ]);
    expect(refusalOf(decideIssuance(someFacts({ order: anOrder({ status, life }) })))).toEqual({
      code: "order_cancelled",
    });
  });

  test("R10: a hold that runs from the placing of the order is over at its end, not one millisecond before", () => {
    expect(answerOf(decideIssuance({ ...held, at: instantOf(end - 1) }))).toBe("issue");
    expect(refusalOf(decideIssuance({ ...held, at: end }))).toEqual({ code: "order_expired" });
    expect(refusalOf(decideIssuance({ ...held, at: instantOf(end + 1) }))).toEqual({ code: "order_expired" });
  });

  test("R10: an order that was paid does not expire", () => {
    expect(answerOf(decideIssuance({ ...held, order: anOrder() }))).toBe("issue");
  });

  test("R10: an order that expired is over, though a later report calls it unpaid again", () => {
    const status = { state: "unpaid" } as const;
    const life = lifeOf([
      { revision: 1, status: { state: "expired", expiredAt: PAST } },
      { revision: 2, status },
    ]);
    expect(refusalOf(decideIssuance(someFacts({ order: anOrder({ status, life }) })))).toEqual({
      code: "order_expired",
    });
  });

  test("R10: an order that a later report says was paid after all may have one", () => {
    const status = { state: "paid", paidAt: PAST } as const;
    const life = lifeOf([
      { revision: 1, status: { state: "expired", expiredAt: NOW } },
      { revision: 2, status },
    ]);
    expect(answerOf(decideIssuance(someFacts({ order: anOrder({ status, life }) })))).toBe("issue");
  });
});

describe("R12: a pay-as-you-go order", () => {
  const payg = anOrder({ billing: "pay_as_you_go" });

  test("has a contract that shows no amount; a subscription shows it", () => {
    expect(issueOf(decideIssuance(someFacts({ order: payg }))).amountShown).toBe(false);
    expect(issueOf(decideIssuance(someFacts())).amountShown).toBe(true);
  });
});
