import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey, revokeApiKey } from "../../src/application/api-keys.ts";
import { endSessions, type WhoseSessions } from "../../src/application/sessions.ts";
import type { AccountId } from "../../src/domain/identifiers.ts";
import { TESTER } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, caller, desk, machine, problemOf, read, signIn, stranger } from "./caller.ts";
import { orderBody } from "./order-body.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const NOBODY = {
  signedIn: false,
  staffSignIn: false,
  permissions: [],
  staff: null,
  account: null,
  returnUrl: null,
  timeZone: null,
  language: null,
};

describe("a demo sign-in", () => {
  test("sets a cookie that no script reads, no other site sends, and that ends after twelve hours", async () => {
    const response = await stranger(server).post("/v1/demo/sessions", { account: "demo-enterprise" });
    expect(response.status).toBe(204);
    const [cookie = "", ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^orderseal_session=oss_[\w-]{43}; /);
    const attributes = cookie.split("; ").slice(1);
    expect(attributes).toEqual(expect.arrayContaining(["Path=/", "HttpOnly", "SameSite=Lax"]));
    expect(attributes).not.toContain("Secure");
    const expires = Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? "");
    expect(Math.abs(expires - Date.now() - 12 * 3_600_000)).toBeLessThan(60_000);
  });

  test("tells who is signed in", async () => {
    const session = (cookie: string) => caller(server.url, { cookie }).get("/v1/session");
    expect(await read(await stranger(server).get("/v1/session"))).toEqual({ ...NOBODY, demo: true });
    expect(await read(await session(await signIn(server, "demo-enterprise")))).toEqual({
      ...NOBODY,
      signedIn: true,
      demo: true,
      permissions: [
        "orders:read",
        "accounts:read",
        "contracts:read",
        "contracts:request",
        "tickets:read",
        "tickets:write",
        "policy:read",
        "profiles:read",
        "profiles:write",
      ],
      timeZone: "Asia/Shanghai",
      account: { id: "demo-enterprise", legalName: "深圳示例智造有限公司", identity: "verified" },
    });
    expect(await read(await session("orderseal_session=oss_forged"))).toMatchObject({ signedIn: false });
  });

  test("of an unknown account is not found", async () => {
    for (const account of ["nobody", "***", ""]) {
      expect((await stranger(server).post("/v1/demo/sessions", { account })).status).toBe(404);
    }
  });

  test("lists the accounts of the demonstration with what they show", async () => {
    const response = await stranger(server).get("/v1/demo/accounts");
    const { items } = await read<{ items: { id: string; orders: number; note: { en: string } }[] }>(response);
    expect(items.map(({ id }) => id)).toEqual([
      "demo-domains",
      "demo-enterprise",
      "demo-partner-customer",
      "demo-unverified",
    ]);
    for (const { orders, note } of items) expect([orders > 0, note.en.length > 0]).toEqual([true, true]);
  });

  test("does not exist outside the demonstration", async () => {
    const real = await startTestServer({ ORDERSEAL_DEMO: "0" });
    try {
      expect((await stranger(real).post("/v1/demo/sessions", { account: "demo-enterprise" })).status).toBe(404);
      expect((await stranger(real).get("/v1/demo/accounts")).status).toBe(404);
      expect(await read(await stranger(real).get("/v1/session"))).toEqual({ ...NOBODY, demo: false });
      expect(await read(await machine(real).get("/v1/orders"))).toEqual({ items: [], next: null });
    } finally {
      await real.close();
    }
  });

  test("behind https sets a cookie that never travels without it", async () => {
    const secure = await startTestServer({ ORDERSEAL_PUBLIC_URL: "https://localhost:8443/" });
    try {
      const response = await stranger(secure).post("/v1/demo/sessions", { account: "demo-enterprise" });
      expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-orderseal_session=.*; Secure/);
    } finally {
      await secure.close();
    }
  });
});

function hashOf(cookie: string): string {
  return createHash("sha256").update(cookie.replace("orderseal_session=", "")).digest("hex");
}

describe("a session ends", () => {
  const isOpen = async (cookie: string) => (await caller(server.url, { cookie }).get("/v1/orders")).status === 200;

  test("by signing out, at once and for this session only", async () => {
    const [mine, theirs] = [await signIn(server, "demo-enterprise"), await signIn(server, "demo-enterprise")];
    const response = await caller(server.url, { cookie: mine }).send("DELETE", "/v1/session");
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^orderseal_session=; .*(?:Expires=Thu, 01 Jan 1970|Max-Age=0)/);
    expect([await isOpen(mine), await isOpen(theirs)]).toEqual([false, true]);
  });

  test("by its time", async () => {
    const cookie = await signIn(server, "demo-enterprise");
    expect(await isOpen(cookie)).toBe(true);
    // A second ago: the database counts microseconds, the clock of the service whole milliseconds.
    await sql`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE token_sha256 = ${hashOf(cookie)}`.execute(
      server.services.database,
    );
    expect(await isOpen(cookie)).toBe(false);
  });

  test("after an hour in which nobody used it; each use gives it another", async () => {
    const cookie = await signIn(server, "demo-enterprise");
    const idle = (minutes: number) =>
      sql`UPDATE sessions SET idle_until = now() + ${minutes} * interval '1 minute' WHERE token_sha256 = ${hashOf(cookie)}`.execute(
        server.services.database,
      );
    await idle(1);
    expect(await isOpen(cookie)).toBe(true);
    const { rows } = await sql<{
      minutes: number;
    }>`SELECT extract(epoch FROM idle_until - now())::float8 / 60 AS minutes
      FROM sessions WHERE token_sha256 = ${hashOf(cookie)}`.execute(server.services.database);
    expect(rows[0]?.minutes).toBeGreaterThan(59);
    await idle(-1);
    expect(await isOpen(cookie)).toBe(false);
  });

  test("when the operator ends it: somebody's, an account's with its unused links, or everybody's", async () => {
    const link = await machine(server).post("/v1/portal-sessions", { account: "demo-enterprise" });
    const { url } = await read<{ url: string }>(link);
    const one = await signIn(server, "demo-enterprise");
    const other = await signIn(server, "demo-domains");
    const staff = await desk(server, "contract-desk-1");
    const staffIsIn = async () => (await staff.get("/v1/orders")).status === 200;
    const end = (whose: WhoseSessions) => endSessions(server.services, TESTER, whose);

    expect((await end({ kind: "name", name: "contract-desk-1" })).length).toBe(1);
    expect([await staffIsIn(), await isOpen(one), await isOpen(other)]).toEqual([false, true, true]);
    await end({ kind: "account", account: "demo-enterprise" as AccountId });
    expect([await isOpen(one), await isOpen(other)]).toEqual([false, true]);
    expect((await fetch(url, { redirect: "manual" })).headers.getSetCookie()).toEqual([]);
    await end({ kind: "everybody" });
    expect(await isOpen(other)).toBe(false);
    expect(await server.services.access.listSessions(server.services.clock.now())).toEqual([]);

    const { rows } = await sql<{ actor: string; ended: string }>`SELECT actor, detail ->> 'ended' AS ended
      FROM audit_entries WHERE action = 'session.ended' ORDER BY entry_id DESC LIMIT 1`.execute(
      server.services.database,
    );
    expect(rows).toEqual([{ actor: "tester", ended: "everybody" }]);
  });

  test("and no secret is in the database, neither of sessions nor of keys", async () => {
    const cookie = await signIn(server, "demo-enterprise");
    const { rows } = await sql<{ text: string }>`
      SELECT sessions::text AS text FROM sessions UNION ALL SELECT api_keys::text FROM api_keys
    `.execute(server.services.database);
    const all = rows.map(({ text }) => text).join("\n");
    expect(all).not.toContain(cookie.replace("orderseal_session=", ""));
    expect(all).not.toContain(server.apiKey);
  });
});

describe("another site cannot act in a buyer's name", () => {
  test.each<[string, Record<string, string>]>([
    ["cross-site by Fetch Metadata", { "sec-fetch-site": "cross-site" }],
    ["a sibling site", { "sec-fetch-site": "same-site" }],
    ["another origin", { origin: "https://evil.example" }],
    ["another port of this host", { origin: "http://127.0.0.1:1" }],
    ["an origin that is hidden (a sandboxed frame)", { origin: "null" }],
  ])("%s is refused", async (_, headers) => {
    const enterprise = await buyer(server, "demo-enterprise");
    for (const [method, path] of [
      ["POST", "/v1/orders/D100000000001/contract"],
      ["POST", "/v1/demo/sessions"],
      ["DELETE", "/v1/session"],
    ] as const) {
      const response = await enterprise.send(method, path, headers);
      expect(response.status).toBe(403);
      expect(await problemOf(response)).toMatchObject({ code: "cross_site_request" });
    }
    expect((await enterprise.get("/v1/orders", headers)).status).toBe(200);
    expect((await enterprise.get("/v1/contracts")).status).toBe(200);
  });

  test("this site's own pages are let through", async () => {
    const enterprise = await buyer(server, "demo-enterprise");
    for (const headers of [{ "sec-fetch-site": "same-origin" }, { origin: server.url }, {}]) {
      expect((await enterprise.post("/v1/orders/D100000000005/contract", {}, headers)).status).toBe(422);
    }
  });
});

describe("a machine's key", () => {
  test("that was revoked opens nothing any more", async () => {
    const { key, secret } = await createApiKey(server.services, TESTER, { name: "to be revoked" });
    const revoked = machine({ url: server.url, apiKey: secret });
    expect((await revoked.get("/v1/orders")).status).toBe(200);
    expect(await revokeApiKey(server.services, TESTER, key.id)).toBe(true);
    const response = await revoked.get("/v1/orders");
    expect(response.status).toBe(401);
    expect(await problemOf(response)).toMatchObject({ code: "not_signed_in" });
  });

  test.each([
    ["unknown", "Bearer osk_unknown"],
    ["empty", "Bearer "],
    ["of another scheme", "Basic b3NrOg=="],
    ["a session's token", "Bearer TOKEN"],
  ])("%s opens nothing", async (_, authorization) => {
    const token = (await signIn(server, "demo-enterprise")).replace("orderseal_session=", "");
    const response = await caller(server.url, { authorization: authorization.replace("TOKEN", token) }).get(
      "/v1/orders",
    );
    expect(response.status).toBe(401);
  });

  test("that is wrong is not made good by a session", async () => {
    const cookie = await signIn(server, "demo-enterprise");
    const both = caller(server.url, { cookie, authorization: "Bearer osk_wrong" });
    expect((await both.get("/v1/orders")).status).toBe(401);
  });

  test("in a cookie opens nothing", async () => {
    const cookie = `orderseal_session=${server.apiKey}`;
    expect((await caller(server.url, { cookie }).get("/v1/orders")).status).toBe(401);
  });
});

test("a buyer may not do what machines do, and changes nothing by trying", async () => {
  const enterprise = await buyer(server, "demo-enterprise");
  const calls = [
    enterprise.put("/v1/orders/BUYERS-OWN", orderBody()),
    enterprise.put("/v1/accounts/demo-enterprise", { identity: { state: "unverified" } }),
    enterprise.put("/v1/partners/x", { kind: "distribution", name: "x", contact: "x" }),
    enterprise.put("/v1/products/quantum-annealer", {
      name: { "zh-CN": "量", en: "Q" },
      selfService: ["subscription"],
    }),
    enterprise.put("/v1/sellers/demo-cloud", {}),
    enterprise.send("POST", "/v1/orders:import", { "content-type": "application/x-ndjson" }, "{}\n"),
  ];
  for (const response of await Promise.all(calls)) {
    expect(response.status).toBe(403);
    expect(await problemOf(response)).toMatchObject({ code: "not_allowed" });
  }
  expect((await machine(server).get("/v1/orders/BUYERS-OWN")).status).toBe(404);
  expect(await read(await enterprise.get("/v1/session"))).toMatchObject({ account: { identity: "verified" } });
});
