import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectOrphans, GRACE_MS } from "../../src/application/collect-orphans.ts";
import type { FaultPoints } from "../../src/application/fault-points.ts";
import { finishInterrupted } from "../../src/application/finish-interrupted.ts";
import type { Sha256 } from "../../src/domain/identifiers.ts";
import { ACTOR, failingObjects, type IssuingBench, openIssuingBench, requestOf } from "./issuing-bench.ts";
import { type MemoryObjects, openMemoryObjects } from "./memory-objects.ts";
import { all } from "./object-store-contract.ts";

/** The real books; files in memory, whose time we set. */
let bench: IssuingBench;
let ticket: { readonly account: string; readonly id: string };
let now = 0;
beforeAll(async () => {
  bench = await openIssuingBench();
  await bench.place("WITH-TICKET");
  ticket = { account: "bench-account", id: randomUUID() };
  await sql`INSERT INTO tickets (account, ticket_id, order_id, queue, topic, opened_at, state)
    VALUES (${ticket.account}, ${ticket.id}, 'WITH-TICKET', 'contract_desk', 'offline_contract', now(), 'open')`.execute(
    bench.services.database,
  );
});
afterAll(() => bench.close());

/** A row refers to it from now on. */
async function refer(hash: Sha256): Promise<void> {
  await sql`INSERT INTO ticket_attachments
      (account, ticket_id, attachment_id, at, side, author, name, sha256, bytes)
    VALUES (${ticket.account}, ${ticket.id}, ${randomUUID()}, now(), 'desk', 'test', 'a.pdf', ${hash}, 1)`.execute(
    bench.services.database,
  );
}

function collect(objects: MemoryObjects, options: Parameters<typeof collectOrphans>[2] = {}) {
  return collectOrphans({ ...bench.services, objects }, ACTOR, options);
}

let files = 0;
/** Bytes that nobody has stored before. */
function newFile(): Uint8Array {
  return Buffer.from(`file ${++files} of ${ticket.id}`);
}

describe("files that nobody refers to are collected", () => {
  test("what a crash between the file and its row has left is gone, and everything else is there", async () => {
    const objects = openMemoryObjects();
    const ports = { ...bench.quickPorts(), objects };
    await bench.place("CRASHED");
    // The sealed file is stored and its row never written: the next attempt seals anew, at another time.
    const broken = { ...ports, objects: { ...objects, ...failingObjects(objects, 1) } };
    expect((await requestOf(broken, "CRASHED")).kind).toBe("issuing");
    await objects.put(newFile());
    await sql`UPDATE contracts SET claimed_until = now() - interval '1 second'`.execute(bench.services.database);
    expect(await finishInterrupted(ports, () => {})).toBe(1);
    expect(objects.inPlace.size).toBe(3);
    const { setAside, discarded } = await collect(objects, { graceMs: 0 });
    expect([setAside.length, discarded]).toEqual([1, setAside]);
    expect([objects.inPlace.size, objects.aside.size]).toEqual([2, 0]);
    const { rows } = await sql<{ kept: Sha256 }>`SELECT unnest(ARRAY[document_sha256, unsealed_sha256]) AS kept
      FROM contracts WHERE order_id = 'CRASHED'`.execute(bench.services.database);
    expect(rows.map(({ kept }) => kept).sort()).toEqual([...objects.inPlace.keys()].sort());
  });

  test("one is set aside after a day and discarded after another, and the audit names it", async () => {
    now = 0;
    const objects = openMemoryObjects(undefined, () => now);
    const hash = await objects.put(newFile());
    now = GRACE_MS - 1;
    expect(await collect(objects)).toMatchObject({ setAside: [], restored: [], discarded: [], remains: 0 });
    now = GRACE_MS;
    expect(await collect(objects, { isDryRun: true })).toMatchObject({ setAside: [hash] });
    expect(objects.inPlace.size).toBe(1);
    expect(await collect(objects)).toMatchObject({ setAside: [hash], discarded: [] });
    expect(await objects.get(hash)).not.toBeNull();
    now = 2 * GRACE_MS - 1;
    expect(await collect(objects)).toMatchObject({ setAside: [], discarded: [] });
    now = 2 * GRACE_MS;
    expect(await collect(objects)).toMatchObject({ discarded: [hash] });
    expect(await objects.get(hash)).toBeNull();
    const { rows } = await sql<{ action: string }>`SELECT action FROM audit_entries
      WHERE object_kind = 'object' AND object_id = ${hash} ORDER BY entry_id`.execute(bench.services.database);
    expect(rows.map(({ action }) => action)).toEqual(["object.set_aside", "object.discarded"]);
  });

  test("a file that is referred to is never touched, however old", async () => {
    now = 0;
    const objects = openMemoryObjects(undefined, () => now);
    await refer(await objects.put(newFile()));
    now = 100 * GRACE_MS;
    expect(await collect(objects)).toMatchObject({ setAside: [], restored: [], discarded: [], remains: 0 });
  });

  test("more than one page of them is judged", async () => {
    const objects = openMemoryObjects();
    await Promise.all(Array.from({ length: 600 }, () => objects.put(newFile())));
    const kept = await objects.put(newFile());
    await refer(kept);
    expect((await collect(objects, { graceMs: 0 })).discarded).toHaveLength(600);
    expect((await all(objects.list())).map(({ hash }) => hash)).toEqual([kept]);
  });
});

/**
 * An old orphan, and somebody who puts the same bytes at the very moment: before or after each single step of a
 * collection. The row follows at once, when the collection has ended, or as late as it may.
 */
describe("an orphan that is put again while it is collected is never lost", () => {
  const rowComes = ["at once", "after the collection", "a grace later"] as const;
  test.each(rowComes)("its row comes %s", async (when) => {
    let interleavings = 0;
    for (;;) {
      const race = await run(interleavings, when);
      if (!race.happened) break;
      interleavings++;
    }
    // List, ask the books, set aside, list aside: each with a before and an after at least.
    expect(interleavings).toBeGreaterThanOrEqual(6);
  });

  /** The put falls on hit number `on` of the fault points of the store; false when there were not so many. */
  async function run(on: number, when: (typeof rowComes)[number]): Promise<{ readonly happened: boolean }> {
    now = 0;
    const bytes = newFile();
    let hits = 0;
    let armed = false;
    let happened = false;
    let hash: Sha256 | null = null;
    const hit = async () => {
      if (!armed || hits++ !== on) return;
      armed = false;
      happened = true;
      hash = await objects.put(bytes);
      if (when === "at once") await refer(hash);
    };
    const faults: FaultPoints = { before: hit, after: hit };
    const objects = openMemoryObjects(faults, () => now);
    await objects.put(bytes);
    now = 2 * GRACE_MS;
    armed = true;
    await collect(objects);
    if (hash === null) return { happened };
    armed = false;
    expect(await objects.get(hash)).not.toBeNull();
    if (when === "after the collection") await refer(hash);
    now += GRACE_MS;
    if (when === "a grace later") await refer(hash);
    for (let later = 0; later < 3; later++) {
      await collect(objects);
      expect(await objects.get(hash)).not.toBeNull();
      now += GRACE_MS;
    }
    expect([objects.inPlace.has(hash), objects.aside.size]).toEqual([true, 0]);
    return { happened };
  }
});
