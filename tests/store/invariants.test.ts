import { sql, type Transaction } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Violation } from "../../src/application/books-checker.ts";
import { brokenInvariants, contractsLeftIssuing, INVARIANTS } from "../../src/store/invariants/check-books.ts";
import type { Tables } from "../../src/store/tables.ts";
import { ACCOUNT, chained, copyOf, idOf, offline, onBill, openRulesBench, type RulesBench } from "./rules-bench.ts";

let bench: RulesBench;
let sound: readonly string[];
beforeAll(async () => {
  bench = await openRulesBench();
  sound = await brokenInvariants(bench.database);
  await loosen(bench);
});
afterAll(() => bench.close());

const CONTRACT = /^DEMO-\d{6}-\d{6}-[0-9A-Z]$/;
/** A case of broken books: which invariant finds it, what was done, and the name under which it is found. */
type Broken = readonly [id: string, what: string, statements: () => string, name: string | RegExp];

const CASES: readonly Broken[] = [
  ["I01", "an order with two contracts", () => copyOf({ order_id: "order_id" }), "ISSUED"],
  ["I02", "a bill with two contracts", () => `${onBill("2026-02")}; ${onBill("2026-02")}`, "2026-02"],
  ["I03", "one in the place of a contract in force", () => inPlaceOf("ISSUED"), /^DEMO-209901/],
  ["I03", "one without the policy's leave", () => inPlaceOf("VOIDED", { policy_version: "1" }), /^DEMO-209901/],
  ["I03", "one on another order", () => inPlaceOf("VOIDED", { order_id: "'FREE'" }), /^DEMO-209901/],
  ["I03", "two in the place of one", () => `${inPlaceOf("VOIDED")}; ${inPlaceOf("VOIDED")}`, /^DEMO-209901/],
  [
    "I03",
    "two in each other's place",
    () => `UPDATE contracts SET replaces = (SELECT contract_id FROM contracts
      WHERE order_id = 'REPLACED' AND replaces IS NOT NULL) WHERE order_id = 'REPLACED' AND replaces IS NULL`,
    CONTRACT,
  ],
  ["I04", "a contract of no order", () => copyOf({ order_id: "'NONE'" }), /^DEMO-209901/],
  ["I04", "one of another account's order", () => copyOf({ account: "'demo-enterprise'" }), /^DEMO-209901/],
  ["I04", "one under no policy", () => copyOf({ policy_version: "99" }), /^DEMO-209901/],
  ["I05", "a contract on an open bill", () => onBill("2026-01"), /^DEMO-209901/],
  ["I06", "an issued contract without a file", () => onIssued("document_sha256 = NULL"), CONTRACT],
  ["I06", "a file that the seal did not change", () => onIssued("unsealed_sha256 = document_sha256"), CONTRACT],
  ["I06", "one without a time", () => onIssued("issued_at = NULL"), CONTRACT],
  ["I06", "one being issued that has a file", () => onIssued("state = 'issuing'"), CONTRACT],
  ["I07", "a snapshot with one blank more", () => onIssued("snapshot = snapshot || ' '"), CONTRACT],
  ["I08", "a contract that names another policy", () => onIssued("policy_version = 2"), CONTRACT],
  ["I08", "another time", () => onIssued("requested_at = requested_at - interval '1 ms'"), CONTRACT],
  ["I08", "another hold", () => onIssued("hold_until = now()"), CONTRACT],
  ["I08", "another order", () => onIssued("order_id = 'FREE'"), CONTRACT],
  ["I08", "another predecessor", () => onIssued(`replaces = ${idOf("VOIDED")}`), CONTRACT],
  [
    "I08",
    "nothing that can be read, under the right hash",
    () => onIssued("snapshot = '{', snapshot_sha256 = encode(sha256('{'), 'hex')"),
    CONTRACT,
  ],
  ["I09", "a voiding by nobody", () => "UPDATE contracts SET voided_by = NULL WHERE order_id = 'VOIDED'", CONTRACT],
  ["I09", "a voiding of what is not issued", () => voidedIssuing, CONTRACT],
  ["I10", "a contract that is not in the directory", () => `DELETE FROM contract_numbers WHERE ${isIssued}`, CONTRACT],
  [
    "I10",
    "a number of no contract",
    () => `INSERT INTO contract_numbers VALUES ('DEMO-209901-000009-X', '${ACCOUNT}', gen_random_uuid())`,
    "DEMO-209901-000009-X",
  ],
  ["I11", "a contract that is gone", () => `DELETE FROM contracts WHERE ${isIssued}`, /^demo-cloud \d{6}$/],
  ["I11", "a number counted twice", () => "UPDATE contract_counters SET last = last + 1", /^demo-cloud \d{6}$/],
  ["I11", "a counter that is gone", () => "DELETE FROM contract_counters", /^demo-cloud \d{6}$/],
  ["I12", "a mistyped number", () => onIssued("number = left(number, -1) || '?'"), /\?$/],
  ["I12", "a wrong check character", () => onIssued("number = left(number, -2) || '-0'"), /-0$/],
  ["I12", "a prefix of nobody's", () => "UPDATE number_prefixes SET prefix = 'X1' WHERE prefix = 'DEMO'", CONTRACT],
  ["I12", "another month", () => onIssued("requested_at = requested_at - interval '40 days'"), CONTRACT],
  [
    "I13",
    "an issue that the audit does not know",
    () => untold("audit_entries", "action", "contract.issued"),
    CONTRACT,
  ],
  ["I13", "a request that it does not know", () => untold("audit_entries", "action", "contract.requested"), CONTRACT],
  ["I13", "a voiding that it does not know", () => untold("audit_entries", "action", "contract.voided"), CONTRACT],
  ["I14", "an issue without an event", () => untold("outbox", "type", "contract.issued"), CONTRACT],
  ["I14", "a voiding without an event", () => untold("outbox", "type", "contract.voided"), CONTRACT],
  ["I14", "an event told twice", () => toldAgain("subject"), CONTRACT],
  ["I14", "an event of no contract", () => toldAgain("'DEMO-209901-000009-X'"), "DEMO-209901-000009-X"],
  ["I15", "a hold that was forgotten", () => "DELETE FROM open_holds", CONTRACT],
  ["I15", "a hold that ends on another day", () => "UPDATE open_holds SET hold_until = now()", CONTRACT],
  ["I15", "a hold that is over and on record", () => holdEnded, CONTRACT],
  ["I16", "a report that the audit does not know", () => "DELETE FROM audit_entries WHERE object_id = 'FREE'", "FREE"],
  ["I17", "an order that is not in the directory", () => "DELETE FROM order_numbers WHERE order_id = 'FREE'", "FREE"],
  ["I17", "an order number of another account", () => "UPDATE order_numbers SET account = 'x'", "FREE"],
  ["I18", "an order of which nothing was reported", () => "DELETE FROM order_reports WHERE order_id = 'FREE'", "FREE"],
  ["I18", "an order paid on another day", () => onOrder("{life,paidAt}", "0"), "FREE"],
  ["I18", "an order cancelled by nobody's report", () => onOrder("{life,cancelledAt}", "0"), "FREE"],
  ["I18", "another amount", () => onOrder("{lines,0,total,minor}", '"1"'), "FREE"],
  ["I18", "a state that is not its report's", () => "UPDATE orders SET state = 'cancelled'", "FREE"],
  ["I18", "a report with more to it", () => laterReport, "FREE"],
  ["I19", "an offline contract without a ticket", () => copyOf(offline), /^DEMO-209901/],
  ["I19", "a ticket resolved with another order's contract", () => strayTicket, /^00000000-/],
  ["I20", "an archive of another file", () => archiveOf("repeat('b', 64)"), CONTRACT],
  ["I20", "an archive that the audit does not know", () => archiveOf("document_sha256"), CONTRACT],
  ["I21", "a contract that nobody will archive", () => `DELETE FROM archive_work WHERE ${isIssued}`, CONTRACT],
  ["I22", "a version of the policy that is gone", () => "DELETE FROM policies WHERE version = 2", "3"],
  [
    "I22",
    "a wording that is gone",
    () => "UPDATE sellers SET wording_version = 1 WHERE seller = 'demo-cloud'",
    "demo-cloud",
  ],
  [
    "I23",
    "a policy by one person",
    () => `UPDATE policies SET origin = 'draft', drafted_by = 'LI ', published_by = 'li'`,
    "1",
  ],
];

test("books that the product has written are sound", () => {
  expect(sound).toEqual([]);
});

describe("with every constraint and trigger taken away, it is named", () => {
  test.each(CASES)("%s: %s", async (id, _, statements, name) => {
    const found = await violationsAfter(id, statements());
    expect(found.map((violation) => violation.name)).toContainEqual(
      typeof name === "string" ? name : expect.stringMatching(name),
    );
  });

  test("and no invariant is without such a case", () => {
    expect([...new Set(CASES.map(([id]) => id))]).toEqual(INVARIANTS.map(({ id }) => id));
  });

  test("no more violations than are asked for are read", async () => {
    expect(await violationsAfter("I18", "DELETE FROM order_reports", 2)).toHaveLength(2);
    expect(await violationsAfter("I16", "DELETE FROM audit_entries", 2)).toHaveLength(2);
  });
});

test("a contract is left issuing when nobody has finished it for longer than that", async () => {
  const { number } = await bench.database
    .selectFrom("contracts")
    .select("number")
    .where("state", "=", "issuing")
    .executeTakeFirstOrThrow();
  expect(await contractsLeftIssuing(bench.database, -60)).toEqual([number]);
  expect(await contractsLeftIssuing(bench.database, 3600)).toEqual([]);
});

/** Nothing is left in this database but tables and rows: what a superuser can make of it. */
async function loosen({ database }: RulesBench): Promise<void> {
  await sql`DO $$
    DECLARE statement text;
    BEGIN
      FOR statement IN
        SELECT format('ALTER TABLE %s DISABLE TRIGGER USER', oid::regclass) FROM pg_class
          WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', conrelid::regclass, conname) FROM pg_constraint
          WHERE contype IN ('c', 'f', 'u') AND connamespace = 'public'::regnamespace
        UNION ALL
        SELECT format('DROP INDEX IF EXISTS %s', indexrelid::regclass) FROM pg_index
          JOIN pg_class ON pg_class.oid = indexrelid WHERE indisunique AND NOT indisprimary
          AND relnamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
      LOOP EXECUTE statement; END LOOP;
    END $$`.execute(database);
}

async function violationsAfter(id: string, statements: string, most = 10): Promise<readonly Violation[]> {
  const invariant = INVARIANTS.find((known) => known.id === id);
  const undo = new Error("undo");
  let found: readonly Violation[] = [];
  await bench.database
    .transaction()
    .execute(async (transaction: Transaction<Tables>) => {
      await sql.raw(statements).execute(transaction);
      found = (await invariant?.find(transaction, most)) ?? [];
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return found;
}

const isIssued = `(account, contract_id) IN (SELECT account, contract_id FROM contracts WHERE order_id = 'ISSUED')`;
const voidedIssuing = `UPDATE contracts SET voided_at = now(), voided_by = 'x', void_reason = 'x' WHERE order_id = 'ISSUING'`;
const holdEnded = `INSERT INTO outbox (event_id, at, account, type, subject, data) SELECT gen_random_uuid(), at, account,
  unnest(ARRAY['order.hold_ended', 'order.hold_ended']), subject, data FROM outbox WHERE type = 'order.hold_started'`;
const laterReport = `INSERT INTO order_reports SELECT account, order_id, revision + 1, occurred_at, arrived_at,
  jsonb_set(body, '{revision}', '2') FROM order_reports WHERE order_id = 'FREE'`;
const strayTicket = `UPDATE tickets SET state = 'resolved', contract_id = ${idOf("ISSUED")} WHERE order_id = 'FREE'`;

function onIssued(change: string): string {
  return `UPDATE contracts SET ${change} WHERE order_id = 'ISSUED'`;
}

function inPlaceOf(order: string, changes: Readonly<Record<string, string>> = {}): string {
  return copyOf({ ...chained, order_id: `'${order}'`, replaces: idOf(order), ...changes });
}

function untold(table: string, column: string, what: string): string {
  return `DELETE FROM ${table} WHERE ${column} = '${what}'`;
}

function toldAgain(subject: string): string {
  return `INSERT INTO outbox (event_id, at, account, type, subject, data)
    SELECT gen_random_uuid(), at, account, type, ${subject}, data FROM outbox WHERE type = 'contract.issued' LIMIT 1`;
}

function onOrder(path: string, value: string): string {
  return `UPDATE orders SET body = jsonb_set(body, '${path}', '${value}') WHERE order_id = 'FREE'`;
}

function archiveOf(continues: string): string {
  return `INSERT INTO contract_archives SELECT account, contract_id, repeat('c', 64), ${continues}, 'B-LTA', now(),
    now() + interval '1 year' FROM contracts WHERE order_id = 'ISSUED'`;
}
