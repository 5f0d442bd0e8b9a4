import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contractNumber } from "../../src/domain/contract-number.ts";
import { ACCOUNT, type Case, copyOf, onBill, openRulesBench, publishing, type RulesBench } from "./rules-bench.ts";
import { wholeContract } from "./whole-contract.fixture.ts";

let bench: RulesBench;
beforeAll(async () => {
  bench = await openRulesBench();
});
afterAll(() => bench.close());

describe("a contract is entered, issued and voided as a whole or not at all", () => {
  test("a whole one goes in, and so does each change that is told of", async () => {
    for (const statements of [
      wholeContract(),
      told("ISSUING", "contract.issued", issued),
      told("HELD", "contract.voided", voided),
    ]) {
      expect([statements, await bench.tryToCommit(statements)]).toEqual([statements, expect.stringMatching(/^done/)]);
    }
  });

  test.each<Case>([
    [
      "without its place in the directory of numbers",
      () => wholeContract({ ...sameNumber, directory: "", audit: "", event: "" }),
      /not in the directory/,
    ],
    ["without an audit row (R4)", () => wholeContract({ audit: "" }), /requested and the audit does not say so/],
    ["without an event", () => wholeContract({ event: "" }), /requested and no event says so/],
    ["with a number that was not counted", () => wholeContract({ counter: "", ...numbered("000900") }), /not counted/],
    [
      "with a number of another seller",
      () => wholeContract({ counter: "", ...numbered("000001", "OTHER") }),
      /number of another seller/,
    ],
    [
      "with a number that is none",
      () => wholeContract({ counter: "", contract: { number: "'DEMO-1'" } }),
      /number that is none/,
    ],
    [
      "with a wrong check character",
      () => wholeContract({ counter: "", contract: { number: "'DEMO-202611-000001-0'" } }),
      /number that is none/,
    ],
    ["that says another number", () => says({ number: `'"DEMO-202611-000001-0"'` }), /"number"/],
    ["that says another order", () => says({ "order,id": `'"ISSUED"'` }), /"order"/],
    ["that says another account", () => says({ buyerAccount: `'"other"'` }), /"buyerAccount"/],
    ["that says another time", () => says({ requestedAt: `'"2026-01-01T00:00:00Z"'` }), /"requestedAt"/],
    ["that says another policy", () => says({ policyVersion: "'2'" }), /"policyVersion"/],
    ["that says a hold of its own", () => says({ holdUntil: `'"2999-01-01T00:00:00Z"'` }), /"holdUntil"/],
    ["that says it replaces another", () => says({ replaces: `'"DEMO-202611-000001-0"'` }), /"replaces"/],
    ["that says what no time is", () => says({ requestedAt: `'"soon"'` }), /unreadable/],
    ["with a hold of a paid order (R8)", () => wholeContract(held), /order is not unpaid/],
    [
      "with another seller than its order",
      () => `UPDATE orders SET seller = 'demo-software' WHERE order_id = 'FREE'; ${wholeContract()}`,
      /not with the seller of its order/,
    ],
    ["issued without an audit row", () => issued, /issued and the audit does not say so/],
    ["issued without an event", () => told("ISSUING", "contract.issued", issued, "audit"), /issued and no event/],
    ["issued and not to be archived", () => told("ISSUING", "contract.issued", issuedOnly), /nobody will archive/],
    ["voided without an audit row (R22)", () => voided, /voided and the audit does not say so/],
    ["voided without an event", () => told("HELD", "contract.voided", voided, "audit"), /voided and no event/],
  ])("not %s", async (_, statements, complaint) => {
    expect(await bench.tryToCommit(statements())).toMatch(complaint);
  });
});

describe("the database itself refuses", () => {
  test.each<Case>([
    ["telling twice that a contract was issued", () => twice("outbox", "type"), /contract_told_once/],
    ["writing it down twice", () => twice("audit_entries", "action"), /contract_audited_once/],
    ["a number in the directory that is not its contract's", () => strayNumber, /not its contract's/],
    [
      "a hold of a contract on a bill",
      () => onBill("2026-02", { hold_until: "requested_at + interval '1 day'" }),
      /hold_of_an_order/,
    ],
    ["a seal that changes nothing", () => copyOf({ unsealed_sha256: "document_sha256" }), /sealing_changes_the_file/],
    [
      "a hold that ends later than its contract says",
      () => "UPDATE open_holds SET hold_until = now()",
      /when its contract says/,
    ],
    ["a counter that jumps", () => "UPDATE contract_counters SET last = last + 2", /only goes up by one/],
    ["a counter that goes back", () => "UPDATE contract_counters SET last = last - 1", /only goes up by one/],
    [
      "a counter of another month",
      () => "UPDATE contract_counters SET year_month = '209901', last = last + 1",
      /only goes up by one/,
    ],
    [
      "a counter that does not start at one",
      () => "INSERT INTO contract_counters VALUES ('demo-cloud', '209901', 2)",
      /only goes up by one/,
    ],
    ["deleting a counter", () => "DELETE FROM contract_counters", /only goes up by one/],
    [
      "taking a prefix from whoever has used it",
      () => "UPDATE number_prefixes SET seller = 'demo-software'",
      /append-only/,
    ],
    ["forgetting a prefix", () => "DELETE FROM number_prefixes", /append-only/],
    [
      "giving an order number to another account",
      () => "UPDATE order_numbers SET account = 'demo-enterprise'",
      /append-only/,
    ],
    ["an order that is not its own body (R9)", () => "UPDATE orders SET state = 'cancelled'", /order_is_its_body/],
    ["taking an order back to an older revision", () => onRevision("orders", 0), /orders_revision_check|taken back/],
    [
      "deleting an order of which nothing depends",
      () => `${unreported}; DELETE FROM orders WHERE order_id = 'NEW'`,
      /cannot be deleted/,
    ],
    ["a version of the policy far ahead", () => publishing(9, "body"), /no version before 9/],
    ["a wording far ahead", () => wording(2), /no version before 2/],
    ["changing who drafted", () => `${drafted}; UPDATE policy_drafts SET drafted_by = 'b'`, /not changed/],
    ["changing what was drafted", () => `${drafted}; UPDATE policy_drafts SET body = '[]'`, /not changed/],
    [
      "opening a draft again",
      () => `${drafted}; UPDATE policy_drafts SET state = 'withdrawn'; UPDATE policy_drafts SET state = 'open'`,
      /not changed/,
    ],
    ["deleting a draft", () => `${drafted}; DELETE FROM policy_drafts`, /not changed/],
    ["forgetting what is to be archived", () => "DELETE FROM archive_work", /stays on the list/],
  ])("%s", async (_, statements, complaint) => {
    expect(await bench.tryOut(statements())).toMatch(complaint);
  });

  test.each<Case>([
    [
      "a counted number that no contract has",
      () => "UPDATE contract_counters SET last = last + 1",
      /given to no contract/,
    ],
    ["an order newer than its reports", () => onRevision("orders", 2), /not as its newest report says/],
    ["a report newer than its order", () => onReport, /not as its newest report says/],
    ["an order that nobody has reported", () => unreported, /not as its newest report says/],
    ["an order under another account than its number", () => `${unreported}; ${itsReport}`, /under another account/],
  ])("at the commit: %s", async (_, statements, complaint) => {
    expect(await bench.tryToCommit(statements())).toMatch(complaint);
  });

  test.each([
    "sellers",
    "number_prefixes",
    "contract_counters",
    "accounts",
    "order_numbers",
    "orders",
    "open_holds",
    "archive_work",
    "policy_drafts",
    "wording_drafts",
  ])("emptying %s", async (table) => {
    expect(await bench.tryOut(`TRUNCATE ${table} CASCADE`)).toMatch(/append-only/);
  });
});

test("a number made by the database is the one that the product makes", async () => {
  for (const prefix of ["DEMO", "A1", "ZZZZZZZZ"]) {
    for (const running of [1, 42, 999_999, 1_000_000, 123_456_789]) {
      const { rows } = await sql<{
        number: string;
      }>`SELECT contract_number(${prefix}, '202611', ${running}) AS number`.execute(bench.database);
      expect(rows).toEqual([{ number: contractNumber(prefix, "202611", running) }]);
    }
  }
});

const voided = `UPDATE contracts SET voided_at = now(), voided_by = 'x', void_reason = 'x' WHERE order_id = 'HELD'`;
const issuedOnly = `UPDATE contracts SET state = 'issued', issued_at = now(), document_sha256 = repeat('a', 64),
  unsealed_sha256 = repeat('b', 64) WHERE order_id = 'ISSUING'`;
const issued = `${issuedOnly}; INSERT INTO archive_work SELECT account, contract_id, now() FROM contracts WHERE order_id = 'ISSUING'`;
const strayNumber = `INSERT INTO contract_numbers SELECT 'DEMO-209901-000001-X', account, contract_id FROM contracts LIMIT 1`;
const drafted = `INSERT INTO policy_drafts VALUES (gen_random_uuid(), 1, '{}', 'a', now(), 'open')`;
const onReport = `INSERT INTO order_reports SELECT account, order_id, 2, occurred_at, arrived_at, body FROM order_reports WHERE order_id = 'FREE'`;
/** An order of the bench's account; its number is another's. */
const unreported = `INSERT INTO accounts VALUES ('other', '{"state": "unverified"}');
  INSERT INTO order_numbers VALUES ('NEW', 'other');
  INSERT INTO orders SELECT account, 'NEW', revision, occurred_at, placed_at, state, seller, seller_name, products, domain_name,
    jsonb_set(body, '{id}', '"NEW"') FROM orders WHERE order_id = 'FREE'`;
const itsReport = `INSERT INTO order_reports SELECT account, 'NEW', revision, occurred_at, arrived_at, body FROM order_reports WHERE order_id = 'FREE'`;
const sameNumber = { counter: "", contract: { number: "number" }, says: { number: "to_jsonb(number)" } };
const held = {
  contract: { hold_until: "'2999-01-01Z'::timestamptz" },
  says: { holdUntil: `'"2999-01-01T00:00:00Z"'` },
};

function onRevision(table: string, revision: number): string {
  return `UPDATE ${table} SET revision = ${revision}, body = jsonb_set(body, '{revision}', '${revision}') WHERE order_id = 'FREE'`;
}

function says(says: Readonly<Record<string, string>>): string {
  return wholeContract({ says });
}

function numbered(running: string, prefix = "DEMO") {
  const number = `contract_number('${prefix}', split_part(number, '-', 2), ${Number(running)})`;
  return { contract: { number }, says: { number: `to_jsonb(${number})` } };
}

/** The change, with its audit row and, unless only that is wanted, its event. */
function told(order: string, what: string, change: string, only: "audit" | "both" = "both"): string {
  const number = `(SELECT number FROM contracts WHERE order_id = '${order}')`;
  const audit = `INSERT INTO audit_entries VALUES (gen_random_uuid(), now(), 'operator', 'x', '${what}', '${ACCOUNT}',
    'contract', ${number}, 1, '{"reason": "x"}')`;
  const event = `INSERT INTO outbox (event_id, at, account, type, subject, data)
    VALUES (gen_random_uuid(), now(), '${ACCOUNT}', '${what}', ${number}, '{"reason": "x"}')`;
  return only === "audit" ? `${change}; ${audit}` : `${change}; ${audit}; ${event}`;
}

function twice(table: string, column: string): string {
  const key = table === "outbox" ? "event_id" : "entry_id";
  const columns =
    table === "outbox"
      ? "at, account, type, subject, data"
      : "at, actor_kind, actor, action, account, object_kind, object_id, policy_version, detail";
  return `INSERT INTO ${table} (${key}, ${columns}) SELECT gen_random_uuid(), ${columns} FROM ${table} WHERE ${column} = 'contract.issued' LIMIT 1`;
}

function wording(version: number): string {
  return `INSERT INTO wordings (seller, version, body, drafted_by, published_by) VALUES ('demo-cloud', ${version}, '{}', 'a', 'b')`;
}
