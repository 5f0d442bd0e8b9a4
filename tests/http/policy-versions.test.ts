import { afterAll, beforeAll, expect, test } from "vitest";
import type { PolicyDocument } from "../../src/application/policy-document.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, desk, machine, problemOf, read } from "./caller.ts";

interface Version {
  readonly version: number;
  readonly origin: string;
  readonly draftedBy: string | null;
  readonly publishedBy: string;
  readonly publishedAt: string;
}

let server: TestServer;
let first: Caller;
let second: Caller;
beforeAll(async () => {
  server = await startTestServer();
  first = await desk(server, "contract-desk-1");
  second = await desk(server, "contract-desk-2");
});
afterAll(() => server.close());

test("every version is told with who drafted and who published it, newest first and in pages", async () => {
  const before = await read<{ version: number; rules: PolicyDocument }>(await first.get("/v1/policy"));
  await first.put("/v1/policy/draft", { ...before.rules, reissueAfterVoid: true });
  await second.post("/v1/policy/draft/publish");
  const product = { name: { "zh-CN": "新品", en: "New product" }, selfService: ["subscription"] };
  await machine(server).put("/v1/products/brand-new", product);

  const { items } = await read<{ items: Version[] }>(await first.get("/v1/policy/versions"));
  expect(items.map(({ version }) => version)).toEqual(items.map(({ version }) => version).toSorted((a, b) => b - a));
  expect(items.slice(0, 2)).toMatchObject([
    {
      version: before.version + 2,
      origin: "catalogue",
      draftedBy: null,
      publishedBy: expect.stringMatching(/^machine:/),
    },
    { version: before.version + 1, origin: "draft", draftedBy: "contract-desk-1", publishedBy: "contract-desk-2" },
  ]);
  expect(items.at(-1)).toMatchObject({ version: 1, origin: "default", draftedBy: null, publishedBy: "orderseal" });
  for (const { publishedAt } of items) expect(Date.now() - Date.parse(publishedAt)).toBeLessThan(3_600_000);

  const page = await read<{ items: Version[]; next: string }>(await first.get("/v1/policy/versions?limit=1"));
  expect(page.items).toEqual(items.slice(0, 1));
  const next = await read<{ items: Version[] }>(await first.get(`/v1/policy/versions?limit=1&cursor=${page.next}`));
  expect(next.items).toEqual(items.slice(1, 2));
  expect(await read(await first.get("/v1/policy/versions?cursor=x%00"))).toEqual({ items, next: null });
});

test("one version is shown with what it says", async () => {
  const now = await read<{ version: number; rules: PolicyDocument }>(await first.get("/v1/policy"));
  expect(await read(await first.get(`/v1/policy/versions/${now.version}`))).toMatchObject(now);
  for (const text of ["0", "999", "x", "1.0", "-1", "99999999999"]) {
    const response = await first.get(`/v1/policy/versions/${text}`);
    expect([text, response.status, (await problemOf(response)).code]).toEqual([text, 404, "not_found"]);
  }
});

test("who made the rules is the house's own business", async () => {
  for (const caller of [await buyer(server, "demo-enterprise"), machine(server)]) {
    for (const path of ["/v1/policy/versions", "/v1/policy/versions/1"]) {
      expect([path, (await caller.get(path)).status]).toEqual([path, 403]);
    }
  }
});

test("a draft tells whoever looks at it whether it is theirs to publish", async () => {
  const { rules } = await read<{ rules: PolicyDocument }>(await first.get("/v1/policy"));
  expect(await read(await first.get("/v1/policy/drafts"))).toEqual({ items: [], next: null });
  const drafted = await first.put("/v1/policy/draft", { ...rules, identityRequired: false });
  expect(await read(drafted)).toMatchObject({ mine: true });
  expect(await read(await first.get("/v1/policy/draft"))).toMatchObject({ mine: true });
  const seen = await read(await second.get("/v1/policy/draft"));
  expect(seen).toMatchObject({ mine: false });
  expect(await read(await second.get("/v1/policy/drafts"))).toEqual({ items: [seen], next: null });
});
