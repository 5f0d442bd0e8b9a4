import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test("the committed OpenAPI document is what the product says of itself; npm run gen writes it anew", async () => {
  const committed: unknown = JSON.parse(await readFile(new URL("../../docs/openapi.json", import.meta.url), "utf8"));
  const served: unknown = await (await fetch(`${server.url}/openapi.json`)).json();
  expect(committed).toEqual(served);
});
