import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type VerifiedAudit, verifyAudit } from "../../src/application/verify-audit.ts";
import { watchChain } from "../../src/application/watch-chain.ts";
import { watchLog } from "../../src/application/watch-log.ts";
import { backUpTo } from "../../src/backing-up.ts";
import type { Environment } from "../../src/environment.ts";
import type { ContractJson } from "../../src/http/schemas.ts";
import { startService } from "../../src/serve.ts";
import { openServices } from "../../src/services.ts";
import { REFERENCED_FILES } from "../../src/store/referenced-files.ts";
import { freePort } from "../free-port.ts";
import { type Caller, desk, machine, read } from "../http/caller.ts";
import { postPdf, scannedPdf } from "../http/offline-pdf.ts";
import { orderBody } from "../http/order-body.ts";
import type { Thread } from "../http/ticket-thread.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { workerRenderers } from "../worker-renderers.ts";
import { contentOf, type EmptyInstallation, emptyInstallation, guardsOf } from "./restored-installation.ts";

const silent = () => {};

let server: TestServer;
let seller: Caller;
let folder: string;
let whole: string;
let acknowledged: ContractJson[];
beforeAll(async () => {
  server = await startTestServer();
  seller = machine(server);
  folder = await mkdtemp(join(tmpdir(), "orderseal-backup-"));
  whole = join(folder, "whole.tar");
  acknowledged = await request("BEFORE", 4);
  await resolveOffline();
  // In the text that COPY writes, these are the characters that could be taken for its own.
  await seller.put("/v1/orders/TABS", orderBody({ lines: orderBody().lines.map(awkward) }));
  // Events get their places a moment after the commit; what is compared below should not change between two looks.
  const unplaced = server.services.database.selectFrom("outbox").select("event_id").where("position", "is", null);
  while ((await unplaced.execute()).length > 0) await setTimeout(50);
  await watchChain(server.services);
  await watchLog(server.services);
  await backUpTo(server.services.environment, whole, silent);
}, 120_000);
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const awkward = <Line extends object>(line: Line) => ({ ...line, description: 'a\tb\\n"c"\\.\n中文' });

async function request(prefix: string, count: number): Promise<ContractJson[]> {
  const orders = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  return Promise.all(
    orders.map(async (order) => {
      expect((await seller.put(`/v1/orders/${order}`, orderBody())).status).toBe(200);
      const response = await seller.post(`/v1/orders/${order}/contract`, {});
      expect([201, 202]).toContain(response.status);
      return issued(await read<ContractJson>(response));
    }),
  );
}

/** A busy machine seals later than a request waits. */
async function issued(contract: ContractJson): Promise<ContractJson> {
  if (contract.state === "issued") return contract;
  await setTimeout(100);
  return issued(await read<ContractJson>(await seller.get(`/v1/contracts/${contract.number}`)));
}

/** A ticket with an attachment, resolved with the signed PDF (R20). */
async function resolveOffline(): Promise<void> {
  const lines = orderBody().lines.map((line) => ({ ...line, product: "bespoke" }));
  await seller.put("/v1/orders/OFFLINE", orderBody({ lines }));
  const contractDesk = await desk(server, "contract-desk-1");
  const opened = await contractDesk.post("/v1/tickets", { order: "OFFLINE" });
  const path = `/v1/tickets/${(await read<Thread>(opened)).ticket}`;
  expect((await postPdf(contractDesk, `${path}/attachments`, scannedPdf())).status).toBe(201);
  expect((await postPdf(contractDesk, `${path}/resolve`, scannedPdf())).status).toBe(200);
}

async function auditOf(environment: Environment): Promise<VerifiedAudit> {
  const services = await openServices(environment, { log: silent });
  try {
    return await verifyAudit(services, { witnessed: [], most: 10 });
  } finally {
    await services.close();
  }
}

async function onEmptyInstallation(work: (empty: EmptyInstallation) => Promise<void>): Promise<void> {
  const empty = await emptyInstallation();
  try {
    await work(empty);
  } finally {
    await empty.remove();
  }
}

describe("a backup, restored on another machine", () => {
  test("holds every row and every file, and each contract verifies; the guards stand as they stood", async () => {
    await onEmptyInstallation(async (empty) => {
      const restored = await empty.restore(whole);
      expect(restored).toMatchObject({
        kind: "restored",
        damaged: [],
        contracts: { verified: acknowledged.length + 1, issuing: 0, faulty: [], brokenInvariants: [] },
      });
      const { log_head: ours, ...others } = await contentOf(server.services.database);
      const { log_head: theirs, ...restoredOthers } = await contentOf(empty.database);
      expect(restoredOthers).toEqual(others);
      // What was entered after the backup is not in it: the log goes on under another name.
      expect(theirs).not.toBe(ours);
      expect(await guardsOf(empty.database)).toEqual(await guardsOf(server.services.database));
    });
  });

  test("has an audit that is sound with the master key at hand; without it, that nothing can be said is said", async () => {
    await onEmptyInstallation(async (empty) => {
      await empty.restore(whole);
      expect((await auditOf(empty.environment)).first).toMatchObject({ fault: "unknown_key" });
      await cp(join(server.services.environment.home, "master.key"), join(empty.environment.home, "master.key"));
      expect(await auditOf(empty.environment)).toMatchObject({ findings: [], first: null });
    });
  });

  test("made while contracts are being issued, it has what was acknowledged before, whole; what it caught half-way is finished by the service", async () => {
    const busy = request("MEANWHILE", 12);
    const path = join(folder, "busy.tar");
    const later = await request("JUST-BEFORE", 1);
    await backUpTo(server.services.environment, path, silent);
    await busy;
    await onEmptyInstallation(async (empty) => {
      const restored = await empty.restore(path);
      expect(restored).toMatchObject({
        kind: "restored",
        damaged: [],
        contracts: { faulty: [], brokenInvariants: [] },
      });
      await empty.bringKeys(server.services.environment.home);
      const port = await freePort();
      const environment = { ...empty.environment, host: "127.0.0.1", port };
      const again = await startService(environment, silent, { openRenderers: workerRenderers });
      try {
        const there = machine({ url: again.url, apiKey: server.apiKey });
        const contracts = async () =>
          (await read<{ items: ContractJson[] }>(await there.get("/v1/contracts?limit=200"))).items;
        const unfinished = async () => (await contracts()).filter(({ state }) => state === "issuing");
        await expect.poll(unfinished, { timeout: 30_000 }).toEqual([]);
        const found = await contracts();
        expect(new Set(found.map(({ order }) => order)).size).toBe(found.length);
        for (const { number, sha256 } of [...acknowledged, ...later]) {
          const pdf = Buffer.from(await (await there.get(`/v1/contracts/${number}/document.pdf`)).arrayBuffer());
          expect(createHash("sha256").update(pdf).digest("hex")).toBe(sha256);
        }
      } finally {
        await again.stop();
      }
    });
  });

  test("is refused where books are already, and leaves them as they are", async () => {
    await onEmptyInstallation(async (empty) => {
      await empty.restore(whole);
      const before = await contentOf(empty.database);
      expect(await empty.restore(whole)).toEqual({ kind: "refused", refusal: "not_empty" });
      expect(await contentOf(empty.database)).toEqual(before);
    });
  });
});

describe("a file that is no sound backup restores nothing", () => {
  test.each<[string, (bytes: Buffer) => Buffer, object]>([
    ["cut off in the middle", (bytes) => bytes.subarray(0, bytes.length / 2), { code: "cut_off" }],
    ["cut off at its very end", (bytes) => bytes.subarray(0, bytes.lastIndexOf("end.json")), { code: "cut_off" }],
    ["one letter of a row changed", (bytes) => replaced(bytes, "ecs.g8i.large", "ecs.g8i.LARGE"), { code: "damaged" }],
    ["one letter of a contract changed", (bytes) => replaced(bytes, "%PDF-1.7", "%PDF-1.8"), { code: "damaged" }],
    ["a file given another hash", (bytes) => replaced(bytes, "files/", "files\0"), { code: "cut_off" }],
    ["something else", () => Buffer.from("%PDF-1.7 not a backup"), { code: "not_a_backup" }],
    ["empty", () => Buffer.alloc(0), { code: "not_a_backup" }],
  ])("%s", async (name, damage, fault) => {
    const path = join(folder, `${name.replaceAll(" ", "-")}.tar`);
    await writeFile(path, damage(await readFile(whole)));
    await onEmptyInstallation(async (empty) => {
      const before = await contentOf(empty.database);
      expect(await empty.restore(path)).toMatchObject({ kind: "faulty", fault });
      expect(await contentOf(empty.database)).toEqual(before);
    });
  });

  function replaced(bytes: Buffer, what: string, by: string): Buffer {
    const at = bytes.indexOf(what);
    expect(at).toBeGreaterThan(0);
    const copy = Buffer.from(bytes);
    copy.write(by, at, "latin1");
    return copy;
  }
});

test("a place that cannot be written to keeps the backup of before, and nothing half-written", async () => {
  const place = join(folder, "no-such-folder", "backup.tar");
  await expect(backUpTo(server.services.environment, place, silent)).rejects.toMatchObject({ code: "ENOENT" });
  const before = await readdir(folder);
  expect(before.filter((name) => name.endsWith(".partial"))).toEqual([]);
});

test("a contract's file that is missing is named; the backup holds the rest", async () => {
  const [contract] = await request("LOST", 1);
  const hash = contract?.sha256 ?? "";
  await rm(join(server.services.environment.home, "objects", hash.slice(0, 2), hash.slice(2)));
  const report = await backUpTo(server.services.environment, join(folder, "lost.tar"), silent);
  expect(report.damaged).toEqual([hash]);
});

test("every column that holds a file's hash is among those whose files are kept", async () => {
  const OTHERS = new Set(["snapshot_sha256", "token_sha256"]);
  const { rows } = await sql<{ name: string; column: string }>`SELECT table_name AS name, column_name AS column
    FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE '%sha256'
    AND table_name <> 'schema_migrations'`.execute(server.services.database);
  const files = rows.filter(({ column }) => !OTHERS.has(column));
  expect(files.length).toBeGreaterThan(3);
  for (const { name, column } of files) expect(REFERENCED_FILES).toMatch(new RegExp(`${column}\\b.* FROM ${name}\\b`));
});
