import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archiveNextContract } from "../src/application/archive-contract.ts";
import { archivingCheck } from "../src/archiving.ts";
import { DEMO_MARKETPLACE_SELLER, DEMO_SELLER } from "../src/demo-parties.ts";
import { keyFiles } from "../src/document/key-folder.ts";
import { sellerFolder } from "../src/document/key-ring.ts";
import { createTestAuthority, type TestAuthority } from "../src/document/seal/test-authority.ts";
import {
  startTestRevocationService,
  type TestRevocationService,
} from "../src/document/seal/test-revocation-service.fixture.ts";
import {
  startTestTimestampAuthority,
  type TestTimestampAuthority,
} from "../src/document/seal/test-timestamp-authority.fixture.ts";
import { instantOf } from "../src/domain/time.ts";
import { adoptKeys } from "./adopt-keys.ts";
import { freePort } from "./free-port.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

/** One service, told as a diary: sealed, not archived while anything is missing, archived, and a month later renewed. */
const start = Date.now();
let ahead = 0;
const clock = { now: () => instantOf(Date.now() + ahead) };
const DAY_MS = 86_400_000;

let home: string;
let authority: TestAuthority;
let revocation: TestRevocationService;
let timestamps: TestTimestampAuthority | null = null;
let port: number;
let server: TestServer;
let number: string;
let sealed: Buffer;
let archived: Buffer;

beforeAll(async () => {
  [home, revocation, port] = await Promise.all([
    mkdtemp(join(tmpdir(), "orderseal-archive-")),
    startTestRevocationService(),
    freePort(),
  ]);
  authority = createTestAuthority({ keyType: "p256", now: new Date(start - DAY_MS), revocation });
  // The marketplace's seller has a certificate as the demo makes them: it names no revocation service.
  const silent = createTestAuthority({ keyType: "p256", now: new Date(start - DAY_MS) });
  await written(join(home, "keys", "roots", "silent.pem"), silent.root.certificatePem);
  for (const [{ id, legalName }, issuer] of [
    [DEMO_SELLER, authority],
    [DEMO_MARKETPLACE_SELLER, silent],
  ] as const) {
    const seal = issuer.issueSealCertificate({ legalName: legalName["zh-CN"], countryCode: "CN" });
    const { privateKey, certificate } = keyFiles(sellerFolder(join(home, "keys"), id));
    await written(privateKey, seal.privateKeyPem);
    await written(certificate, seal.certificatePem + issuer.root.certificatePem);
  }
  await written(join(home, "keys", "roots", "root.pem"), authority.root.certificatePem);
  await stampWith(31);
  server = await startTestServer({ ORDERSEAL_HOME: home, ORDERSEAL_TSA_URL: `http://127.0.0.1:${port}/` }, { clock });
  await adoptKeys(server.services);
  const response = await get("/v1/orders/D100000000001/contract", "POST");
  number = ((await response.json()) as { number: string }).number;
  sealed = await file("document.pdf");
});
afterAll(async () => {
  await server.close();
  await Promise.all([timestamps?.close(), revocation.close()]);
  await rm(home, { recursive: true, force: true });
});

test("while nobody can be asked about revocation there is no archive, and the log and doctor say why", async () => {
  await expect.poll(() => server.printed.join("\n"), { timeout: 10_000 }).toContain("revocation_unavailable");
  const answer = await get(`/v1/contracts/${number}/archive.pdf`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: "contract_not_archived" });
  expect(await shown()).toMatchObject({ archive: null });
  const check = await archivingCheck({ timestampUrl: "http://127.0.0.1/" }, server.services, "en");
  expect(check).toMatchObject({ ok: false, detail: expect.stringContaining("answered HTTP 503") });
});

test("with the time-stamping authority down nothing is half-done", async () => {
  revocation.answers = { issuer: authority.root, now: new Date(start) };
  await timestamps?.close();
  timestamps = null;
  ahead += 2 * 60_000;
  await expect.poll(() => server.printed.join("\n"), { timeout: 10_000 }).toContain("timestamp_unavailable");
  expect(await server.services.database.selectFrom("contract_archives").selectAll().execute()).toEqual([]);
  expect(await shown()).toMatchObject({ archive: null });
});

test("once both are there the contract is archived by itself, and the sealed file stays as it is", async () => {
  await stampWith(31);
  ahead += 5 * 60_000;
  await expect.poll(async () => (await shown()).archive?.level, { timeout: 10_000 }).toBe("B-LTA");
  archived = await file("archive.pdf");
  expect((await file("document.pdf")).equals(sealed)).toBe(true);
  expect(archived.subarray(0, sealed.length).equals(sealed)).toBe(true);
  expect(await verified(archived)).toMatchObject({ verdict: "passed", level: "B-LTA", issuedHere: true, number });
  expect(await verified(sealed)).toMatchObject({ verdict: "passed", level: "B-T", issuedHere: true, number });
  const check = await archivingCheck({ timestampUrl: "http://127.0.0.1/" }, server.services, "en");
  expect(check).toMatchObject({ ok: true, detail: "none is in trouble" });
  const inChinese = await archivingCheck({ timestampUrl: "http://127.0.0.1/" }, server.services, "zh-CN");
  expect(inChinese.detail).toBe("没有存档受阻");
});

test("the archive is served by its hash, in ranges, and is asked for anew since it may be renewed", async () => {
  const { archive } = await shown();
  const path = `/v1/contracts/${number}/archive.pdf`;
  const whole = await get(path);
  expect(whole.headers.get("etag")).toBe(`"${archive?.sha256}"`);
  expect(whole.headers.get("cache-control")).toBe("private, no-cache");
  const part = await fetch(server.url + path, { headers: { ...headers(), range: "bytes=0-4" } });
  expect([part.status, await part.text()]).toEqual([206, "%PDF-"]);
  const same = await fetch(server.url + path, { headers: { ...headers(), "if-none-match": `"${archive?.sha256}"` } });
  expect(same.status).toBe(304);
  expect((await fetch(server.url + path)).status).toBe(401);
});

test("making it left an audit entry and an event, and the books let nobody change it", async () => {
  const { database } = server.services;
  const entries = await database
    .selectFrom("audit_entries")
    .select("detail")
    .where("action", "=", "contract.archived")
    .execute();
  const events = await database
    .selectFrom("outbox")
    .select("subject")
    .where("type", "=", "contract.archived")
    .execute();
  expect(entries).toMatchObject([{ detail: { level: "B-LTA", document: (await shown()).archive?.sha256 } }]);
  expect(events).toEqual([{ subject: number }]);
  await expect(database.updateTable("contract_archives").set({ level: "B-LT" }).execute()).rejects.toThrow(
    "append-only",
  );
  await expect(database.deleteFrom("contract_archives").execute()).rejects.toThrow("append-only");
});

test("before its timestamp's certificate ends the archive is renewed by one that begins with it", async () => {
  await timestamps?.close();
  await stampWith(400);
  revocation.answers = { issuer: authority.root, now: new Date(start + 29 * DAY_MS) };
  ahead = 29 * DAY_MS;
  await expect.poll(async () => (await file("archive.pdf")).equals(archived), { timeout: 10_000 }).toBe(false);
  const renewed = await file("archive.pdf");
  expect(renewed.subarray(0, archived.length).equals(archived)).toBe(true);
  expect(await verified(renewed)).toMatchObject({ verdict: "passed", level: "B-LTA", issuedHere: true });
  expect(await verified(archived)).toMatchObject({ verdict: "passed", level: "B-LTA", issuedHere: true });
});

test("a contract whose certificate names nobody to ask is put off for a month, and said so once", async () => {
  const requested = await get("/v1/orders/D300000000001/contract", "POST");
  const { number: other } = (await requested.json()) as { number: string };
  const told = () => server.printed.filter((line) => line.includes(`contract ${other} is not archived (no_source)`));
  await expect.poll(() => told().length, { timeout: 10_000 }).toBe(1);
  const { database } = server.services;
  const [work] = await database.selectFrom("archive_work").selectAll().where("trouble", "like", "no_source%").execute();
  expect(work?.due_at.getTime()).toBeGreaterThan(clock.now() + 29 * DAY_MS);
  const check = await archivingCheck({ timestampUrl: "http://127.0.0.1/" }, server.services, "en");
  expect(check).toMatchObject({ ok: true, detail: expect.stringContaining("names no OCSP responder") });
});

test("sellers who rest are left alone, and what fails on our side stands where doctor looks", async () => {
  const { ledger, database } = server.services;
  const due = instantOf(clock.now() + 40 * DAY_MS);
  expect(await ledger.claimArchiveWork(due, [DEMO_SELLER.id, DEMO_MARKETPLACE_SELLER.id])).toBeNull();
  const claimed = await ledger.claimArchiveWork(due, [DEMO_SELLER.id]);
  expect(claimed?.contract.seller).toBe(DEMO_MARKETPLACE_SELLER.id);
  const lost = {
    ...server.services,
    clock: { now: () => instantOf(due + DAY_MS) },
    archivist: { archive: () => Promise.reject(new Error("never asked")) },
    objects: { ...server.services.objects, get: async () => null },
  };
  await expect(archiveNextContract(lost)).rejects.toThrow("is missing");
  const failed = await database.selectFrom("archive_work").selectAll().where("trouble", "like", "failed: %").execute();
  expect(failed).toHaveLength(1);
});

test("the books take no archive that continues a file of nobody", async () => {
  const { database } = server.services;
  const [row] = await database.selectFrom("contract_archives").selectAll().limit(1).execute();
  if (!row) throw new Error("Expected an archive");
  const stray = { ...row, document_sha256: "a".repeat(64), continues: "b".repeat(64) };
  await expect(database.insertInto("contract_archives").values(stray).execute()).rejects.toThrow("not its contract's");
});

/** A new certificate of this length, and the authority at its usual address. */
async function stampWith(validDays: number): Promise<void> {
  const signer = authority.issueTimestampCertificate({ validDays });
  timestamps = await startTestTimestampAuthority({ signer, genTime: () => new Date(clock.now()), port });
}

async function written(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function headers(): Record<string, string> {
  return { authorization: `Bearer ${server.apiKey}` };
}

function get(path: string, method = "GET"): Promise<Response> {
  return fetch(server.url + path, { method, headers: headers() });
}

async function shown() {
  const response = await get(`/v1/contracts/${number}`);
  return (await response.json()) as { readonly archive: { readonly level: string; readonly sha256: string } | null };
}

async function file(name: string): Promise<Buffer> {
  return Buffer.from(await (await get(`/v1/contracts/${number}/${name}`)).arrayBuffer());
}

async function verified(pdf: Buffer): Promise<unknown> {
  const body = new Uint8Array(pdf);
  const answer = await fetch(`${server.url}/v1/verifications`, {
    method: "POST",
    headers: { "content-type": "application/pdf" },
    body,
  });
  return answer.json();
}
