import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditFinding } from "../../src/application/audit-findings.ts";
import { bodyOfBatch, hashOfBatch } from "../../src/application/audit-record.ts";
import { checkObjects } from "../../src/application/check-objects.ts";
import { verifyAudit } from "../../src/application/verify-audit.ts";
import { openChainKeys } from "../../src/store/chain-keys.ts";
import { masterKeyOf } from "../../src/store/master-key.ts";
import { type Case, type Expected, openTamperedShop, type TamperedShop } from "./tampered-shop.ts";

let shop: TamperedShop;
beforeAll(async () => {
  shop = await openTamperedShop();
}, 60_000);
afterAll(() => shop?.close());

const atEntry = (position: number, change: string) => [
  `UPDATE audit_entries SET ${change} WHERE position = ${position}`,
];
/** What whoever wrote it had said is under its code; what the database added is under the hash in its batch. */
const altered = (position: number, fault: AuditFinding["fault"] = "entry_not_by_us"): Expected => ({ fault, position });

test("books that nobody has touched are sound, files included", async () => {
  const { services } = shop.server;
  const verified = await verifyAudit(services, { witnessed: [shop.head], most: 100 });
  expect(verified).toMatchObject({ findings: [], first: null, unchained: 0, head: shop.head });
  expect(verified.entries).toBeGreaterThan(70);
  expect(verified.objects).toBeGreaterThan(50);
  for await (const { verdict } of checkObjects(services)) expect(verdict).toBe("present");
});

describe("an entry of the audit", () => {
  test.each<Case>([
    ["names another person", atEntry(5, "actor = 'somebody'"), altered(5)],
    ["is by another kind of actor", atEntry(6, "actor_kind = 'machine', actor = 'x'"), altered(6)],
    ["says another detail", atEntry(7, `detail = '{"a": 1}'`), altered(7)],
    ["says one detail more", atEntry(8, `detail = detail || '{"more": null}'`), altered(8)],
    ["is of another time", atEntry(9, "at = at + interval '1 microsecond'"), altered(9)],
    [
      "was written at another time",
      atEntry(10, "recorded_at = recorded_at - interval '1 hour'"),
      altered(10, "entry_altered"),
    ],
    ["says that something else was done", atEntry(11, "action = action || 'x'"), altered(11)],
    ["is about another account", atEntry(12, "account = 'other'"), altered(12)],
    ["is about another object", atEntry(13, "object_id = object_id || 'x'"), altered(13)],
    ["is about another kind of object", atEntry(14, "object_kind = 'session'"), altered(14)],
    ["names another policy", atEntry(15, "policy_version = 99"), altered(15)],
    ["comes from somewhere else", atEntry(16, "origin = '203.0.113.9'"), altered(16)],
    ["says another state of its object", atEntry(17, "object_state = '1:none'"), altered(17, "entry_altered")],
    ["lost its code", atEntry(18, "mac = NULL, mac_key = NULL"), altered(18)],
    ["has another id", atEntry(19, "entry_id = gen_random_uuid()"), altered(19)],
    ["is gone", ["DELETE FROM audit_entries WHERE position = 20"], { fault: "entry_missing", position: 20 }],
    [
      "that is the first is gone",
      ["DELETE FROM audit_entries WHERE position = 1"],
      { fault: "entry_missing", position: 1 },
    ],
    [
      "that is the last is gone",
      ["DELETE FROM audit_entries WHERE position = (SELECT max(position) FROM audit_entries)"],
      () => ({ fault: "entry_missing", position: shop.head.position }),
    ],
    [
      "and all that follow are gone",
      ["DELETE FROM audit_entries WHERE position > 30"],
      { fault: "entry_missing", position: 31 },
    ],
    [
      "is gone, and the gap was closed",
      [
        "DELETE FROM audit_entries WHERE position = 40",
        "UPDATE audit_entries SET position = position - 1 WHERE position > 40",
      ],
      { position: 40 },
    ],
    [
      "has changed places with the next",
      ["UPDATE audit_entries SET position = 101 - position WHERE position IN (50, 51)"],
      { fault: "entry_out_of_order", position: 50 },
    ],
    [
      "has the contents of another",
      [
        `UPDATE audit_entries one SET action = other.action, object_id = other.object_id, detail = other.detail
          FROM audit_entries other WHERE one.position = 21 AND other.position = 25`,
      ],
      altered(21),
    ],
    [
      "was moved to the front",
      [
        "UPDATE audit_entries SET position = CASE position WHEN 30 THEN 22 ELSE position + 1 END WHERE position BETWEEN 22 AND 30",
      ],
      { fault: "entry_out_of_order", position: 22 },
    ],
    [
      "was put behind the last",
      () => [
        `INSERT INTO audit_entries (entry_id, at, actor_kind, actor, action, object_kind, object_id, detail, position)
          VALUES (gen_random_uuid(), now(), 'desk', 'x', 'x', 'session', 'x', '{}', ${shop.head.position + 1})`,
      ],
      () => ({ fault: "entry_not_by_us", position: shop.head.position + 1 }),
    ],
    [
      "was put among those that wait to be chained",
      [
        `INSERT INTO audit_entries (entry_id, at, actor_kind, actor, action, object_kind, object_id, detail)
          VALUES (gen_random_uuid(), now(), 'desk', 'x', 'x', 'session', 'x', '{}')`,
      ],
      { fault: "entry_not_by_us", position: null },
    ],
    [
      "was written twice",
      [
        `INSERT INTO audit_entries (entry_id, at, actor_kind, actor, action, account, object_kind, object_id, policy_version,
            detail, origin, object_state, mac, mac_key)
          SELECT gen_random_uuid(), at, actor_kind, actor, action || ' ', account, object_kind, object_id, policy_version,
            detail, origin, object_state, mac, mac_key FROM audit_entries WHERE position = 30`,
      ],
      { fault: "entry_not_by_us", position: null },
    ],
  ])("%s", async (_, statements, expected) => {
    await shop.expectDetected(statements, expected);
  });
});

/** The batch as it is, with other hashes of its entries, hashed and signed again by whoever has no key of ours. */
async function forged(number: number, key: "under our name" | "under another name"): Promise<readonly string[]> {
  const { rows } = await sql<{
    last_position: string;
    last_event: string;
    event_hashes: Buffer;
    previous_hash: string;
    made: string;
    key_id: string;
    entry_hashes: Buffer;
  }>`
    SELECT *, (extract(epoch FROM made_at) * 1000)::bigint::text AS made FROM audit_batches WHERE batch = ${number}`.execute(
    shop.server.services.database,
  );
  const row = rows[0];
  if (!row) throw new Error(`there is no batch ${number}`);
  const theirs = openChainKeys(masterKeyOf([createHash("sha256").update("insider").digest()]));
  const entryHashes = Buffer.from(row.entry_hashes);
  entryHashes.fill(7, 0, 32);
  const body = bodyOfBatch({
    batch: number,
    lastPosition: Number(row.last_position),
    entryHashes,
    lastEvent: Number(row.last_event),
    eventHashes: row.event_hashes,
    previous: row.previous_hash,
    madeAt: Number(row.made),
    key: key === "under our name" ? row.key_id : theirs.id,
  });
  return [
    `UPDATE audit_batches SET entry_hashes = '\\x${entryHashes.toString("hex")}', hash = '${hashOfBatch(body)}',
      key_id = '${key === "under our name" ? row.key_id : theirs.id}', signature = '\\x${theirs.sign(body).toString("hex")}'
      WHERE batch = ${number}`,
  ];
}

describe("a batch", () => {
  test.each<Case>([
    [
      "has another hash of an entry",
      ["UPDATE audit_batches SET entry_hashes = overlay(entry_hashes PLACING '\\x00'::bytea FROM 1) WHERE batch = 2"],
      { fault: "batch_not_signed", batch: 2 },
    ],
    [
      "has another time",
      ["UPDATE audit_batches SET made_at = made_at + interval '1 second' WHERE batch = 1"],
      { fault: "batch_not_signed", batch: 1 },
    ],
    [
      "has another signature",
      ["UPDATE audit_batches SET signature = '\\x00' WHERE batch = 3"],
      { fault: "batch_not_signed", batch: 3 },
    ],
    ["is gone", ["DELETE FROM audit_batches WHERE batch = 2"], { fault: "batch_missing", batch: 2 }],
    ["that is the first is gone", ["DELETE FROM audit_batches WHERE batch = 1"], { fault: "batch_missing", batch: 1 }],
    [
      "has changed numbers with another",
      [
        "UPDATE audit_batches SET batch = -batch WHERE batch IN (1, 2)",
        "UPDATE audit_batches SET batch = 3 + batch WHERE batch < 0",
      ],
      { position: 1 },
    ],
    [
      "that is the last is gone, and the mark was set back",
      () => [
        `DELETE FROM audit_batches WHERE batch = ${shop.head.batch}`,
        `UPDATE audit_entries SET position = NULL WHERE position > (SELECT max(last_position) FROM audit_batches)`,
        `UPDATE audit_head SET batch = batch - 1, position = (SELECT max(last_position) FROM audit_batches)`,
      ],
      () => ({ fault: "rolled_back", batch: shop.head.batch }),
    ],
    [
      "and all others are gone, as if the audit had just begun",
      [
        "DELETE FROM audit_batches",
        "UPDATE audit_entries SET position = NULL",
        "UPDATE outbox SET position = NULL",
        "UPDATE audit_head SET batch = 0, position = 0, event = 0",
      ],
      () => ({ fault: "rolled_back", batch: shop.head.batch }),
    ],
    [
      "was taken away with what it covers, as by a copy of the database from before",
      () => [
        `DELETE FROM audit_entries WHERE position > (SELECT last_position FROM audit_batches WHERE batch = ${shop.head.batch - 1})`,
        `DELETE FROM audit_batches WHERE batch = ${shop.head.batch}`,
        `UPDATE audit_head SET batch = batch - 1, position = (SELECT max(last_position) FROM audit_batches)`,
      ],
      () => ({ fault: "rolled_back", batch: shop.head.batch }),
    ],
  ])("%s", async (_, statements, expected) => {
    await shop.expectDetected(statements, expected);
  });

  test("was made anew and signed by somebody without our key", async () => {
    await shop.expectDetected(await forged(2, "under our name"), { fault: "batch_not_signed", batch: 2 });
  });

  test("was made anew and signed by a key of their own: that it proves nothing is said", async () => {
    await shop.expectDetected(await forged(2, "under another name"), { fault: "unknown_key", batch: 2 });
  });
});

describe("an event", () => {
  test.each<Case>([
    ["says something else", [`UPDATE outbox SET data = '{}' WHERE position = 2`], { fault: "event_altered", event: 2 }],
    [
      "is of another account",
      [`UPDATE outbox SET account = 'x' WHERE position = 3`],
      { fault: "event_altered", event: 3 },
    ],
    ["is gone", ["DELETE FROM outbox WHERE position = 4"], { fault: "event_missing", event: 4 }],
    [
      "has changed places with the next",
      ["UPDATE outbox SET position = 11 - position WHERE position IN (5, 6)"],
      { fault: "event_out_of_order", event: 5 },
    ],
  ])("%s", async (_, statements, expected) => {
    await shop.expectDetected(statements, expected);
  });
});
