import { afterAll, beforeAll, expect, test } from "vitest";
import type { CommandLine } from "./command-line.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

let orderseal: CommandLine;
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  const account = ["--format", "billing-api", "--account", "acct-1", "--legal-name", "北京样本科技有限公司"];
  expect((await orderseal.run(["import", SAMPLE_PATH, ...account])).exitCode).toBe(0);
});
afterAll(() => orderseal.remove());

test("the catalogue is listed with what is self-service", async () => {
  const products = await orderseal.json<{ code: string }>(["products", "list"]);
  expect(products).toContainEqual({
    code: "cdn",
    name: { "zh-CN": "CDN 流量包", en: "CDN traffic plan" },
    selfService: ["subscription"],
  });
  const { out } = await orderseal.run(["products", "list"]);
  expect(out).toMatch(/^ecs {2,}Elastic Compute Service {2,}subscription, pay_as_you_go$/m);
});

test("sellers are listed with whether they can seal", async () => {
  const sellers = await orderseal.json<{ seller: string }>(["sellers", "list"]);
  expect(sellers).toContainEqual(expect.objectContaining({ active: true, canSeal: true, isDefault: true }));
  const { out } = await orderseal.run(["sellers", "list"]);
  expect(out).toMatch(/ {2,}can seal\b/);
});

test("partners are listed with how many accounts they serve; without any, it says so", async () => {
  const partners = await orderseal.json<{ partner: string; accounts: number }>(["partners", "list"]);
  const { out } = await orderseal.run(["partners", "list"]);
  for (const { partner } of partners) expect(out).toContain(partner);
  if (partners.length === 0) expect(out).toBe("No partners yet.\n");
});
