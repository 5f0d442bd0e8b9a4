import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";

const NO_ID = "00000000-0000-7000-8000-000000000000";
const FOUND_CONTRACTS = `SELECT * FROM contracts
  WHERE number COLLATE "C" ^@ 'D' OR order_id COLLATE "C" ^@ 'D' OR account COLLATE "C" ^@ 'D'`;

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = openDatabase({ connectionString: created.url, max: 1 });
  // The tables are empty: what matters is whether there is an index that gives the rows in this order or by this key.
  await sql`SET enable_seqscan = off`.execute(database);
  await sql`SET enable_sort = off`.execute(database);
});
afterAll(async () => {
  await database.destroy();
  await created.drop();
});

test.each([
  ["a ticket by its id", `SELECT * FROM tickets WHERE ticket_id = '${NO_ID}'`, "tickets_by_id"],
  [
    "everybody's tickets",
    "SELECT * FROM tickets ORDER BY opened_at DESC, ticket_id DESC LIMIT 51",
    "tickets_newest_of_all",
  ],
  ["a partner's accounts", "SELECT count(*) FROM accounts WHERE partner = 'p'", "accounts_of_partner"],
  [
    "the open tickets of all queues, the oldest first",
    "SELECT * FROM tickets WHERE state = 'open' ORDER BY opened_at, ticket_id LIMIT 31",
    "tickets_of_state",
  ],
  [
    "the open tickets of a queue",
    `SELECT * FROM tickets WHERE queue = 'contract_desk' AND state = 'open' AND (opened_at, ticket_id) > (now(), '${NO_ID}')
     ORDER BY opened_at, ticket_id LIMIT 31`,
    "tickets_of_queue_and_state",
  ],
  [
    "somebody's open tickets",
    `SELECT * FROM tickets WHERE queue = 'contract_desk' AND assignee = 'a' AND state = 'open'
     ORDER BY opened_at, ticket_id LIMIT 31`,
    "tickets_of_assignee",
  ],
  [
    "a queue's open tickets that nobody has",
    `SELECT * FROM tickets WHERE queue = 'contract_desk' AND assignee IS NULL AND state = 'open'
     ORDER BY opened_at, ticket_id LIMIT 31`,
    "tickets_of_nobody",
  ],
  [
    "a queue's open tickets that wait for the desk",
    `SELECT * FROM tickets WHERE queue = 'contract_desk' AND state = 'open' AND waits_for = 'desk'
     ORDER BY opened_at, ticket_id LIMIT 31`,
    "tickets_of_turn",
  ],
  [
    "an order's tickets",
    "SELECT * FROM tickets WHERE order_id = 'o' ORDER BY opened_at DESC, ticket_id DESC LIMIT 31",
    "tickets_of_order",
  ],
  ["everybody's bills", "SELECT * FROM bills ORDER BY cycle DESC, account LIMIT 51", "bills_newest_of_all"],
  [
    "a contract of an account by its number",
    "SELECT * FROM contracts WHERE account = 'a' AND number = 'n'",
    "contracts_by_number",
  ],
  ["contracts by the start of their number", FOUND_CONTRACTS, "contracts_by_number_start"],
  ["contracts by the start of their order's number", FOUND_CONTRACTS, "contracts_by_order_start"],
  ["contracts by the start of their account's id", FOUND_CONTRACTS, "contracts_by_account_start"],
  [
    "offline contracts",
    "SELECT * FROM contracts WHERE form = 'offline' ORDER BY requested_at DESC, contract_id DESC LIMIT 51",
    "contracts_offline",
  ],
  [
    "contracts on bills",
    "SELECT * FROM contracts WHERE cycle IS NOT NULL ORDER BY requested_at DESC, contract_id DESC LIMIT 51",
    "contracts_on_bills",
  ],
  [
    "what was proposed of a contract",
    "SELECT * FROM proposals WHERE object = 'n' AND kind = 'void_contract'",
    "of_object",
  ],
  [
    "what is to be archived next",
    "SELECT * FROM archive_work WHERE due_at <= now() ORDER BY due_at LIMIT 1",
    "archive_work_due",
  ],
  ["an archive by its hash", "SELECT * FROM contract_archives WHERE document_sha256 = 'x'", "archives_by_document"],
  [
    "a contract's newest archive",
    `SELECT * FROM contract_archives WHERE account = 'a' AND contract_id = '${NO_ID}' ORDER BY made_at DESC LIMIT 1`,
    "contract_archives_newest",
  ],
  [
    "events without a position",
    "SELECT event_id FROM outbox WHERE position IS NULL ORDER BY recorded_at, event_id LIMIT 500",
    "outbox_unnumbered",
  ],
  ["events", "SELECT * FROM outbox WHERE position > 5 ORDER BY position LIMIT 50", "one_event_per_position"],
  [
    "an account's events",
    "SELECT * FROM outbox WHERE account = 'a' AND position > 5 ORDER BY position LIMIT 50",
    "outbox_of_account",
  ],
  [
    "what an endpoint is sent next",
    `SELECT * FROM webhook_deliveries WHERE endpoint_id = '${NO_ID}' AND state = 'pending' ORDER BY position LIMIT 1`,
    "webhook_deliveries_pending",
  ],
  [
    "an endpoint's dead letters",
    `SELECT * FROM webhook_deliveries WHERE endpoint_id = '${NO_ID}' AND state = 'dead' ORDER BY position DESC LIMIT 51`,
    "webhook_deliveries_dead",
  ],
  [
    "the ticket that has waited longest",
    "SELECT * FROM tickets WHERE state = 'open' AND queue = 'contract_desk' ORDER BY opened_at LIMIT 1",
    "tickets_waiting",
  ],
  [
    "how many tickets wait",
    "SELECT count(*) FROM tickets WHERE state = 'open' AND queue = 'contract_desk'",
    // Any of those that hold the open ones alone will do.
    "Scan using tickets_",
  ],
  [
    "the next holds to end",
    "SELECT * FROM open_holds WHERE hold_until > now() ORDER BY hold_until LIMIT 10",
    "open_holds_by_end",
  ],
  [
    "how many holds end",
    "SELECT count(*) FROM open_holds WHERE hold_until > now() AND hold_until <= now() + interval '7 days'",
    "open_holds_by_end",
  ],
  [
    "what has waited longest for a timestamp",
    "SELECT * FROM contracts WHERE waiting_for IS NOT NULL ORDER BY waiting_since LIMIT 10",
    "contracts_waiting_since",
  ],
  [
    "a day's refusals by code",
    "SELECT code, count(*) FROM refusals WHERE day = '2026-10-12' GROUP BY code",
    "told_once_a_day",
  ],
])("%s is read by an index, however many there are", async (_, query, index) => {
  const { rows } = await sql<Record<string, string>>`EXPLAIN ${sql.raw(query)}`.execute(database);
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain(index);
});
