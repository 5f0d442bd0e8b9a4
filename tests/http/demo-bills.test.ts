import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureDemoOrders } from "../../src/demo.ts";
import { instantOf } from "../../src/domain/time.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, machine, read } from "./caller.ts";

let server: TestServer;
let now = instantOf(Date.parse("2027-01-10T10:00:00+08:00"));
beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now } });
});
afterAll(() => server.close());

async function bills(): Promise<readonly { cycle: string; state: string; decision: object }[]> {
  const response = await (await buyer(server, "demo-enterprise")).get("/v1/bills");
  return (await read<{ items: readonly { cycle: string; state: string; decision: object }[] }>(response)).items;
}

test("the demonstration has last month's bill, final, and this month's, which is not yet (R13)", async () => {
  expect(await bills()).toMatchObject([
    { cycle: "2027-01", state: "open", decision: { kind: "refuse", code: "bill_not_final" } },
    { cycle: "2026-12", state: "final", decision: { kind: "issue" } },
  ]);
});

test("started again, it leaves them as they have become meanwhile", async () => {
  const lines = [{ line: "1", product: "ecs", tax: "0.60", total: "10.60" }];
  const bill = { state: "final", currency: "CNY", lines };
  expect((await machine(server).put("/v1/bills/demo-enterprise/2027-01", bill)).status).toBe(200);
  now = instantOf(now + 3_600_000);
  await ensureDemoOrders(server.services);
  expect(await bills()).toMatchObject([{ cycle: "2027-01", state: "final", total: "10.60" }, { cycle: "2026-12" }]);
});
