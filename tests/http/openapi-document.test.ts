import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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

test("the console's client is what that document makes of it", async () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const generator = createRequire(join(root, "web/package.json")).resolve("openapi-typescript/package.json");
  const folder = await mkdtemp(join(tmpdir(), "orderseal-client-"));
  const made = join(folder, "schema.d.ts");
  const run = [join(dirname(generator), "bin/cli.js"), join(root, "docs/openapi.json"), "-o", made];
  try {
    expect(spawnSync(process.execPath, run).status).toBe(0);
    expect(await readFile(join(root, "web/src/api/schema.d.ts"), "utf8")).toBe(await readFile(made, "utf8"));
  } finally {
    await rm(folder, { recursive: true });
  }
});
