import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "../../src/application/verify-audit.ts";
import { type AuditedShop, openAuditedShop } from "./audited-shop.ts";

let shop: AuditedShop;
beforeAll(async () => {
  shop = await openAuditedShop();
});
afterAll(() => shop?.close());

test("books that the product has written are sound", async () => {
  const verified = await verifyAudit(shop.server.services, { witnessed: [], most: 100 });
  console.log(verified, shop.server.printed);
  expect(verified.findings).toEqual([]);
});
