import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditFinding } from "../../src/application/audit-findings.ts";
import { checkObjects } from "../../src/application/check-objects.ts";
import { objectDirectory } from "../object-directory.ts";
import { type Case, type Expected, openTamperedShop, type TamperedShop } from "./tampered-shop.ts";
import { afterTampering } from "./tampering.ts";

let shop: TamperedShop;
beforeAll(async () => {
  shop = await openTamperedShop();
}, 60_000);
afterAll(() => shop?.close());

const ofObject = (kind: string, fault: AuditFinding["fault"] = "object_altered"): Expected => ({
  fault,
  object: { kind },
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
        `UPDATE proposals SET state = 'approved', decided_by = 'y', decided_at = now() WHERE proposal_id = '${shop.proposal}'`,
      ],
      ofObject("proposal"),
    ],
  ])("%s", async (_, statements, expected) => {
    await shop.expectDetected(statements, expected);
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
