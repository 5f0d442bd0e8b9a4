import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";
import { machine, problemOf, read, stranger } from "./caller.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test("the process says that it lives, and that it can work", async () => {
  const health = await stranger(server).get("/healthz");
  expect([health.status, await read(health)]).toEqual([200, { status: "alive" }]);
  const ready = await stranger(server).get("/readyz");
  expect([ready.status, await read(ready)]).toEqual([200, { status: "ready" }]);
});

test("anybody may read the schemas of what outlives a release", async () => {
  for (const name of ["contract-1", "wording-1"]) {
    const response = await stranger(server).get(`/schemas/${name}.json`);
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "application/schema+json; charset=utf-8",
    ]);
    const filed = await readFile(new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url), "utf8");
    expect(await response.text()).toBe(filed);
  }
  for (const name of ["contract-1", "contract-2.json", "constructor.json", ".json"]) {
    expect((await stranger(server).get(`/schemas/${name}`)).status).toBe(404);
  }
});

describe("the API's description", () => {
  interface Operation {
    readonly operationId: string;
    readonly responses: Readonly<Record<string, { readonly description: string }>>;
    readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  }
  interface Description {
    readonly openapi: string;
    readonly info: { readonly title: string; readonly version: string };
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }
  let description: Description;
  let text: string;
  beforeAll(async () => {
    text = await (await stranger(server).get("/openapi.json")).text();
    description = JSON.parse(text) as Description;
  });

  function operations(): readonly (readonly [path: string, operation: Operation])[] {
    return Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => [path, operation] as const),
    );
  }

  test("is OpenAPI 3.1 with a title and a version", () => {
    expect(description.openapi).toMatch(/^3\.1\.\d$/);
    expect(description.info).toMatchObject({ title: "Orderseal", version: expect.any(String) });
  });

  test("has every route of the surface that is built, with a name of its own", () => {
    const routes = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes.toSorted()).toEqual(
      [
        "delete /v1/accounts/{account}/contact-profiles/{profile}",
        "delete /v1/accounts/{account}/personal-data",
        "delete /v1/api-keys/{key}",
        "delete /v1/policy/draft",
        "delete /v1/sellers/{seller}/wording/draft",
        "delete /v1/session",
        "delete /v1/webhook-endpoints/{endpoint}",
        "get /healthz",
        "get /readyz",
        "get /schemas/{name}",
        "get /v1/accounts",
        "get /v1/accounts/{account}",
        "get /v1/accounts/{account}/contact-profiles",
        "get /v1/accounts/{account}/evidence",
        "get /v1/accounts/{account}/evidence/{evidence}",
        "get /v1/api-keys",
        "get /v1/audit",
        "get /v1/audit/export",
        "get /v1/audit/head",
        "get /v1/bills",
        "get /v1/bills/{account}/{cycle}",
        "get /v1/bills/{account}/{cycle}/preview.pdf",
        "get /v1/clauses",
        "get /v1/contracts",
        "get /v1/contracts/{number}",
        "get /v1/contracts/{number}/archive.pdf",
        "get /v1/contracts/{number}/contract.json",
        "get /v1/contracts/{number}/document.pdf",
        "get /v1/contracts/{number}/history",
        "get /v1/contracts/{number}/log-proof",
        "get /v1/contracts/{number}/status-record",
        "get /v1/demo/accounts",
        "get /v1/demo/staff",
        "get /v1/desk/today",
        "get /v1/events",
        "get /v1/log/checkpoint",
        "get /v1/log/consistency",
        "get /v1/log/entries",
        "get /v1/log/inclusion/{leaf}",
        "get /v1/log/keys",
        "get /v1/orders",
        "get /v1/orders/{order}",
        "get /v1/orders/{order}/checklist.pdf",
        "get /v1/orders/{order}/history",
        "get /v1/orders/{order}/preview.pdf",
        "get /v1/partners",
        "get /v1/partners/{partner}",
        "get /v1/policy",
        "get /v1/policy/draft",
        "get /v1/policy/draft/changes",
        "get /v1/policy/drafts",
        "get /v1/policy/versions",
        "get /v1/policy/versions/{version}",
        "get /v1/products",
        "get /v1/products/{code}",
        "get /v1/proposals",
        "get /v1/seal-keys",
        "get /v1/sellers",
        "get /v1/sellers/{seller}",
        "get /v1/sellers/{seller}/wording",
        "get /v1/sellers/{seller}/wording/draft",
        "get /v1/sellers/{seller}/wording/versions",
        "get /v1/session",
        "get /v1/templates",
        "get /v1/tickets",
        "get /v1/tickets/{ticket}",
        "get /v1/tickets/{ticket}/attachments/{attachment}",
        "get /v1/tickets/{ticket}/history",
        "get /v1/verify/{number}",
        "get /v1/verify/{number}/log-proof",
        "get /v1/verify/{number}/status-record",
        "get /v1/webhook-endpoints",
        "get /v1/webhook-endpoints/{endpoint}",
        "get /v1/webhook-endpoints/{endpoint}/deliveries",
        "get /v1/webhook-endpoints/{endpoint}/deliveries/{sequence}",
        "get /v1/wordings",
        "get /v1/wordings/{seller}",
        "patch /v1/webhook-endpoints/{endpoint}",
        "post /v1/accounts/{account}/contact-profiles",
        "post /v1/accounts/{account}/evidence",
        "post /v1/api-keys",
        "post /v1/bills/{account}/{cycle}/contract",
        "post /v1/contracts/{number}/void",
        "post /v1/contracts:batch",
        "post /v1/contracts:download",
        "post /v1/demo/sessions",
        "post /v1/orders/{order}/contract",
        "post /v1/orders:import",
        "post /v1/policy/draft/publish",
        "post /v1/portal-sessions",
        "post /v1/proposals/{proposal}/approve",
        "post /v1/proposals/{proposal}/reject",
        "post /v1/proposals/{proposal}/withdraw",
        "post /v1/sellers/{seller}/wording/draft/publish",
        "post /v1/tickets",
        "post /v1/tickets/{ticket}/assign",
        "post /v1/tickets/{ticket}/attachments",
        "post /v1/tickets/{ticket}/messages",
        "post /v1/tickets/{ticket}/resolve",
        "post /v1/verifications",
        "post /v1/webhook-endpoints",
        "post /v1/webhook-endpoints/{endpoint}/deliveries/{sequence}/replay",
        "post /v1/webhook-endpoints/{endpoint}/replay",
        "post /v1/webhook-endpoints/{endpoint}/secret/rotate",
        "put /v1/accounts/{account}",
        "put /v1/accounts/{account}/contact-profiles/{profile}",
        "put /v1/bills/{account}/{cycle}",
        "put /v1/orders/{order}",
        "put /v1/partners/{partner}",
        "put /v1/policy/draft",
        "put /v1/products/{code}",
        "put /v1/sellers/{seller}",
        "put /v1/sellers/{seller}/wording/draft",
      ].toSorted(),
    );
    const names = operations().map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(routes.length);
  });

  test("resolves every reference within itself", () => {
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = ""]) => reference);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      const found = reference
        .replace(/^#\//, "")
        .split("/")
        .reduce<unknown>(
          (at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name],
          description as unknown,
        );
      expect([reference, typeof found]).toEqual([reference, "object"]);
    }
    expect(text).not.toContain('"$id"');
  });

  test("names every part of a path among the parameters, as required", () => {
    for (const [path, { parameters = [] }] of operations()) {
      const inPath = parameters.filter((parameter) => parameter.in === "path");
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([path, inPath.map(({ name }) => name)]).toEqual([path, named]);
      expect(inPath.every(({ required }) => required === true)).toBe(true);
    }
  });

  test("describes every answer, problems included", () => {
    for (const [path, { responses }] of operations()) {
      for (const [status, answer] of Object.entries(responses)) {
        expect([path, status, typeof answer.description]).toEqual([path, status, "string"]);
      }
      if (path.startsWith("/v1/"))
        expect([path, Object.keys(responses)]).toEqual([path, expect.arrayContaining(["default"])]);
    }
  });
});

test("every answer carries the headers that keep browsers honest", async () => {
  for (const path of ["/healthz", "/v1/session", "/v1/orders", "/nothing", "/openapi.json", "/"]) {
    const { headers } = await stranger(server).get(path, { accept: "text/html" });
    expect([path, headers.get("x-content-type-options")]).toEqual([path, "nosniff"]);
    const policy = headers.get("content-security-policy") ?? "";
    expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")]);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.has("x-powered-by")).toBe(false);
    expect(headers.has("access-control-allow-origin")).toBe(false);
  }
});

test("what a buyer sees is not kept by anybody in between", async () => {
  const response = await machine(server).get("/v1/orders");
  expect(response.headers.get("cache-control") ?? "").not.toContain("public");
});

test("a body larger than allowed is refused before it is read", async () => {
  const body = JSON.stringify({ identity: { state: "unverified" }, servedBy: "x".repeat(5 * 1024 * 1024) });
  const response = await machine(server).send(
    "PUT",
    "/v1/accounts/too-large",
    { "content-type": "application/json" },
    body,
  );
  expect(response.status).toBe(413);
  expect(await read(response)).toMatchObject({ code: "too_large" });
});

test.each(["/v1/nothing", "/v1//orders", "/V1/orders", "/.env", "/..%2f..%2fetc/passwd", "/assets/../../package.json"])(
  "%s does not exist for anybody",
  async (path) => {
    for (const caller of [stranger(server), machine(server)]) {
      const response = await caller.get(path);
      expect(response.status).toBe(404);
      expect(await problemOf(response)).toMatchObject({ code: "not_found" });
    }
  },
);

test("a method that a route does not have does not exist either", async () => {
  expect((await machine(server).send("DELETE", "/v1/orders/D100000000001")).status).toBe(404);
  expect((await machine(server).send("PATCH", "/v1/orders/D100000000001")).status).toBe(404);
});
