import { afterAll, beforeAll, expect, test } from "vitest";
import type { components } from "../../web/src/api/schema.d.ts";
import { makeKey } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";

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

test("the desk sees how much there is of an account; who sees no tickets is told of none", async () => {
  const issued = await machine(server).post("/v1/orders/D100000000001/contract", {});
  expect(issued.status).toBe(201);
  await machine(server).post("/v1/tickets", { order: "D100000000005" });
  const counted = async (who: Caller) =>
    (await read<ShownAccount>(await who.get("/v1/accounts/demo-enterprise"))).counts;
  expect(await counted(agent)).toEqual({ orders: 8, contracts: 1, openTickets: 1 });
  expect(await counted(await desk(server, "marketplace-desk"))).toEqual({ orders: 8, contracts: 1, openTickets: 0 });
  const author = machine({ url: server.url, apiKey: await makeKey(server.services, "author", "policy_author") });
  expect(await counted(author)).toEqual({ orders: 8, contracts: 1, openTickets: null });
  expect(await counted(machine(server))).toBeNull();
});

async function found(query: string, who: Caller = agent): Promise<readonly string[]> {
  const response = await who.get(`/v1/accounts?${query}`);
  expect(response.status).toBe(200);
  return (await read<{ items: Account[] }>(response)).items.map(({ account }) => account);
}

test("accounts are found by the start of their id or registration number, or by part of a legal name", async () => {
  const identity = {
    ...{
      state: "verified",
      kind: "enterprise",
      legalName: "海门（示例）远洋100%有限公司",
      legalNameEn: "Haimen ÉCLAIR Ltd.",
    },
    registrationNumber: "91320684MA1EXAMPLE",
  };
  expect((await machine(server).put("/v1/accounts/Ocean-1", { identity })).status).toBe(204);
  const finds = [
    "ocean",
    "Ocean-1",
    "91320684ma1",
    "门（示例",
    "门(示例",
    "100%有",
    "haimen é".toUpperCase(),
    "  远洋 ",
  ];
  for (const q of finds) expect([q, await found(`q=${encodeURIComponent(q)}`)]).toEqual([q, ["Ocean-1"]]);
  for (const q of ["cean", "320684", "100_有", "门\\", "\0", "门示例"]) {
    expect([q, await found(`q=${encodeURIComponent(q)}`)]).toEqual([q, []]);
  }
});

test("accounts are read page by page, in the order of their ids", async () => {
  const all = await found("limit=200");
  expect(all).toEqual([...all].sort());
  const pages: string[] = [];
  let cursor = "";
  do {
    const page = await read<{ items: Account[]; next: string | null }>(
      await agent.get(`/v1/accounts?limit=2${cursor}`),
    );
    pages.push(...page.items.map(({ account }) => account));
    cursor = page.next === null ? "" : `&cursor=${page.next}`;
  } while (cursor !== "");
  expect(pages).toEqual(all);
  expect(await found("cursor=%00")).toEqual(all);
});

test("a buyer finds nobody but the own account", async () => {
  const own = await buyer(server, "demo-enterprise");
  expect(await found("", own)).toEqual(["demo-enterprise"]);
  expect(await found("q=demo", own)).toEqual(["demo-enterprise"]);
  expect(await found("q=demo-domains", own)).toEqual([]);
});
