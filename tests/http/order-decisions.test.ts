import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explainIssuance } from "../../src/domain/decide-issuance.ts";
import { someFacts } from "../../src/domain/facts.fixture.ts";
import type { OrderJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

type ShownOrder = OrderJson & {
  readonly rungs: readonly { readonly rung: string; readonly outcome: string; readonly sentence: string | null }[];
};

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  const at = "2026-03-04T08:00:00Z";
  const orders = {
    EXPIRED: orderBody({ status: { state: "expired", expiredAt: at } }),
    REFUNDED: orderBody({ status: { state: "refunded", refundedAt: at } }),
    REFUND: orderBody({ type: "refund", relatedOrder: "D100000000001" }),
    TRIAL: orderBody({ type: "trial" }),
    OTHER: orderBody({ type: "other" }),
    UNKNOWN_SELLER: orderBody({ marketplace: { sellerName: "无人知晓有限公司" } }),
    PAYG_RDS: orderBody({
      billing: "pay_as_you_go",
      lines: [{ line: "1", product: "rds", quantity: "1", total: "0" }],
    }),
    EVERYTHING_WRONG: orderBody({
      account: "demo-partner-customer",
      type: "os_change",
      status: { state: "cancelled", cancelledAt: at },
      lines: [{ line: "1", product: "quantum-annealer", quantity: "1", total: "1" }],
    }),
  };
  for (const [order, body] of Object.entries(orders)) {
    expect((await seller.put(`/v1/orders/${order}`, body)).status).toBe(200);
  }
  expect((await seller.post("/v1/orders/D100000000001/contract", {})).status).toBe(201);
});
afterAll(() => server.close());

async function shown(order: string, language: string): Promise<ShownOrder> {
  const response = await seller.get(`/v1/orders/${order}`, { "accept-language": language });
  expect(response.status).toBe(200);
  return read<ShownOrder>(response);
}

describe("every refusal carries code, sentence, rule, policy version and next step, listed and requested (R24)", () => {
  test.each<[code: string, order: string, status: number, rule: string, nextStep: object]>([
    ["served_by_partner", "D500000000001", 403, "R19", { action: "contact_partner", name: "广州示例渠道有限公司" }],
    ["already_contracted", "D100000000001", 409, "R4", { action: "view_contract" }],
    ["order_cancelled", "D100000000006", 409, "R9", { action: "place_new_order" }],
    ["order_expired", "EXPIRED", 409, "R10", { action: "place_new_order" }],
    ["order_refunded", "REFUNDED", 409, "R11", { action: "place_new_order" }],
    ["order_type_not_contractable", "D100000000007", 422, "R1", { action: "open_ticket", queue: "contract_desk" }],
    ["order_type_not_contractable", "REFUND", 422, "R1", { action: "view_order", order: "D100000000001" }],
    ["order_type_not_contractable", "TRIAL", 422, "R1", { action: "open_ticket" }],
    ["order_type_not_contractable", "OTHER", 422, "R1", { action: "open_ticket" }],
    ["identity_not_verified", "D400000000001", 403, "R6", { action: "verify_identity" }],
    ["seller_cannot_seal", "D300000000002", 422, "R18", { action: "open_ticket", queue: "marketplace_desk" }],
    ["seller_cannot_seal", "UNKNOWN_SELLER", 422, "R18", { action: "open_ticket", queue: "marketplace_desk" }],
    ["product_not_self_service", "D100000000005", 422, "R3", { action: "open_ticket", queue: "contract_desk" }],
    ["product_not_self_service", "PAYG_RDS", 422, "R3", { action: "open_ticket", queue: "contract_desk" }],
    ["unpaid_domain_service_not_allowed", "D200000000002", 422, "R15", { action: "print_checklist" }],
  ])("%s: %s", async (code, order, status, rule, nextStep) => {
    for (const language of ["zh-CN", "en"]) {
      const { decision } = await shown(order, language);
      if (decision.kind !== "refuse") throw new Error(`${order} is not refused`);
      expect(decision).toMatchObject({ kind: "refuse", code, rule, policyVersion: 1, nextStep });
      const response = await seller.post(`/v1/orders/${order}/contract`, {}, { "accept-language": language });
      expect(response.status).toBe(status);
      const problem = await problemOf(response);
      expect(problem).toEqual({
        type: `/problems/${code}`,
        title: decision.title,
        status,
        code,
        detail: decision.sentence,
        rule,
        policyVersion: 1,
        nextStep: decision.nextStep,
      });
      const { label, sentence } = decision.nextStep;
      for (const text of [decision.title, decision.sentence, label, sentence]) {
        if (language === "zh-CN") expect(text).toMatch(/\p{Script=Han}/u);
        else expect(text.replaceAll(/\p{Script=Han}+(?:有限公司)/gu, "")).not.toMatch(/\p{Script=Han}/u);
      }
    }
  });

  test("each code of the ladder has been seen here", async () => {
    const codes = explainIssuance(someFacts()).rungs.map(({ rung }) => rung);
    const { items } = await read<{ items: OrderJson[] }>(await seller.get("/v1/orders?limit=200"));
    const refused = items.flatMap(({ decision }) => (decision.kind === "refuse" ? [decision.code] : []));
    expect(new Set(refused)).toEqual(new Set(codes));
  });
});

describe("the first match decides, and every rung tells its own answer", () => {
  test("an order with everything wrong is refused for its partner first", async () => {
    const { decision, rungs } = await shown("EVERYTHING_WRONG", "en");
    expect(decision).toMatchObject({ code: "served_by_partner" });
    expect(rungs.map(({ rung, outcome }) => `${rung} ${outcome}`)).toEqual([
      "served_by_partner refused",
      "already_contracted passed",
      "order_cancelled would_refuse",
      "order_expired passed",
      "order_refunded passed",
      "order_type_not_contractable would_refuse",
      "identity_not_verified passed",
      "seller_cannot_seal passed",
      "product_not_self_service would_refuse",
      "unpaid_domain_service_not_allowed passed",
    ]);
    for (const { outcome, sentence } of rungs) expect(sentence === null).toBe(outcome === "passed");
  });

  test("an order that passes every rung is issued", async () => {
    const { decision, rungs } = await shown("D100000000002", "en");
    expect(decision).toEqual({
      kind: "issue",
      policyVersion: 1,
      holdUntil: null,
      amountShown: true,
      warnings: [],
      replaces: null,
    });
    expect(new Set(rungs.map(({ outcome }) => outcome))).toEqual(new Set(["passed"]));
  });
});

describe("what a buyer must know before confirming", () => {
  test("an unpaid order is held until 24:00 of the 30th day in the seller's zone (R8)", async () => {
    const { decision, timeZone } = await shown("D100000000003", "en");
    if (decision.kind !== "issue" || decision.holdUntil === null) throw new Error("not held");
    expect(timeZone).toBe("Asia/Shanghai");
    expect(decision.holdUntil).toMatch(/T16:00:00Z$/);
    const day = (instant: number) => Math.floor((instant + 8 * 3_600_000) / 86_400_000);
    expect(day(Date.parse(decision.holdUntil)) - day(Date.now())).toBe(31);
    expect(decision.warnings.map(({ code }) => code)).toEqual(["unpaid_order_is_held"]);
  });

  test("an unpaid domain can be lost until it is paid; a paid one cannot (R16, R17)", async () => {
    const unpaid = (await shown("D200000000001", "zh-CN")).decision;
    expect(unpaid).toMatchObject({
      kind: "issue",
      warnings: [{ code: "unpaid_order_is_held" }, { code: "domain_can_be_lost_until_paid" }],
    });
    expect((await shown("D200000000003", "zh-CN")).decision).toMatchObject({ kind: "issue", warnings: [] });
  });

  test("a pay-as-you-go order shows no amount and no end (R12)", async () => {
    const order = await shown("D100000000004", "en");
    expect(order.decision).toMatchObject({ kind: "issue", amountShown: false });
    expect(order.term).toMatchObject({ endsAt: null });
  });
});

test("a buyer is refused in the same words as a machine", async () => {
  const enterprise = await buyer(server, "demo-enterprise");
  const answers = await Promise.all(
    [enterprise, seller].map((caller) => caller.post("/v1/orders/D100000000005/contract", {})),
  );
  const [theirs, ours] = await Promise.all(answers.map(problemOf));
  expect(theirs).toEqual(ours);
});
