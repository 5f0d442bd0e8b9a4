import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { voidContract } from "../../src/application/void-contract.ts";
import type { Database } from "../../src/store/database.ts";
import { ACTOR, BROKEN_RENDERER, type IssuingBench, openIssuingBench, requestOf } from "./issuing-bench.ts";

export const ACCOUNT = "bench-account";
export const TICKET = "00000000-0000-7000-8000-000000000001";
const CLOSED_TICKET = "00000000-0000-7000-8000-000000000002";

export interface RulesBench {
  /** Runs the statements as somebody with a database client would, and takes them back; the database's own words. */
  tryOut(statements: string): Promise<string>;
  /** The same up to the commit, at which the database checks what needs the whole transaction. */
  tryToCommit(statements: string): Promise<string>;
  readonly database: Database;
  close(): Promise<void>;
}

/**
 * Books with one of everything: contracts ISSUED, HELD, VOIDED, REPLACED and ISSUING on orders of these names (HELD is not
 * paid), an open and a final bill, an open ticket on FREE and a closed one on FREE-2, and three versions of the policy.
 */
export async function openRulesBench(): Promise<RulesBench> {
  const bench = await openIssuingBench();
  await fill(bench);
  return {
    tryOut: (statements) => tryOut(bench, statements),
    tryToCommit: (statements) => tryOut(bench, statements, "SET CONSTRAINTS ALL IMMEDIATE"),
    database: bench.services.database,
    close: () => bench.close(),
  };
}

async function fill(bench: IssuingBench): Promise<void> {
  await bench.place("HELD", { status: { state: "unpaid" } });
  for (const order of ["ISSUED", "VOIDED", "REPLACED", "ISSUING", "FREE", "FREE-2"]) await bench.place(order);
  for (const order of ["ISSUED", "HELD"]) await requestOf(bench.quickPorts(), order);
  for (const order of ["VOIDED", "REPLACED"]) await requestAndVoid(bench, order);
  await requestOf({ ...bench.quickPorts(), renderer: BROKEN_RENDERER }, "ISSUING");
  // Version 2 lets a voided contract be replaced, version 3 goes by the calendar; version 1 does neither.
  await sql.raw(publishing(2, `jsonb_set(body, '{reissueAfterVoid}', 'true')`)).execute(bench.services.database);
  await requestOf(bench.quickPorts(), "REPLACED");
  for (const statement of [
    publishing(3, `jsonb_set(body, '{billFinality}', '{"basis": "calendar", "expectedDay": 4}')`),
    `INSERT INTO bills SELECT account, '2026-01', 'open', 'demo-cloud', '{}' FROM accounts WHERE account = '${ACCOUNT}'`,
    `INSERT INTO bills SELECT account, '2026-02', 'final', 'demo-cloud', '{}' FROM accounts WHERE account = '${ACCOUNT}'`,
    openTicket({ ticket_id: `'${TICKET}'`, order_id: "'FREE'" }),
    openTicket({ ticket_id: `'${CLOSED_TICKET}'`, order_id: "'FREE-2'" }),
    `UPDATE tickets SET state = 'rejected', closed_at = now(), closed_by = 'x', rejection = 'no' WHERE ticket_id = '${CLOSED_TICKET}'`,
    `INSERT INTO ticket_messages VALUES ('${ACCOUNT}', '${TICKET}', gen_random_uuid(), now(), 'buyer', 'a', 'text')`,
    attachment({}),
  ]) {
    await sql.raw(statement).execute(bench.services.database);
  }
}

async function requestAndVoid({ services, quickPorts }: IssuingBench, order: string): Promise<void> {
  const requested = await requestOf(quickPorts(), order);
  if (requested.kind !== "issued") throw new Error(requested.kind);
  await voidContract(services, ACTOR, requested.contract.number, "x");
}

async function tryOut({ services }: IssuingBench, statements: string, then = "SELECT"): Promise<string> {
  let outcome = "";
  await services.database
    .transaction()
    .execute(async (transaction) => {
      const { numAffectedRows } = await sql.raw(statements).execute(transaction);
      await sql.raw(then).execute(transaction);
      outcome = `done: ${numAffectedRows}`;
      throw new Error("undo");
    })
    .catch((error: Error) => {
      if (error.message !== "undo") outcome = error.message;
    });
  return outcome;
}

/** A case of what the database refuses, and by which constraint or word. */
export type Case = readonly [what: string, statement: () => string, complaint: RegExp];
type Changes = Readonly<Record<string, string>>;

export function publishing(version: number, body: string, origin = "'catalogue', NULL, 'x'"): string {
  return `INSERT INTO policies (version, body, origin, drafted_by, published_by)
    SELECT ${version}, ${body}, ${origin} FROM policies WHERE version = 1`;
}

export function idOf(order: string): string {
  return `(SELECT contract_id FROM contracts WHERE order_id = '${order}' AND replaces IS NULL)`;
}

/** A contract like that of the order, with columns replaced by SQL expressions. */
export function copyOf(changes: Changes, order = "ISSUED"): string {
  const columns =
    "account, contract_id, order_id, cycle, form, replaces, voided_at, voided_by, void_reason, seller, number, state, requested_at, hold_until, policy_version, snapshot, snapshot_sha256, verification_code, issued_at, document_sha256, unsealed_sha256";
  const fresh = { contract_id: "gen_random_uuid()", number: `'DEMO-209901-${randomUUID()}'` };
  const unvoided = { voided_at: "NULL", voided_by: "NULL", void_reason: "NULL" };
  const given: Changes = { ...fresh, ...unvoided, order_id: "'FREE'", ...changes };
  const values = columns.split(", ").map((column) => given[column] ?? column);
  return `INSERT INTO contracts (${columns}) SELECT ${values.join(", ")} FROM contracts
    WHERE order_id = '${order}' AND replaces IS NULL`;
}

/** On a bill instead of on an order. */
export function onBill(cycle: string, changes: Changes = {}): string {
  return copyOf({ order_id: "NULL", cycle: `'${cycle}'`, ...changes });
}

export function openTicket(changes: Changes): string {
  const row: Changes = {
    account: `'${ACCOUNT}'`,
    ticket_id: "gen_random_uuid()",
    order_id: "'ISSUED'",
    queue: "'contract_desk'",
    topic: "'product_not_self_service'",
    opened_at: "now()",
    state: "'open'",
    ...changes,
  };
  return `INSERT INTO tickets (${Object.keys(row).join(", ")}) VALUES (${Object.values(row).join(", ")})`;
}

export function attachment(changes: Changes): string {
  const row: Changes = {
    account: `'${ACCOUNT}'`,
    ticket_id: `'${TICKET}'`,
    attachment_id: "gen_random_uuid()",
    at: "now()",
    side: "'buyer'",
    author: "'a'",
    name: "'a.pdf'",
    sha256: "repeat('a', 64)",
    bytes: "1",
    ...changes,
  };
  return `INSERT INTO ticket_attachments (${Object.keys(row).join(", ")}) VALUES (${Object.values(row).join(", ")})`;
}

export function draft(basedOn: string, by: string): string {
  return `INSERT INTO policy_drafts VALUES (gen_random_uuid(), ${basedOn}, '{}', ${by}, now(), 'open')`;
}

export function session(account: string, role: string): string {
  return `INSERT INTO sessions (token_sha256, account, name, opened_at, expires_at, idle_until, source, roles)
    VALUES (gen_random_uuid()::text, ${account}, 'x', now(), now(), now(), 'demo', ARRAY[${role}])`;
}

export const offline = { form: "'offline'", unsealed_sha256: "NULL" };
export const chained = { order_id: "'VOIDED'", policy_version: "2" };
export const closeTicket = `UPDATE tickets SET closed_at = now(), closed_by = 'x'`;

export const deleteClosedTicket = `DELETE FROM tickets WHERE ticket_id = '${CLOSED_TICKET}'`;
