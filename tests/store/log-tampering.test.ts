import { setTimeout } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LogFinding, type LogSource, verifyLog } from "../../src/application/verify-log.ts";
import { watchLog } from "../../src/application/watch-log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { readLog } from "../../src/store/log-source.ts";
import type { Tables } from "../../src/store/tables.ts";
import { desk, machine, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

const LEAVES = 7;

let server: TestServer;
/** Whoever has the database and no key of ours. */
let intruder: Kysely<Tables>;
beforeAll(async () => {
  server = await startTestServer();
  const seller = machine(server);
  const orders = Array.from({ length: LEAVES - 1 }, (_, index) => `LOGGED-${index}`);
  for (const order of orders) {
    expect((await seller.put(`/v1/orders/${order}`, orderBody())).status).toBe(200);
    expect((await seller.post(`/v1/orders/${order}/contract`, {})).status).toBe(201);
  }
  const { items } = await read<{ items: { number: string }[] }>(await seller.get("/v1/contracts?limit=1"));
  const person = await desk(server, "contract-desk-1");
  expect((await person.post(`/v1/contracts/${items[0]?.number}/void`, { reason: "x" })).status).toBe(200);
  while ((await server.services.transparencyLog.checkpoint())?.size !== LEAVES) await setTimeout(50);
  intruder = openDatabase({ connectionString: String(server.services.environment.databaseUrl) });
});
afterAll(async () => {
  await intruder?.destroy();
  await server.close();
});

test("what was entered is found to be what the books tell, and each head that was signed fits", async () => {
  const verified = await verifyLog(server.services, { witnessed: [], most: 10 });
  expect(verified).toMatchObject({ leaves: LEAVES, findings: [], more: false });
  expect(verified.checkpoints).toBeGreaterThan(1);
  const head = await server.services.transparencyLog.checkpoint();
  expect(verified.root).toBe(Buffer.from(head?.root ?? "").toString("hex"));
  const seen = { origin: head?.origin ?? "", size: LEAVES, root: verified.root };
  for (const [witnessed, faults] of [
    [[seen], []],
    [[{ ...seen, root: "00".repeat(32) }], ["not_as_witnessed"]],
    [[{ ...seen, size: LEAVES + 1 }], ["rolled_back"]],
    [[{ ...seen, origin: "elsewhere", size: LEAVES + 1 }], []],
  ] as const) {
    const { findings } = await verifyLog(server.services, { witnessed, most: 10 });
    expect(findings.map(({ fault }) => fault)).toEqual(faults);
  }
});

const FORGED = "decode(repeat('ab', 32), 'hex')";
test.each<[string, string, readonly LogFinding["fault"][]]>([
  [
    "a leaf that states another file",
    `UPDATE log_leaves SET statement = replace(statement, 'issued', 'voided'),
       entry = sha256(salt || convert_to(replace(statement, 'issued', 'voided'), 'UTF8')) WHERE leaf_index = 2`,
    ["leaf_altered", "node_altered", "checkpoint_altered"],
  ],
  ["a leaf that is gone", "DELETE FROM log_leaves WHERE leaf_index = 3", ["leaf_out_of_place", "leaf_missing"]],
  ["the last leaf that is gone", "DELETE FROM log_leaves WHERE leaf_index = 6", ["leaf_missing", "checkpoint_altered"]],
  ["an inner node", `UPDATE log_nodes SET hash = ${FORGED} WHERE level = 1 AND node_index = 1`, ["node_altered"]],
  ["a signed head", `UPDATE log_checkpoints SET root = ${FORGED} WHERE size = ${LEAVES}`, ["checkpoint_altered"]],
  [
    "a signature",
    `UPDATE log_checkpoints SET note = overlay(note placing 'AAAA' from length(note) - 8) WHERE size = ${LEAVES}`,
    ["checkpoint_not_signed"],
  ],
  [
    "a contract whose file was exchanged",
    `UPDATE contracts SET document_sha256 = repeat('c', 64) WHERE document_sha256 IS NOT NULL`,
    ["leaf_altered"],
  ],
])("altered behind the service's back is found: %s", async (_, tampering, faults) => {
  const found = await afterTampering(tampering);
  for (const fault of faults) expect([...found]).toContain(fault);
  expect((await verifyLog(server.services, { witnessed: [], most: 10 })).findings).toEqual([]);
});

test("no statement of an ordinary connection changes what was entered", async () => {
  for (const table of ["log_leaves", "log_nodes", "log_checkpoints"]) {
    await expect(sql.raw(`DELETE FROM ${table}`).execute(intruder)).rejects.toThrow(/append-only/);
    await expect(sql.raw(`TRUNCATE ${table} CASCADE`).execute(intruder)).rejects.toThrow(/append-only/);
  }
  await expect(sql`UPDATE log_head SET size = 0`.execute(intruder)).rejects.toThrow(/only grows/);
});

test("a node that has seen another log enters nothing more, and says which", async () => {
  const { transparencyLog } = server.services;
  const head = await transparencyLog.checkpoint();
  const seen = { origin: head?.origin ?? "", size: LEAVES, root: "00".repeat(32) };
  const logWitness = { last: async () => seen, note: async () => {} };
  let extended = 0;
  const log = { ...transparencyLog, extend: async () => Boolean(++extended) && false };
  expect(await watchLog({ transparencyLog: log, logWitness })).toEqual(seen);
  expect(
    await watchLog({ transparencyLog: log, logWitness: { ...logWitness, last: async () => ({ ...seen, size: 99 }) } }),
  ).toMatchObject({ size: 99 });
  expect(extended).toBe(0);
  // After a restore that was meant, it is another log.
  const other = { ...logWitness, last: async () => ({ ...seen, origin: "elsewhere/orderseal-log/1" }) };
  expect(await watchLog({ transparencyLog: log, logWitness: other })).toBe("sound");
  expect(extended).toBe(1);
});

/** Does it with the triggers off, looks at the log as `audit verify` does, and puts everything back. */
async function afterTampering(tampering: string): Promise<ReadonlySet<LogFinding["fault"]>> {
  const seen = new Set<LogFinding["fault"]>();
  const { logKeys } = server.services;
  await intruder
    .transaction()
    .execute(async (transaction) => {
      for (const table of ["contracts", "log_leaves", "log_nodes", "log_checkpoints"]) {
        await sql.raw(`ALTER TABLE ${table} DISABLE TRIGGER USER`).execute(transaction);
      }
      const { numAffectedRows } = await sql.raw(tampering).execute(transaction);
      expect(numAffectedRows).toBeGreaterThan(0n);
      const logSource: LogSource = { readLog: async (work) => work(await readLog(transaction)) };
      for (const { fault } of (await verifyLog({ logSource, logKeys }, { witnessed: [], most: 50 })).findings)
        seen.add(fault);
      throw new PutBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof PutBack)) throw error;
    });
  return seen;
}

class PutBack extends Error {}
