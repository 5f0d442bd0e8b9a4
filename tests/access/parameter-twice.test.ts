import { afterAll, beforeAll, expect, test } from "vitest";
import document from "../../docs/openapi.json" with { type: "json" };
import { type Caller, desk, read } from "../http/caller.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

let server: TestServer;
let auditor: Caller;
beforeAll(async () => {
  server = await startTestServer();
  auditor = await desk(server, "auditor");
});
afterAll(() => server.close());

interface Parameter {
  readonly in?: string;
  readonly name?: string;
}

/** Every read with parameters in its address; an identifier that its path asks for is one that nobody has. */
const READS = Object.entries(document.paths).flatMap(([path, operations]) => {
  const parameters: readonly Parameter[] =
    ("get" in operations && "parameters" in operations.get && operations.get.parameters) || [];
  return parameters.filter((parameter) => parameter.in === "query").map(({ name = "" }) => ({ path, name }));
});

test("the reads with parameters are known", () => {
  expect(READS.length).toBeGreaterThan(50);
});

test.each(READS)(
  "$path refuses two of $name, rather than pick one (OWASP ASVS 5.0, 15.3.7)",
  async ({ path, name }) => {
    const concrete = path
      .replace("{endpoint}", "00000000-0000-7000-8000-000000000000")
      .replace("{cycle}", "2026-10")
      .replace(/\{\w+\}/g, "D1");
    const response = await auditor.get(`${concrete}?${name}=1&${name}=2`);
    expect(response.status).toBe(422);
    const { code, detail } = await read<{ code: string; detail: string }>(response);
    expect([code, detail.includes(name)]).toEqual(["invalid_input", true]);
  },
);
