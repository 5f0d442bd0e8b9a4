import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, machine, problemOf, read, stranger } from "./caller.ts";

/** The surface's word for "anybody"; whatever is not listed here is closed to whoever shows no credentials. */
const PUBLIC = new Set([
  "GET /healthz",
  "GET /readyz",
  "GET /v1/session",
  "DELETE /v1/session",
  "GET /v1/demo/accounts",
  "POST /v1/demo/sessions",
  "POST /v1/verifications",
  "GET /v1/verify/{number}",
]);
const MACHINES_ONLY = new Set([
  "PUT /v1/orders/{order}",
  "POST /v1/orders:import",
  "PUT /v1/accounts/{account}",
  "PUT /v1/partners/{partner}",
  "PUT /v1/products/{code}",
  "PUT /v1/sellers/{seller}",
]);

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
}

let server: TestServer;
let description: Description;
let routes: readonly string[];
beforeAll(async () => {
  server = await startTestServer();
  description = await read<Description>(await stranger(server).get("/openapi.json"));
  routes = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
});
afterAll(() => server.close());

function call(caller: Caller, route: string): Promise<Response> {
  const [method = "", path = ""] = route.split(" ");
  return caller.send(method, path.replaceAll(/\{\w+\}/g, "D100000000001"));
}

describe("every route of the API's description", () => {
  test("is denied without credentials, unless it is listed as public", async () => {
    expect(routes.length).toBeGreaterThan(15);
    for (const route of routes.filter((route) => !PUBLIC.has(route))) {
      const response = await call(stranger(server), route);
      expect([route, response.status]).toEqual([route, 401]);
      expect(await problemOf(response)).toMatchObject({ code: "not_signed_in" });
    }
  });

  test("that is listed as public exists and asks for no credentials", async () => {
    for (const route of PUBLIC) {
      expect(routes).toContain(route);
      expect([route, (await call(stranger(server), route)).status]).not.toEqual([route, 401]);
    }
  });

  test("is closed to buyers where it is for machines, and open to them elsewhere", async () => {
    const enterprise = await buyer(server, "demo-enterprise");
    for (const route of routes.filter((route) => !PUBLIC.has(route))) {
      const { status } = await call(enterprise, route);
      expect([route, status === 403]).toEqual([route, MACHINES_ONLY.has(route)]);
    }
  });

  test("cannot be had by HEAD where it cannot be had by GET", async () => {
    for (const route of routes.filter((route) => route.startsWith("GET ") && !PUBLIC.has(route))) {
      expect([route, (await call(stranger(server), route.replace("GET", "HEAD"))).status]).toEqual([route, 401]);
    }
  });
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
