import { generateKeyPairSync } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestAuthority } from "../../src/document/seal/test-authority.ts";
import { instantOf } from "../../src/domain/time.ts";
import type { components } from "../../web/src/api/schema.d.ts";
import { makeKey } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { buyer, type Caller, machine, read } from "./caller.ts";

type SellerKeys = components["schemas"]["SellerKeys"];
type Today = components["schemas"]["Today"];

const DAY_MS = 86_400_000;
let server: TestServer;
let administrator: Caller;
let aheadMs = 0;
beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => instantOf(Date.now() + aheadMs) } });
  administrator = machine({ url: server.url, apiKey: await makeKey(server.services, "keys", "administrator") });
});
afterAll(() => server.close());

const keysOf = (...path: readonly string[]) => join(server.services.environment.home, "keys", ...path);

async function keysOfHouse(): Promise<SellerKeys> {
  const response = await administrator.get("/v1/seal-keys");
  expect(response.status).toBe(200);
  const { items } = await read<{ items: SellerKeys[] }>(response);
  const house = items.find(({ seller }) => seller === "demo-cloud");
  if (!house) throw new Error("the default seller is not listed");
  return house;
}

/** As `orderseal keys request` makes a key that has no certificate yet. */
async function requestKey(name: string): Promise<void> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const folder = keysOf(name);
  await mkdir(folder);
  await writeFile(join(folder, "key.json"), JSON.stringify({ kind: "file" }));
  await writeFile(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  await writeFile(join(folder, "request.csr"), "-----BEGIN CERTIFICATE REQUEST-----\n");
  await rename(folder, keysOf("sellers", "demo-cloud", name));
}

/** A key that begins to be used at `from`. */
async function addKey(name: string, from: Date): Promise<void> {
  const authority = createTestAuthority({ keyType: "p256", now: new Date(Date.now() + aheadMs - 60_000) });
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const wanted = { legalName: "杭州示例云计算有限公司", countryCode: "CN", publicKey };
  await writeFile(keysOf("roots", `${name}.pem`), authority.root.certificatePem);
  const folder = keysOf(name);
  await mkdir(folder);
  await writeFile(join(folder, "key.json"), JSON.stringify({ kind: "file", from: from.toISOString() }));
  await writeFile(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  await writeFile(join(folder, "certificate.pem"), authority.issueSealCertificate(wanted).certificatePem);
  await rename(folder, keysOf("sellers", "demo-cloud", name));
}

test("the keys of each seller: whose, how strong, where kept, how long; no secret and no path", async () => {
  const house = await keysOfHouse();
  expect(house).toMatchObject({ name: { "zh-CN": "杭州示例云计算有限公司" }, resumesAt: null, alarm: "none" });
  expect(house.keys).toEqual([
    {
      name: "demo",
      state: "in_use",
      kind: "file",
      algorithm: "P-256",
      subject: expect.stringContaining("杭州示例云计算有限公司"),
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      validFrom: expect.any(String),
      validUntil: house.canSealUntil,
      daysLeft: house.daysLeft,
    },
  ]);
  const text = await (await administrator.get("/v1/seal-keys")).text();
  expect(text).not.toContain(server.services.environment.home);
  expect(text).not.toMatch(/PRIVATE|passphrase|\.pem|key\.json/);
});

test("they are for those who look after keys or audit them", async () => {
  for (const role of ["contract_desk", "auditor"] as const) {
    const reader = machine({ url: server.url, apiKey: await makeKey(server.services, role, role) });
    expect((await reader.get("/v1/seal-keys")).status).toBe(200);
  }
  const others = [
    machine({ url: server.url, apiKey: await makeKey(server.services, "m", "marketplace_desk") }),
    await buyer(server, "demo-enterprise"),
    machine(server),
  ];
  for (const other of others) expect((await other.get("/v1/seal-keys")).status).toBe(403);
});

test("the alarm grows as the end comes near, and ends with a successor that leaves no gap", async () => {
  const { daysLeft } = await keysOfHouse();
  const whenLeft = async (days: number) => {
    aheadMs = ((daysLeft ?? 0) - days) * DAY_MS;
    const { sealKeys } = await read<Today>(await administrator.get("/v1/desk/today"));
    const house = await keysOfHouse();
    expect(sealKeys?.find(({ seller }) => seller === "demo-cloud")).toEqual({ ...house, keys: undefined });
    return [house.daysLeft, house.alarm];
  };
  expect([await whenLeft(90), await whenLeft(89), await whenLeft(29), await whenLeft(6)]).toEqual([
    [90, "none"],
    [89, "within_90_days"],
    [29, "within_30_days"],
    [6, "within_7_days"],
  ]);

  // It waits for its certificate, and so changes nothing yet.
  await requestKey("next");
  await expect.poll(async () => (await keysOfHouse()).keys.map(({ state }) => state)).toContain("awaiting_certificate");
  expect((await keysOfHouse()).alarm).toBe("within_7_days");

  const gap = new Date(Date.now() + aheadMs + 10 * DAY_MS);
  await addKey("late", gap);
  await expect.poll(async () => (await keysOfHouse()).resumesAt).toBe(gap.toISOString());
  expect((await keysOfHouse()).alarm).toBe("within_7_days");

  await addKey("soon", new Date(Date.now() + aheadMs + 3 * DAY_MS));
  await expect.poll(async () => (await keysOfHouse()).alarm).toBe("none");
  expect((await keysOfHouse()).keys.map(({ name, state }) => [name, state])).toEqual([
    ["demo", "in_use"],
    ["late", "not_yet"],
    ["next", "awaiting_certificate"],
    ["soon", "not_yet"],
  ]);
});

test("a seller without a key cannot seal, and says so", async () => {
  await rm(keysOf("sellers", "demo-cloud"), { recursive: true });
  await expect
    .poll(async () => keysOfHouse())
    .toMatchObject({ alarm: "cannot_seal", canSealUntil: null, daysLeft: null, keys: [] });
});
