import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OrderJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type Caller, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
});
afterAll(() => server.close());

async function put(order: string, changes: Parameters<typeof orderBody>[0] = {}): Promise<unknown> {
  const response = await seller.put(`/v1/orders/${order}`, orderBody(changes));
  expect(response.status).toBe(200);
  return response.json();
}

async function shown(order: string): Promise<OrderJson> {
  return read<OrderJson>(await seller.get(`/v1/orders/${order}`));
}

describe("an order as it now is", () => {
  test("is created, then unchanged when reported again, updated by a higher revision and not by an older one", async () => {
    const cancelled = { state: "cancelled", cancelledAt: "2026-03-03T08:00:00Z" } as const;
    expect(await put("P1")).toEqual({ order: "P1", outcome: "created" });
    expect(await put("P1")).toEqual({ order: "P1", outcome: "unchanged" });
    expect(await put("P1", { revision: 7, status: cancelled })).toEqual({ order: "P1", outcome: "updated" });
    expect(await put("P1", { revision: 6 })).toEqual({ order: "P1", outcome: "stale" });
    expect(await shown("P1")).toMatchObject({ revision: 7, state: "cancelled" });
  });

  test("says the same in another spelling: members in another order, what is left out, and null are unchanged", async () => {
    await put("P2");
    const respelt = Object.fromEntries(Object.entries(orderBody()).reverse());
    const response = await seller.put("/v1/orders/P2", { ...respelt, order: "P2", domain: null, seller: "demo-cloud" });
    expect(await response.json()).toEqual({ order: "P2", outcome: "unchanged" });
  });

  test("reported eight times at once is created once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => put("P3")));
    expect(outcomes.filter((outcome) => JSON.stringify(outcome).includes("created"))).toHaveLength(1);
    expect(outcomes.filter((outcome) => JSON.stringify(outcome).includes("unchanged"))).toHaveLength(7);
  });

  test("reported in eight revisions at once ends at the highest, whichever came first", async () => {
    const revisions = [3, 8, 1, 5, 2, 7, 4, 6];
    await Promise.all(revisions.map((revision) => put("P4", { revision })));
    expect(await shown("P4")).toMatchObject({ revision: 8 });
  });

  test("keeps its amounts to the minor unit", async () => {
    const line = { line: "1", product: "ecs", quantity: "3", list: "999999999999999.99", discount: "0.01" };
    await put("P5", { lines: [{ ...line, total: "999999999999999.98" }] });
    expect(await shown("P5")).toMatchObject({
      total: "999999999999999.98",
      lines: [{ list: "999999999999999.99", discount: "0.01", total: "999999999999999.98" }],
    });
    await put("P6", {
      currency: "JPY",
      lines: [{ line: "1", product: "ecs", quantity: "1", total: "9007199254740993" }],
    });
    expect(await shown("P6")).toMatchObject({ currency: "JPY", total: "9007199254740993" });
  });
});

describe("an order that is refused names the field and the way out in the reader's language", () => {
  const line = { line: "1", product: "ecs", quantity: "1", total: "1.00" };
  test.each<[string, unknown, string]>([
    ["an unknown account", orderBody({ account: "nobody-here" }), "account"],
    ["a fraction of a fen", orderBody({ lines: [{ ...line, total: "1.001" }] }), "lines[0].total"],
    [
      "an amount as a JSON number",
      orderBody({ lines: [{ ...line, total: 1 as unknown as string }] }),
      "lines[0].total",
    ],
    ["a member that is not known", { ...orderBody(), colour: "red" }, "colour"],
    ["no lines", orderBody({ lines: [] }), "lines"],
    ["another number than the address names", orderBody({ order: "ANOTHER" }), "order"],
    ["a day without zone", orderBody({ placedAt: "2026-03-02T08:00:00" }), "placedAt"],
    ["a year beyond 9999", orderBody({ placedAt: "+12026-03-02T08:00:00Z" }), "placedAt"],
    ["a revision of nothing", orderBody({ revision: 0 }), "revision"],
    ["a character that no font has", orderBody({ lines: [{ ...line, description: "😀" }] }), "lines[0].description"],
    ["a NUL character", orderBody({ lines: [{ ...line, description: "a\u0000b" }] }), "lines[0].description"],
    ["half a character", orderBody({ lines: [{ ...line, description: "a\ud800b" }] }), "lines[0].description"],
    ["an empty list for an order", [], ""],
    ["nothing for an order", null, ""],
  ])("%s", async (_, body, field) => {
    const [zh, en] = await Promise.all(
      ["zh-CN,en;q=0.5", "en-GB"].map(async (language) => {
        const response = await seller.put("/v1/orders/REFUSED", body, { "accept-language": language });
        expect(response.status).toBe(422);
        return problemOf(response);
      }),
    );
    expect(en).toMatchObject({ code: "invalid_input", type: "/problems/invalid_input", status: 422 });
    expect(en?.field ?? "").toBe(field);
    expect(zh?.field ?? "").toBe(field);
    expect(zh?.detail).toMatch(/\p{Script=Han}.*。$/u);
    expect(en?.detail).toMatch(/\.$/);
    expect(en?.detail).not.toMatch(/\p{Script=Han}/u);
    expect((await seller.get("/v1/orders/REFUSED")).status).toBe(404);
  });

  test("a body that is no JSON", async () => {
    const response = await seller.send("PUT", "/v1/orders/REFUSED", { "content-type": "application/json" }, "{");
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ code: "invalid_input" });
  });

  test("the same revision with other content, and nothing is changed", async () => {
    await put("P7");
    const response = await seller.put("/v1/orders/P7", orderBody({ type: "renew" }));
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ field: "revision" });
    expect(await shown("P7")).toMatchObject({ type: "new" });
  });

  test("another account than before: an order never changes its account", async () => {
    await put("P8");
    const response = await seller.put("/v1/orders/P8", orderBody({ account: "demo-domains", revision: 2 }));
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({ field: "order" });
    expect(await shown("P8")).toMatchObject({ account: "demo-enterprise", revision: 1 });
  });

  test("two accounts at once: one has the number, the other is refused", async () => {
    const bodies = ["demo-enterprise", "demo-domains"].map((account) => orderBody({ account }));
    const answers = await Promise.all(bodies.map((body) => seller.put("/v1/orders/P9", body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test("a number that cannot be one is not found", async () => {
    expect((await seller.put("/v1/orders/..%2Fetc", orderBody())).status).toBe(404);
    expect((await seller.put(`/v1/orders/${"9".repeat(65)}`, orderBody())).status).toBe(404);
  });
});

test("every change of an order is in the audit, with who made it; what changed nothing is not", async () => {
  await put("P10");
  await put("P10");
  await put("P10", { revision: 2 });
  const entries = await server.services.database
    .selectFrom("audit_entries")
    .select(["action", "actor_kind", "detail"])
    .where("object_id", "=", "P10")
    .orderBy("entry_id")
    .execute();
  expect(entries).toEqual([
    { action: "order.created", actor_kind: "machine", detail: { revision: 1, state: "paid" } },
    { action: "order.updated", actor_kind: "machine", detail: { revision: 2, state: "paid" } },
  ]);
});
