import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditFinding, WitnessedHead } from "../../src/application/audit-findings.ts";
import { bodyOfBatch, hashOfBatch } from "../../src/application/audit-record.ts";
import { checkObjects } from "../../src/application/check-objects.ts";
import { verifyAudit } from "../../src/application/verify-audit.ts";
import { watchChain } from "../../src/application/watch-chain.ts";
import { openChainKeys } from "../../src/store/chain-keys.ts";
import { masterKeyOf } from "../../src/store/master-key.ts";
import { objectDirectory } from "../object-directory.ts";
import { makeKey } from "../test-key.ts";
import { type AuditedShop, openAuditedShop } from "./audited-shop.ts";
import { makeProposal } from "./proposed-voiding.ts";
import { afterTampering } from "./tampering.ts";

let shop: AuditedShop;
let head: WitnessedHead & { readonly position: number };
let proposal: string;
beforeAll(async () => {
  shop = await openAuditedShop();
  proposal = await makeProposal(shop.server);
  await settle();
  // The last batch is of an entry and of no event.
  await makeKey(shop.server.services, "last");
  await settle();
  const found = await shop.server.services.chain.head();
  if (!found) throw new Error("nothing is chained");
  head = found;
}, 60_000);
afterAll(() => shop?.close());

/** Until every event has its position and all is chained: what is compared below should not change meanwhile. */
async function settle(): Promise<void> {
  const { database } = shop.server.services;
  const waiting = database.selectFrom("outbox").select("event_id").where("position", "is", null);
  while ((await waiting.execute()).length > 0) await setTimeout(50);
  await watchChain(shop.server.services);
}

type Expected = Partial<Pick<AuditFinding, "fault" | "position" | "batch" | "event">> & {
  readonly object?: { readonly kind: string };
};
type Case = readonly [
  what: string,
  statements: readonly string[] | (() => readonly string[]),
  expected: Expected | (() => Expected),
];

const atEntry = (position: number, change: string) => [
  `UPDATE audit_entries SET ${change} WHERE position = ${position}`,
];
/** What whoever wrote it had said is under its code; what the database added is under the hash in its batch. */
const altered = (position: number, fault: AuditFinding["fault"] = "entry_not_by_us"): Expected => ({ fault, position });
const ofObject = (kind: string, fault: AuditFinding["fault"] = "object_altered"): Expected => ({
  fault,
  object: { kind },
});

async function expectDetected(statements: Case[1], expected: Case[2]): Promise<void> {
  const list = typeof statements === "function" ? statements() : statements;
  const { audit } = await afterTampering(shop.server.services, list, [head]);
  expect(audit.first).toMatchObject(typeof expected === "function" ? expected() : expected);
}

test("books that nobody has touched are sound, files included", async () => {
  const { services } = shop.server;
  const verified = await verifyAudit(services, { witnessed: [head], most: 100 });
  expect(verified).toMatchObject({ findings: [], first: null, unchained: 0, head });
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
      () => ({ fault: "entry_missing", position: head.position }),
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
          VALUES (gen_random_uuid(), now(), 'desk', 'x', 'x', 'session', 'x', '{}', ${head.position + 1})`,
      ],
      () => ({ fault: "entry_not_by_us", position: head.position + 1 }),
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
    await expectDetected(statements, expected);
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
        `DELETE FROM audit_batches WHERE batch = ${head.batch}`,
        `UPDATE audit_entries SET position = NULL WHERE position > (SELECT max(last_position) FROM audit_batches)`,
        `UPDATE audit_head SET batch = batch - 1, position = (SELECT max(last_position) FROM audit_batches)`,
      ],
      () => ({ fault: "rolled_back", batch: head.batch }),
    ],
    [
      "and all others are gone, as if the audit had just begun",
      [
        "DELETE FROM audit_batches",
        "UPDATE audit_entries SET position = NULL",
        "UPDATE outbox SET position = NULL",
        "UPDATE audit_head SET batch = 0, position = 0, event = 0",
      ],
      () => ({ fault: "rolled_back", batch: head.batch }),
    ],
    [
      "was taken away with what it covers, as by a copy of the database from before",
      () => [
        `DELETE FROM audit_entries WHERE position > (SELECT last_position FROM audit_batches WHERE batch = ${head.batch - 1})`,
        `DELETE FROM audit_batches WHERE batch = ${head.batch}`,
        `UPDATE audit_head SET batch = batch - 1, position = (SELECT max(last_position) FROM audit_batches)`,
      ],
      () => ({ fault: "rolled_back", batch: head.batch }),
    ],
  ])("%s", async (_, statements, expected) => {
    await expectDetected(statements, expected);
  });

  test("was made anew and signed by somebody without our key", async () => {
    await expectDetected(await forged(2, "under our name"), { fault: "batch_not_signed", batch: 2 });
  });

  test("was made anew and signed by a key of their own: that it proves nothing is said", async () => {
    await expectDetected(await forged(2, "under another name"), { fault: "unknown_key", batch: 2 });
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
    await expectDetected(statements, expected);
  });
});

const issued = () => `number = '${shop.contracts.issued}'`;
const voided = () => `number = '${shop.contracts.voided}'`;

describe("the books were changed behind the audit's back:", () => {
  test.each<Case>([
    [
      "a contract is void",
      () => [`UPDATE contracts SET voided_at = now(), voided_by = 'desk:x', void_reason = 'x' WHERE ${issued()}`],
      ofObject("contract"),
    ],
    [
      "a void contract is in force again",
      () => [`UPDATE contracts SET voided_at = NULL, voided_by = NULL, void_reason = NULL WHERE ${voided()}`],
      ofObject("contract"),
    ],
    [
      "a voiding has another reason",
      () => [`UPDATE contracts SET void_reason = 'other' WHERE ${voided()}`],
      ofObject("contract"),
    ],
    [
      "a contract was requested earlier",
      () => [`UPDATE contracts SET requested_at = requested_at - interval '1 day' WHERE ${issued()}`],
      ofObject("contract"),
    ],
    [
      "a contract has another file",
      () => [`UPDATE contracts SET document_sha256 = repeat('a', 64) WHERE ${issued()}`],
      ofObject("contract"),
    ],
    [
      "two contracts have each other's files",
      () => [
        `UPDATE contracts one SET document_sha256 = other.document_sha256 FROM contracts other
          WHERE one.number IN ('${shop.contracts.issued}', '${shop.contracts.voided}')
          AND other.number IN ('${shop.contracts.issued}', '${shop.contracts.voided}') AND other.number <> one.number`,
      ],
      ofObject("contract"),
    ],
    [
      "a contract says another amount, and its hash fits",
      () => [
        `UPDATE contracts SET snapshot = replace(snapshot, '106.00', '006.00') WHERE ${issued()}`,
        `UPDATE contracts SET snapshot_sha256 = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex') WHERE ${issued()}`,
      ],
      ofObject("contract"),
    ],
    [
      "a contract is verified by another code",
      () => [`UPDATE contracts SET verification_code = repeat('A', 16) WHERE ${issued()}`],
      ofObject("contract"),
    ],
    [
      "a contract is gone",
      () => [`DELETE FROM contracts WHERE ${issued()}`, `DELETE FROM contract_numbers WHERE ${issued()}`],
      ofObject("contract", "object_gone"),
    ],
    [
      "a number leads to another contract",
      () => [`UPDATE contract_numbers SET contract_id = gen_random_uuid() WHERE ${issued()}`],
      ofObject("contract"),
    ],
    [
      "a contract has an archive",
      () => [
        `INSERT INTO contract_archives SELECT account, contract_id, repeat('b', 64), document_sha256, 'B-LT', now(), now() + interval '1 day'
          FROM contracts WHERE ${issued()}`,
      ],
      ofObject("contract"),
    ],
    [
      "an order costs less",
      ["UPDATE orders SET body = jsonb_set(body, '{lines,0,total}', '\"1\"') WHERE order_id = 'ISSUED'"],
      ofObject("order"),
    ],
    ["an order is unpaid", ["UPDATE orders SET state = 'unpaid' WHERE order_id = 'ISSUED'"], ofObject("order")],
    [
      "a report of an order says something else",
      ["UPDATE order_reports SET body = body || '{\"a\": 1}' WHERE order_id = 'ISSUED' AND revision = 1"],
      ofObject("order"),
    ],
    [
      "a report of an order is gone",
      ["DELETE FROM order_reports WHERE order_id = 'ISSUED' AND revision = 1"],
      ofObject("order"),
    ],
    [
      "an order is another account's",
      ["UPDATE order_numbers SET account = 'acct' WHERE order_id = 'ISSUED'"],
      ofObject("order"),
    ],
    [
      "a bill has another amount",
      ["UPDATE bills SET body = jsonb_set(body, '{lines,0,total}', '\"1\"') WHERE cycle = '2026-02'"],
      ofObject("bill"),
    ],
    ["a final bill is open", ["UPDATE bills SET state = 'open' WHERE cycle = '2026-02'"], ofObject("bill")],
    [
      "an account is another company",
      [`UPDATE accounts SET identity = jsonb_set(identity, '{legalName}', '"别的公司"') WHERE account = 'acct'`],
      ofObject("account"),
    ],
    [
      "an account is served by nobody",
      ["UPDATE accounts SET partner = NULL WHERE account = 'acct'"],
      ofObject("account"),
    ],
    [
      "there is an account that nobody has entered",
      [`INSERT INTO accounts VALUES ('ghost', '{"state": "unverified"}', NULL)`],
      ofObject("account", "object_unrecorded"),
    ],
    ["a partner has another name", ["UPDATE partners SET name = 'x' WHERE partner = 'p1'"], ofObject("partner")],
    ["a product has another name", ["UPDATE products SET name_en = 'x' WHERE code = 'some'"], ofObject("product")],
    ["a product is gone", ["DELETE FROM products WHERE code = 'some'"], ofObject("product", "object_gone")],
    [
      "a seller has another name",
      ["UPDATE sellers SET legal_name_zh = 'x' WHERE seller = 'second'"],
      ofObject("seller"),
    ],
    ["a seller may seal", ["UPDATE sellers SET can_seal = NOT can_seal WHERE seller = 'second'"], ofObject("seller")],
    [
      "a seal looks otherwise",
      [`UPDATE sellers SET seal = jsonb_set(seal, '{caption}', '"财务专用章"') WHERE seller = 'second'`],
      ofObject("seller"),
    ],
    [
      "a prefix is another seller's",
      ["UPDATE number_prefixes SET seller = 'demo-cloud' WHERE seller = 'second'"],
      ofObject("seller"),
    ],
    [
      "a policy says something else",
      [
        "UPDATE policies SET body = jsonb_set(body, '{identityRequired}', 'false') WHERE version = (SELECT max(version) FROM policies)",
      ],
      ofObject("policy"),
    ],
    [
      "a policy was published by somebody else",
      ["UPDATE policies SET published_by = 'x' WHERE version = (SELECT max(version) FROM policies)"],
      ofObject("policy"),
    ],
    [
      "a policy is gone",
      ["DELETE FROM policies WHERE version = (SELECT max(version) FROM policies)"],
      ofObject("policy", "object_gone"),
    ],
    [
      "a draft is by somebody else",
      ["UPDATE policy_drafts SET drafted_by = 'x' WHERE state = 'open'"],
      ofObject("policy_draft"),
    ],
    [
      "a draft says something else",
      ["UPDATE policy_drafts SET body = '{}' WHERE state = 'open'"],
      ofObject("policy_draft"),
    ],
    ["words of a clause are others", ["UPDATE wordings SET body = '{}' WHERE version = 1"], ofObject("wording")],
    [
      "a seller went back to the library's words",
      ["UPDATE sellers SET wording_version = NULL WHERE seller = 'demo-cloud'"],
      ofObject("wording"),
    ],
    [
      "a ticket is open again",
      [
        `UPDATE tickets SET state = 'open', closed_at = NULL, closed_by = NULL, rejection = NULL WHERE state = 'rejected'`,
      ],
      ofObject("ticket"),
    ],
    [
      "a message says something else",
      [`UPDATE ticket_messages SET text = 'x' WHERE text = 'answer'`],
      ofObject("ticket"),
    ],
    ["a message is gone", [`DELETE FROM ticket_messages WHERE text = 'answer'`], ofObject("ticket")],
    ["an attachment is another file", [`UPDATE ticket_attachments SET sha256 = repeat('c', 64)`], ofObject("ticket")],
    [
      "events are sent somewhere else",
      [`UPDATE webhook_endpoints SET url = 'https://evil.example/'`],
      ofObject("webhook_endpoint"),
    ],
    [
      "a key may do more",
      [`UPDATE api_keys SET scopes = scopes || '{orders:write}' WHERE name = 'shop'`],
      ofObject("api_key"),
    ],
    ["a key is somebody's", [`UPDATE api_keys SET roles = '{administrator}' WHERE name = 'shop'`], ofObject("api_key")],
    [
      "a key has another secret",
      [`UPDATE api_keys SET token_sha256 = repeat('d', 64) WHERE name = 'shop'`],
      ofObject("api_key"),
    ],
    [
      "there is a key that nobody has made",
      [
        `INSERT INTO api_keys (key_id, token_sha256, name, roles, created_at, created_by) VALUES (gen_random_uuid(), 'x', 'x', '{administrator}', now(), 'x')`,
      ],
      ofObject("api_key", "object_unrecorded"),
    ],
    [
      "a proposal is approved",
      () => [
        `UPDATE proposals SET state = 'approved', decided_by = 'y', decided_at = now() WHERE proposal_id = '${proposal}'`,
      ],
      ofObject("proposal"),
    ],
  ])("%s", async (_, statements, expected) => {
    await expectDetected(statements, expected);
  });
});

test.each([
  ["a counter of numbers was set back", `UPDATE contract_counters SET last = last - 1`],
  ["a policy was published by its drafter", `UPDATE policies SET published_by = drafted_by WHERE origin = 'draft'`],
])("what no entry is about is found by an invariant: %s", async (_, statement) => {
  const { invariants } = await afterTampering(shop.server.services, [statement], []);
  expect(invariants.length).toBeGreaterThan(0);
});

describe("a stored PDF", () => {
  async function fileOf(number: string): Promise<{ readonly path: string; readonly hash: string }> {
    const { services } = shop.server;
    const { rows } = await sql<{ hash: string }>`SELECT document_sha256 AS hash FROM contracts
      WHERE number = ${number}`.execute(services.database);
    const hash = rows[0]?.hash ?? "";
    return { hash, path: `${objectDirectory(services)}/${hash.slice(0, 2)}/${hash.slice(2)}` };
  }

  async function damaged(): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { object, verdict } of checkObjects(shop.server.services)) {
      if (verdict !== "present") found.push(`${object.contract} ${verdict}`);
    }
    return found.sort();
  }

  test("that was altered, is missing, or was swapped with another is found and named", async () => {
    const { issued: one, bill: other } = shop.contracts;
    const [mine, theirs] = [await fileOf(one), await fileOf(other)];
    const [bytes, others] = [await readFile(mine.path), await readFile(theirs.path)];
    await writeFile(mine.path, Buffer.concat([bytes, Buffer.from("\n")]));
    expect(await damaged()).toEqual([`${one} altered`]);
    await rename(mine.path, `${mine.path}.away`);
    expect(await damaged()).toEqual([`${one} missing`]);
    await writeFile(mine.path, others);
    await writeFile(theirs.path, bytes);
    expect(await damaged()).toEqual([`${one} altered`, `${other} altered`].sort());
    await writeFile(mine.path, bytes);
    await writeFile(theirs.path, others);
    await rm(`${mine.path}.away`);
    expect(await damaged()).toEqual([]);
  });
});
