import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** As a browser or proxy would send it: fetch does not let a host be named. */
function statusOf(path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once("error", reject).end();
  });
}

test.each([
  ["127.0.0.1", 200],
  ["localhost:4180", 200],
  ["[::1]:4180", 200],
  ["evil.example", 421],
  ["contracts.seller.example:443", 421],
])("in demo mode a request that names the host %s is answered with %i", async (host, status) => {
  expect(await statusOf("/v1/demo/accounts", { host })).toBe(status);
});

test.each(["x-forwarded-for", "x-forwarded-host", "forwarded", "via", "x-real-ip"])(
  "nor is anybody let in through a proxy (%s), whatever host it names",
  async (header) => {
    expect(await statusOf("/v1/demo/accounts", { [header]: "203.0.113.9" })).toBe(421);
    expect(await statusOf("/", { [header]: "203.0.113.9" })).toBe(421);
  },
);
