import { afterAll, beforeAll, expect, test } from "vitest";
import type { components } from "../../web/src/api/schema.d.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, problemOf, read } from "./caller.ts";

let server: TestServer;
let agent: Caller;
beforeAll(async () => {
  server = await startTestServer();
  agent = await desk(server, "contract-desk-1");
});
afterAll(() => server.close());

type Account = components["schemas"]["Account"];
type ShownAccount = Account & { counts: { orders: number; contracts: number; openTickets: number | null } | null };

test("a buyer sees the own account, with its verified identity and without counts", async () => {
  const own = await buyer(server, "demo-enterprise");
  const response = await own.get("/v1/accounts/demo-enterprise");
  expect(response.status).toBe(200);
  expect(await read<ShownAccount>(response)).toEqual({
    account: "demo-enterprise",
    identity: expect.objectContaining({ state: "verified", kind: "enterprise", legalName: expect.any(String) }),
    servedBy: null,
    counts: null,
  });
});

test("another account and one that does not exist are not found, alike", async () => {
  const own = await buyer(server, "demo-enterprise");
  const [foreign, absent] = await Promise.all(
    ["demo-unverified", "nobody-at-all"].map(async (account) => problemOf(await own.get(`/v1/accounts/${account}`))),
  );
  expect(foreign).toEqual(absent);
  expect(foreign?.code).toBe("not_found");
});

test("an account that a partner serves says which, and how to reach it", async () => {
  const { servedBy } = await read<ShownAccount>(await agent.get("/v1/accounts/demo-partner-customer"));
  expect(servedBy).toEqual({
    partner: expect.any(String),
    kind: expect.any(String),
    name: expect.any(String),
    contact: expect.any(String),
  });
});
