import { type ControlledTransaction, sql } from "kysely";
import { BooksUnavailable, codeOf } from "../application/books-unavailable.ts";
import type { ChainKeys } from "../application/chain-keys.ts";
import type { AuditEntry, LedgerTransaction } from "../application/ports.ts";
import { writeEntries } from "./audit-entries.ts";
import type { Database } from "./database.ts";
import { type Backend, CommitLost } from "./guarded-pool.ts";
import { ledgerTransaction } from "./ledger-transaction.ts";
import { pauseAfter } from "./pause.ts";
import type { Tables } from "./tables.ts";

/** Serialisation failure and deadlock: PostgreSQL undid everything, so the work may simply run again. */
const CONFLICTS = new Set(["40001", "40P01"]);
const ATTEMPTS_AT_CONFLICTS = 5;
/** As long as a request may well wait; a database that restarts is back within it. */
const PATIENCE_MS = 5_000;

/**
 * Runs the work in one transaction and answers its value once it is committed. What failed before its commit has not
 * happened and is run again, while `patienceMs` lasts, where the failure passes. A commit whose answer was lost is looked for
 * for as long, and nothing is done twice; throws `BooksUnavailable` in doubt where it cannot be found out. What the work gave
 * to the audit is written at its end, with the states that it left behind, and coded where there are `keys`.
 */
export async function runTransaction<Value>(
  database: Database,
  work: (transaction: LedgerTransaction) => Promise<Value>,
  patienceMs = PATIENCE_MS,
  keys: ChainKeys | null = null,
): Promise<Value> {
  const until = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    const ended = await runOnce(database, work, patienceMs, keys);
    if (ended.kind === "committed") return ended.value;
    const { error } = ended;
    if (error instanceof BooksUnavailable && error.kind !== "in_doubt" && performance.now() < until) {
      await pauseAfter(attempt);
    } else if (attempt === ATTEMPTS_AT_CONFLICTS || !CONFLICTS.has(codeOf(error))) throw error;
  }
}

type Ended<Value> =
  | { readonly kind: "committed"; readonly value: Value }
  | { readonly kind: "failed"; readonly error: unknown };

async function runOnce<Value>(
  database: Database,
  work: (transaction: LedgerTransaction) => Promise<Value>,
  patienceMs: number,
  keys: ChainKeys | null,
): Promise<Ended<Value>> {
  let transaction: ControlledTransaction<Tables> | null = null;
  const audited: AuditEntry[] = [];
  try {
    transaction = await database.startTransaction().execute();
    const value = await work(ledgerTransaction(transaction, (entry) => audited.push(entry)));
    const entries = await writeEntries(transaction, audited, keys);
    try {
      await transaction.commit().execute();
    } catch (error) {
      if (!(error instanceof CommitLost)) throw error;
      await leave(transaction);
      if (!(await wasCommitted(database, error, entries[0] ?? null, patienceMs))) {
        throw new BooksUnavailable("unreachable", error.cause);
      }
    }
    return { kind: "committed", value };
  } catch (error) {
    if (transaction) await leave(transaction);
    return { kind: "failed", error };
  }
}

/** Undoes it, and gives its connection back in any case; why it had to be undone is of interest, and not this. */
async function leave(transaction: ControlledTransaction<Tables>): Promise<void> {
  if (transaction.isCommitted || transaction.isRolledBack) return;
  await transaction
    .rollback()
    .execute()
    .catch(() => {});
}

/**
 * Whether a commit whose answer was lost has happened. Its first audit entry tells that it has; that it has not is known only
 * when, besides, the server's process has gone that might still do it. The number of the transaction would not do for
 * this: after a crash it is given to another one. Throws the doubt where it stays.
 */
async function wasCommitted(
  database: Database,
  lost: CommitLost,
  entry: string | null,
  patienceMs: number,
): Promise<boolean> {
  if (!lost.wrote) return false;
  const { backend } = lost;
  if (entry === null || backend === null) throw lost;
  const until = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    try {
      const isOver = !(await isRunning(database, backend));
      if (await isEntered(database, entry)) return true;
      if (isOver) return false;
    } catch (error) {
      if (!(error instanceof BooksUnavailable)) throw error;
    }
    if (performance.now() > until) throw lost;
    await pauseAfter(attempt);
  }
}

async function isRunning(database: Database, { pid, startedAt }: Backend): Promise<boolean> {
  const { rows } = await sql`SELECT FROM pg_stat_activity
    WHERE pid = ${pid} AND backend_start = ${startedAt}::timestamptz`.execute(database);
  return rows.length > 0;
}

async function isEntered(database: Database, entry: string): Promise<boolean> {
  const found = await database
    .selectFrom("audit_entries")
    .select("entry_id")
    .where("entry_id", "=", entry)
    .executeTakeFirst();
  return found !== undefined;
}
