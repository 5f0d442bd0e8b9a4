import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey, revokeApiKey } from "../../src/application/api-keys.ts";
import type { StaffRole } from "../../src/domain/roles.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { makeKey, TESTER } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type Caller, desk, machine, problemOf, read, stranger } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
let seller: Caller;
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
});
afterAll(() => server.close());

async function keyOf(name: string, ...roles: readonly StaffRole[]): Promise<Caller> {
  return machine({ url: server.url, apiKey: await makeKey(server.services, name, ...roles) });
}

async function expectNotAllowed(response: Response): Promise<void> {
  expect([response.status, (await problemOf(response)).code]).toEqual([403, "not_allowed"]);
}

async function contracted(order: string): Promise<ContractJson> {
  await seller.put(`/v1/orders/${order}`, orderBody());
  return read<ContractJson>(await seller.post(`/v1/orders/${order}/contract`, {}));
}

describe("the people at the desks sign in", () => {
  test.each([
    ["contract-desk-1", ["contract_desk", "policy_author", "policy_publisher"]],
    ["contract-desk-2", ["contract_desk", "policy_author", "policy_publisher"]],
    ["marketplace-desk", ["marketplace_desk"]],
    ["administrator", ["administrator"]],
    ["auditor", ["auditor"]],
  ] as const)("%s has the roles %j and no account", async (person, roles) => {
    const caller = await desk(server, person);
    expect(await read(await caller.get("/v1/session"))).toMatchObject({
      signedIn: true,
      demo: true,
      staff: { person, roles },
      account: null,
    });
    const { items } = await read<{ items: { account: string }[] }>(await caller.get("/v1/orders?limit=200"));
    expect(new Set(items.map(({ account }) => account)).size).toBeGreaterThan(2);
    expect((await caller.send("DELETE", "/v1/session")).status).toBe(204);
    expect((await caller.get("/v1/orders")).status).toBe(401);
  });

  test.each([
    { desk: "contract-desk-3" },
    { desk: "" },
    { desk: "machine" },
    { desk: "contract-desk-1", account: "x" },
  ])("not as %j", async (body) => {
    const response = await stranger(server).post("/v1/demo/sessions", body);
    expect(response.status).toBe(422);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("and not outside the demonstration", async () => {
    const real = await startTestServer({ ORDERSEAL_DEMO: "0" });
    try {
      expect((await stranger(real).post("/v1/demo/sessions", { desk: "contract-desk-1" })).status).toBe(404);
    } finally {
      await real.close();
    }
  });

  test("what they do is recorded under their name", async () => {
    const { number } = await contracted("NAMED");
    await (await desk(server, "contract-desk-2")).post(`/v1/contracts/${number}/void`, { reason: "x" });
    const row = await server.services.database
      .selectFrom("audit_entries")
      .select(["actor_kind", "actor"])
      .where("object_id", "=", number)
      .where("action", "=", "contract.voided")
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ actor_kind: "desk", actor: "contract-desk-2" });
  });
});

describe("a key has the roles it was made with", () => {
  const everything = ["contract_desk", "policy_author", "policy_publisher"] as const;

  test("of the contract desk and its rules: voids, drafts and publishes for the person it is named after", async () => {
    const [wang, li] = [await keyOf("wang", ...everything), await keyOf("li", ...everything)];
    const { number } = await contracted("KEY-DESK");
    expect((await wang.post(`/v1/contracts/${number}/void`, { reason: "x" })).status).toBe(200);
    const { rules } = await read<{ rules: object }>(await wang.get("/v1/policy"));
    expect((await wang.put("/v1/policy/draft", { ...rules, identityRequired: false })).status).toBe(200);
    expect((await wang.post("/v1/policy/draft/publish")).status).toBe(403);
    const sameName = await keyOf("wang", ...everything);
    expect(await problemOf(await sameName.post("/v1/policy/draft/publish"))).toMatchObject({
      code: "second_person_needed",
    });
    expect((await li.post("/v1/policy/draft/publish")).status).toBe(200);
    for (const path of ["orders/KEY-NEW", "accounts/key-new", "bills/demo-enterprise/2025-01"]) {
      await expectNotAllowed(await wang.put(`/v1/${path}`, {}));
    }
    expect(await read(await wang.get("/v1/session"))).toMatchObject({ signedIn: false });
  });

  test("of the marketplace desk: neither voids nor touches the rules or the catalogue", async () => {
    const zhao = await keyOf("zhao", "marketplace_desk");
    const { number } = await contracted("KEY-MARKET");
    await expectNotAllowed(await zhao.post(`/v1/contracts/${number}/void`, { reason: "x" }));
    await expectNotAllowed(await zhao.put("/v1/policy/draft", {}));
    await expectNotAllowed(await zhao.post("/v1/policy/draft/publish"));
    for (const path of ["products/ecs", "sellers/demo-cloud", "partners/demo-partner", "orders/X", "accounts/x"]) {
      await expectNotAllowed(await zhao.put(`/v1/${path}`, {}));
    }
    expect((await zhao.get("/v1/tickets")).status).toBe(200);
    expect((await zhao.get(`/v1/contracts/${number}`)).status).toBe(200);
    expect(await read(await seller.get(`/v1/contracts/${number}`))).toMatchObject({ standing: "in_force" });
  });

  test("of a machine: feeds orders, and neither voids nor resolves nor drafts", async () => {
    const { number } = await contracted("KEY-MACHINE");
    await expectNotAllowed(await seller.post(`/v1/contracts/${number}/void`, { reason: "x" }));
    await expectNotAllowed(await seller.post("/v1/tickets/x/resolve", { outcome: "resolved" }));
    await expectNotAllowed(await seller.put("/v1/policy/draft", {}));
  });

  test("and a revoked one has none", async () => {
    const holder = { kind: "staff", roles: ["contract_desk"], scopes: null } as const;
    const { key, secret } = await createApiKey(server.services, TESTER, { name: "qian", holder });
    await revokeApiKey(server.services, TESTER, key.id);
    expect((await machine({ url: server.url, apiKey: secret }).get("/v1/tickets")).status).toBe(401);
    const listed = (await server.services.access.listApiKeys()).find(({ id }) => id === key.id);
    expect(listed).toMatchObject({ holder, name: "qian", revokedAt: expect.any(Number) });
  });
});
