import { generateKeyPairSync } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestAuthority } from "../../src/document/seal/test-authority.ts";
import { instantOf } from "../../src/domain/time.ts";
import type { ContractJson, OrderJson } from "../../src/http/schemas.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { type Caller, machine, problemOf, read } from "./caller.ts";
import { orderBody } from "./order-body.ts";

const YEAR_MS = 365 * 86_400_000;
let server: TestServer;
let seller: Caller;
let aheadMs = 0;
beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => instantOf(Date.now() + aheadMs) } });
  seller = machine(server);
  for (const order of ["K1", "K2", "K3"]) await seller.put(`/v1/orders/${order}`, orderBody());
});
afterAll(() => server.close());

const keysOf = (...path: readonly string[]) => join(server.services.environment.home, "keys", ...path);

async function decisionOf(order: string): Promise<OrderJson["decision"]> {
  return (await read<OrderJson>(await seller.get(`/v1/orders/${order}`))).decision;
}

/** A key of another authority, put there as an operator does while the service runs. */
async function putSuccessor(): Promise<void> {
  const authority = createTestAuthority({ keyType: "p256", now: new Date(Date.now() + aheadMs - 60_000) });
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const wanted = { legalName: "杭州示例云计算有限公司", countryCode: "CN", publicKey };
  await writeFile(keysOf("roots", "successor.pem"), authority.root.certificatePem);
  const aside = keysOf("successor");
  await mkdir(aside);
  await writeFile(join(aside, "key.json"), JSON.stringify({ kind: "file" }));
  await writeFile(join(aside, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  await writeFile(join(aside, "certificate.pem"), authority.issueSealCertificate(wanted).certificatePem);
  await rename(aside, keysOf("sellers", "demo-cloud", "successor"));
}

async function until<Value>(get: () => Promise<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  for (const end = Date.now() + 5_000; ; ) {
    const value = await get();
    if (wanted(value) || Date.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("an expired key refuses instead of hanging, a successor seals at once, and old seals go on verifying (R18)", async () => {
  const first = await read<ContractJson>(await seller.post("/v1/orders/K1/contract", { contact: "李" }));
  expect(first).toMatchObject({ state: "issued" });

  // The demonstration's certificates last three years.
  aheadMs = 4 * YEAR_MS;
  expect(await decisionOf("K2")).toMatchObject({ kind: "refuse", code: "seller_cannot_seal" });
  const refused = await seller.post("/v1/orders/K2/contract", { contact: "李" });
  expect([refused.status, (await problemOf(refused)).code]).toEqual([422, "seller_cannot_seal"]);
  const listed = await read<{ items: readonly OrderJson[] }>(
    await seller.get("/v1/orders?account=demo-enterprise&q=K2"),
  );
  expect(listed.items.map(({ decision }) => decision)).toMatchObject([{ code: "seller_cannot_seal" }]);

  await putSuccessor();
  expect(
    await until(
      () => decisionOf("K2"),
      ({ kind }) => kind === "issue",
    ),
  ).toMatchObject({ kind: "issue" });
  const second = await seller.post("/v1/orders/K2/contract", { contact: "李" });
  expect([second.status, await read(second)]).toEqual([201, expect.objectContaining({ state: "issued" })]);

  // Removed, with its private part: what it sealed is as genuine as before.
  await rm(keysOf("sellers", "demo-cloud", "demo"), { recursive: true });
  aheadMs = 0;
  const pdf = await (await seller.get(`/v1/contracts/${first.number}/document.pdf`)).arrayBuffer();
  const checked = await seller.send(
    "POST",
    "/v1/verifications",
    { "content-type": "application/pdf" },
    Buffer.from(pdf),
  );
  expect(await read(checked)).toMatchObject({ verdict: "passed", issuedHere: true });
});

test("a seller whose last key is removed cannot seal within seconds (R18)", async () => {
  await rm(keysOf("sellers", "demo-cloud"), { recursive: true });
  expect(
    await until(
      () => decisionOf("K3"),
      ({ kind }) => kind === "refuse",
    ),
  ).toMatchObject({
    code: "seller_cannot_seal",
  });
});
