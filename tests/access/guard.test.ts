import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "../../src/application/api-keys.ts";
import { instantOf } from "../../src/domain/time.ts";
import { buyer, caller, machine, problemOf, stranger } from "../http/caller.ts";
import { makeKey, TESTER } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

const EMBEDDING = "https://shop.example.com";
let server: TestServer;
let aheadMs = 0;
beforeAll(async () => {
  server = await startTestServer(
    {
      ORDERSEAL_PUBLIC_URL: "https://localhost:8443",
      ORDERSEAL_EMBED_ORIGINS: `${EMBEDDING}, https://other.example`,
      ORDERSEAL_RATE_LIMIT: "40",
    },
    { clock: { now: () => instantOf(Date.now() + aheadMs) } },
  );
});
afterAll(() => server.close());

describe("every answer tells a browser what it may do with it", () => {
  test.each(["/healthz", "/v1/session", "/v1/orders", "/nothing", "/", "/v1/audit", "/openapi.json"])(
    "%s",
    async (path) => {
      const { headers } = await stranger(server).get(path, { accept: "text/html" });
      const policy = Object.fromEntries(
        (headers.get("content-security-policy") ?? "").split(";").map((part) => {
          const [name = "", ...values] = part.trim().split(" ");
          return [name, values.join(" ")];
        }),
      );
      expect(policy).toMatchObject({
        ...{ "default-src": "'none'", "object-src": "'none'", "base-uri": "'none'", "script-src": "'self'" },
        ...{ "script-src-attr": "'none'", "connect-src": "'self'", "form-action": "'self'" },
        "frame-ancestors": `'self' ${EMBEDDING} https://other.example`,
        "upgrade-insecure-requests": "",
      });
      expect(headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      // It cannot name an origin, and would keep out those that may embed.
      expect(headers.has("x-frame-options")).toBe(false);
      expect(headers.has("access-control-allow-origin")).toBe(false);
    },
  );
});

test("the cookie of a console in a frame is secure, partitioned, and sent across sites; any other is not", async () => {
  const open = async (embed: boolean) => {
    const opened = await machine(server).post("/v1/portal-sessions", { account: "demo-enterprise", embed });
    const { url } = (await opened.json()) as { url: string };
    const entered = await fetch(url.replace("https://localhost:8443", server.url), { redirect: "manual" });
    return entered.headers.getSetCookie()[0]?.split("; ").slice(1) ?? [];
  };
  expect(await open(true)).toEqual(
    expect.arrayContaining(["Path=/", "HttpOnly", "Secure", "Partitioned", "SameSite=None"]),
  );
  const plain = await open(false);
  expect(plain).toEqual(expect.arrayContaining(["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]));
  expect(plain).not.toContain("Partitioned");
});

describe("a key", () => {
  test("with scopes does what they say and nothing else", async () => {
    const holder = { kind: "machine", scopes: ["orders:read"] } as const;
    const { secret } = await createApiKey(server.services, TESTER, { name: "reader", holder });
    const reader = machine({ url: server.url, apiKey: secret });
    expect((await reader.get("/v1/orders")).status).toBe(200);
    expect((await reader.get("/v1/contracts")).status).toBe(403);
    expect((await reader.post("/v1/orders/D100000000001/contract", {})).status).toBe(403);
  });

  test("that lacks a permission is told which one", async () => {
    const key = await createApiKey(server.services, TESTER, {
      name: "narrow",
      holder: { kind: "machine", scopes: ["portal:open"] },
    });
    const narrow = machine({ url: server.url, apiKey: key.secret });
    const inEnglish = await narrow.get("/v1/orders", { "accept-language": "en" });
    expect(await problemOf(inEnglish)).toMatchObject({ detail: expect.stringContaining('"orders:read"') });
    const inChinese = await narrow.get("/v1/orders", { "accept-language": "zh-CN" });
    expect(await problemOf(inChinese)).toMatchObject({ detail: expect.stringContaining("“orders:read”权限") });
  });

  test("of a person with scopes does no more than both the roles and the scopes allow", async () => {
    const holder = { kind: "staff", roles: ["auditor"], scopes: ["audit:read", "contracts:void"] } as const;
    const { secret } = await createApiKey(server.services, TESTER, { name: "qian", holder });
    const qian = machine({ url: server.url, apiKey: secret });
    expect((await qian.get("/v1/audit")).status).toBe(200);
    expect((await qian.get("/v1/orders")).status).toBe(403);
    expect((await qian.post("/v1/contracts/X/void", { reason: "x" })).status).toBe(403);
  });

  test("ends when it was to end, and says when it was used last", async () => {
    const { clock, access } = server.services;
    const expiresAt = instantOf(clock.now() + 60_000);
    const { key, secret } = await createApiKey(server.services, TESTER, { name: "short", expiresAt });
    const short = machine({ url: server.url, apiKey: secret });
    const found = async () => (await access.listApiKeys()).find(({ id }) => id === key.id);
    expect((await found())?.lastUsedAt).toBeNull();
    expect((await short.get("/v1/orders")).status).toBe(200);
    expect((await found())?.lastUsedAt).toBeGreaterThan(clock.now() - 5_000);
    aheadMs = 61_000;
    expect((await short.get("/v1/orders")).status).toBe(401);
    aheadMs = 0;
  });

  test("of a machine never voids, publishes or looks after keys, whatever scopes are asked for", async () => {
    const administrator = machine({
      url: server.url,
      apiKey: await makeKey(server.services, "admin", "administrator"),
    });
    for (const scope of [
      "contracts:void",
      "policy:publish",
      "api-keys:manage",
      "identity:erase",
      "seal-keys:approve",
    ]) {
      const response = await administrator.post("/v1/api-keys", { name: "x", scopes: [scope] });
      expect(await problemOf(response)).toMatchObject({ code: "invalid_input", field: "scopes" });
    }
  });

  test("that was refused is told in the log, by its id and without anybody's name", async () => {
    await stranger(server).get("/v1/orders?limit=many");
    const refused = await machine(server).get("/v1/orders?limit=many");
    expect(refused.status).toBe(422);
    await stranger(server).send("POST", "/v1/verifications", { origin: "https://elsewhere.example" });
    for (const event of ["not_allowed", "invalid_input", "cross_site_request"]) {
      await expect.poll(() => server.printed.join("\n")).toContain(`"event":"${event}"`);
    }
    expect(server.printed.join("\n")).not.toContain("many");
    expect(server.printed.join("\n")).not.toContain("qian");
  });
});

describe("whoever asks too often is told to wait", () => {
  const flood = (ask: () => Promise<Response>, times: number) => Promise.all(Array.from({ length: times }, ask));

  test("strangers soonest, by their address; watching over the service and machines are not counted", async () => {
    const answers = await flood(() => stranger(server).get("/v1/verify/DEMO-202601-000001-X"), 30);
    const late = answers.filter(({ status }) => status === 429);
    expect(late.length).toBeGreaterThan(10);
    expect(Number(late[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await problemOf(late[0] as Response)).toMatchObject({ code: "too_many_requests" });
    for (const { status } of await flood(() => stranger(server).get("/healthz"), 50)) expect(status).toBe(200);
    for (const { status } of await flood(() => machine(server).get("/v1/policy"), 60)) expect(status).toBe(200);
  });

  test("whoever tries keys, after thirty that were wrong", async () => {
    const guesser = caller(server.url, { authorization: "Bearer osk_wrong" });
    const statuses = (await flood(() => guesser.get("/v1/orders"), 40)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(5);
    expect(server.printed.join("\n")).toContain('"event":"wrong_key"');
  });
});

test("TRACE and the like do not exist", async () => {
  const status = await new Promise<number>((resolve, reject) => {
    const sent = request(`${server.url}/healthz`, { method: "TRACE" }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once("error", reject).end();
  });
  expect([404, 405]).toContain(status);
});

test("a buyer is counted as a person, not as an address", async () => {
  // Strangers of this address have used theirs up above.
  await expect(buyer(server, "demo-enterprise")).rejects.toThrow(/429/);
});
