import { generateKeyPairSync } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adoptSealKeys, proposeSealKey } from "../../src/application/propose-seal-key.ts";
import { openKeyDesk } from "../../src/document/key-desk.ts";
import { createTestAuthority } from "../../src/document/seal/test-authority.ts";
import { instantOf } from "../../src/domain/time.ts";
import type { OrderJson } from "../../src/http/schemas.ts";
import { type Caller, machine, problemOf, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { makeKey, TESTER } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

const SELLER = "demo-cloud";
let server: TestServer;
let administrator: Caller;
let keys: string;
beforeAll(async () => {
  server = await startTestServer();
  keys = join(server.services.environment.home, "keys");
  // From here on its keys are like those of a seller in earnest.
  await rm(join(keys, "DEMO"));
  administrator = machine({ url: server.url, apiKey: await makeKey(server.services, "zhang", "administrator") });
});
afterAll(() => server.close());

async function decisionOn(order: string): Promise<OrderJson["decision"]> {
  await machine(server).put(`/v1/orders/${order}`, orderBody());
  return (await read<OrderJson>(await machine(server).get(`/v1/orders/${order}`))).decision;
}

async function lineOf(name: string) {
  const { ledger } = server.services;
  const lines = await openKeyDesk(keys, () => ledger.approvedSealKeys()).list(null, instantOf(Date.now()));
  const line = lines.find((known) => known.seller === SELLER && known.name === name);
  if (!line) throw new Error(`${SELLER} has no key ${name}`);
  return line;
}

async function propose(name: string): Promise<string> {
  const outcome = await proposeSealKey(server.services, TESTER, await lineOf(name));
  if (outcome.kind !== "proposed") throw new Error(outcome.kind);
  return outcome.proposal.id;
}

async function putKey(name: string): Promise<void> {
  const authority = createTestAuthority({ keyType: "p256", now: new Date(Date.now() - 60_000) });
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const wanted = { legalName: "杭州示例云计算有限公司", countryCode: "CN", publicKey };
  await writeFile(join(keys, "roots", `${name}.pem`), authority.root.certificatePem);
  const aside = join(keys, name);
  await mkdir(aside);
  await writeFile(join(aside, "key.json"), JSON.stringify({ kind: "file" }));
  await writeFile(join(aside, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  await writeFile(join(aside, "certificate.pem"), authority.issueSealCertificate(wanted).certificatePem);
  await rename(aside, join(keys, "sellers", SELLER, name));
}

const seals = async (order: string) => (await decisionOn(order)).kind === "issue";

test("a seal key that nobody has approved seals nothing, and says what it waits for", async () => {
  await expect.poll(() => decisionOn("K1")).toMatchObject({ kind: "refuse", code: "seller_cannot_seal" });
  expect(await lineOf("demo")).toMatchObject({
    state: "awaiting_approval",
    fault: { en: expect.stringContaining(`orderseal keys propose --seller ${SELLER} --name demo`) },
  });
});

test("one person proposes it and another approves it: then it seals, and the audit names both", async () => {
  const id = await propose("demo");
  expect(await propose("demo")).toBe(id);
  const self = machine({ url: server.url, apiKey: await makeKey(server.services, "TESTER ", "administrator") });
  expect(await problemOf(await self.post(`/v1/proposals/${id}/approve`))).toMatchObject({
    code: "second_person_needed",
  });
  const desk = machine({ url: server.url, apiKey: await makeKey(server.services, "desk", "contract_desk") });
  expect(await problemOf(await desk.post(`/v1/proposals/${id}/approve`))).toMatchObject({ code: "not_allowed" });
  expect(await seals("K1")).toBe(false);
  const approved = await administrator.post(`/v1/proposals/${id}/approve`);
  expect(await read(approved)).toMatchObject({
    ...{ state: "approved", kind: "add_seal_key", proposedBy: "tester", decidedBy: "zhang" },
    detail: { seller: SELLER, name: "demo", algorithm: "P-256" },
  });
  await expect.poll(() => seals("K1")).toBe(true);
  expect((await machine(server).post("/v1/orders/K1/contract", {})).status).toBe(201);
  const { rows } = await sql`SELECT action, actor FROM audit_entries WHERE object_id = ${id} ORDER BY entry_id`.execute(
    server.services.database,
  );
  expect(rows).toEqual([
    { action: "proposal.made", actor: "tester" },
    { action: "proposal.approved", actor: "zhang" },
  ]);
});

test("another key put in its place, under the same name, needs approval of its own", async () => {
  await putKey("other");
  const [folder, other] = [join(keys, "sellers", SELLER, "demo"), join(keys, "sellers", SELLER, "other")];
  const before = await readFile(join(folder, "certificate.pem"), "utf8");
  await rename(folder, join(keys, "aside"));
  await rename(other, folder);
  await expect.poll(() => seals("K2")).toBe(false);
  expect((await lineOf("demo")).state).toBe("awaiting_approval");
  await rm(folder, { recursive: true });
  await rename(join(keys, "aside"), folder);
  expect(await readFile(join(folder, "certificate.pem"), "utf8")).toBe(before);
  await expect.poll(() => seals("K2")).toBe(true);
});

test("a proposal that was turned down leaves the key out; it can be proposed again", async () => {
  await putKey("unwanted");
  const id = await propose("unwanted");
  expect((await administrator.post(`/v1/proposals/${id}/reject`)).status).toBe(200);
  expect((await lineOf("unwanted")).state).toBe("awaiting_approval");
  expect(await propose("unwanted")).not.toBe(id);
});

test("an installation that sealed before keys were approved adopts those it has, once", async () => {
  await putKey("adopted");
  const { ledger, database } = server.services;
  const lines = await openKeyDesk(keys).list(null, instantOf(Date.now()));
  expect(await adoptSealKeys(server.services, lines)).toBe(0);
  await sql`INSERT INTO settings VALUES ('seal_keys_to_adopt', 'all')`.execute(database);
  expect(await adoptSealKeys(server.services, lines)).toBeGreaterThan(0);
  expect((await ledger.approvedSealKeys()).has((await lineOf("adopted")).certificate ?? "")).toBe(true);
  expect(await adoptSealKeys(server.services, lines)).toBe(0);
});
