import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caller, machine, problemOf, read, stranger } from "../http/caller.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Opened {
  readonly url: string;
  readonly expiresAt: string;
}

async function open(wanted: Readonly<Record<string, unknown>> = {}): Promise<Opened> {
  const response = await machine(server).post("/v1/portal-sessions", { account: "demo-enterprise", ...wanted });
  expect(response.status).toBe(201);
  return read<Opened>(response);
}

const follow = (url: string, init: RequestInit = {}) => fetch(url, { redirect: "manual", ...init });

async function entered(url: string): Promise<string> {
  const response = await follow(url);
  expect(response.status).toBe(303);
  return response.headers.getSetCookie()[0]?.replace(/;.*$/, "") ?? "";
}

describe("a seller's backend sends a buyer over", () => {
  test("by a link that lets the browser in and says who acts, for whom, and where they go back to", async () => {
    const { url, expiresAt } = await open({
      returnUrl: "https://shop.example.com/orders",
      locale: "zh-CN",
      actor: "wang@buyer.example",
    });
    expect(url.startsWith(`${server.url}/portal/osp_`)).toBe(true);
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 5 * 60_000)).toBeLessThan(30_000);
    const response = await follow(url);
    expect([response.status, response.headers.get("location")]).toEqual([303, "/orders?lang=zh-CN"]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^orderseal_session=oss_[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
    const buyer = caller(server.url, { cookie: cookie.replace(/;.*$/, "") });
    expect(await read(await buyer.get("/v1/session"))).toMatchObject({
      signedIn: true,
      account: { id: "demo-enterprise" },
      returnUrl: "https://shop.example.com/orders",
      language: "zh-CN",
    });
    const { rows } = await sql`SELECT action, actor_kind, actor, account, origin FROM audit_entries
      WHERE action IN ('session.opened', 'portal_session.created') AND account = 'demo-enterprise'
      ORDER BY entry_id`.execute(server.services.database);
    expect(rows.slice(-2)).toMatchObject([
      { action: "portal_session.created", actor_kind: "machine", origin: "127.0.0.1" },
      {
        action: "session.opened",
        actor_kind: "buyer",
        actor: "demo-enterprise/wang@buyer.example",
        origin: "127.0.0.1",
      },
    ]);
  });

  test("a link lets in once, however many follow it at the same time", async () => {
    const { url } = await open();
    const answers = await Promise.all(Array.from({ length: 20 }, () => follow(url)));
    const inside = answers.filter((answer) => answer.headers.getSetCookie().length > 0);
    expect(inside).toHaveLength(1);
    const outside = answers
      .filter((answer) => !inside.includes(answer))
      .map((answer) => answer.headers.get("location"));
    expect(new Set(outside)).toEqual(new Set(["/sign-in?problem=link_used"]));
  });

  test("a link ends after its minutes", async () => {
    const { url } = await open();
    await sql`UPDATE portal_links SET created_at = now() - interval '6 minutes', expires_at = now() - interval '1 minute'`.execute(
      server.services.database,
    );
    expect((await follow(url)).headers.get("location")).toBe("/sign-in?problem=link_used");
  });

  test("whoever only looks, or fetches ahead of time, does not use it up", async () => {
    const { url } = await open();
    expect((await follow(url, { method: "HEAD" })).status).toBe(404);
    expect((await follow(url, { headers: { "sec-purpose": "prefetch;prerender" } })).status).toBe(503);
    expect(await entered(url)).toMatch(/^orderseal_session=/);
  });

  test("no secret of a link is in the database", async () => {
    const { url } = await open();
    const secret = url.replace(/^.*\//, "");
    const { rows } = await sql<{ text: string }>`SELECT portal_links::text AS text FROM portal_links
      UNION ALL SELECT idempotency_keys::text FROM idempotency_keys
      UNION ALL SELECT audit_entries::text FROM audit_entries`.execute(server.services.database);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.map(({ text }) => text).join("\n")).not.toContain(secret);
  });

  test("also under an Idempotency-Key, which is answered with the same link", async () => {
    const ask = () =>
      machine(server).post("/v1/portal-sessions", { account: "demo-domains" }, { "idempotency-key": "one link" });
    const [first, again] = [await read<Opened>(await ask()), await read<Opened>(await ask())];
    expect(again).toEqual(first);
    const { rows } = await sql<{ text: string }>`SELECT idempotency_keys::text AS text FROM idempotency_keys`.execute(
      server.services.database,
    );
    expect(rows.map(({ text }) => text).join("\n")).not.toContain(first.url.replace(/^.*\//, ""));
  });
});

describe("a buyer who may only look", () => {
  test("sees and downloads, and neither requests nor opens tickets", async () => {
    const { url } = await open({ actor: { id: "li@buyer.example", role: "viewer" } });
    const viewer = caller(server.url, { cookie: await entered(url) });
    expect((await viewer.get("/v1/orders")).status).toBe(200);
    for (const path of ["/v1/orders/D100000000001/contract", "/v1/tickets", "/v1/contracts:batch"]) {
      expect(await problemOf(await viewer.post(path, {}))).toMatchObject({ code: "not_allowed" });
    }
  });
});

describe("no link is made", () => {
  test.each([
    ["of an account that does not exist", { account: "nobody" }, 404, "not_found"],
    ["of what is no account", { account: "../x" }, 404, "not_found"],
    ["that leads back to a script", { returnUrl: "javascript:alert(1)" }, 422, "invalid_input"],
    ["that leads back without encryption", { returnUrl: "http://shop.example.com/" }, 422, "invalid_input"],
    ["that leads back with a password", { returnUrl: "https://a:b@shop.example.com/" }, 422, "invalid_input"],
    ["in another language", { locale: "de" }, 422, "invalid_input"],
    ["for a frame, where none was set up", { embed: true }, 409, "embedding_not_set_up"],
  ])("%s", async (_, wanted, status, code) => {
    const response = await machine(server).post("/v1/portal-sessions", { account: "demo-enterprise", ...wanted });
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toMatchObject({ code });
  });

  test("by strangers, and one that was made up lets nobody in", async () => {
    expect((await stranger(server).post("/v1/portal-sessions", { account: "demo-enterprise" })).status).toBe(401);
    const made = await follow(`${server.url}/portal/osp_${"A".repeat(43)}`);
    expect([made.headers.get("location"), made.headers.getSetCookie()]).toEqual(["/sign-in?problem=link_used", []]);
  });
});
