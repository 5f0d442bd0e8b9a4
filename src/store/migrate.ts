import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

const MIGRATIONS = new URL("./migrations/", import.meta.url);
/** Any number will do, as long as nobody else in the database uses it for something else. */
const MIGRATION_LOCK = 4180_0001;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/**
 * Brings the database up to date: numbered plain SQL files, all in one transaction, two starters at once wait for each
 * other. Answers the names that were applied. Throws when an applied file was changed afterwards, or when the database
 * is newer than this program. With `last`, no further than to that one.
 */
export async function migrate(database: Database, last?: string): Promise<readonly string[]> {
  const migrations = await readMigrations();
  return database.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
    await sql`CREATE TABLE IF NOT EXISTS schema_migrations (
      name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`.execute(transaction);
    const applied = await appliedMigrations(transaction);
    refuseForeign(migrations, applied);
    const missing = migrations.filter(({ name }) => !applied.has(name) && (last === undefined || name <= last));
    for (const migration of missing) await apply(transaction, migration);
    return missing.map(({ name }) => name);
  });
}

/** All that this program has, in the order in which they apply. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, MIGRATIONS), "utf8");
      return { name, sql: text, sha256: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

async function appliedMigrations(database: Kysely<Tables>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; sha256: string }>`SELECT name, sha256 FROM schema_migrations`.execute(
    database,
  );
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseForeign(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of applied) {
    if (!known.has(name)) {
      throw new Error(`The database was migrated by a newer Orderseal (${name}); start that version or a later one.`);
    }
    if (known.get(name) !== sha256) {
      throw new Error(`Migration ${name} was changed after it had been applied; restore the file as it was.`);
    }
  }
}

async function apply(transaction: Transaction<Tables>, migration: Migration): Promise<void> {
  await sql.raw(migration.sql).execute(transaction);
  await sql`INSERT INTO schema_migrations (name, sha256) VALUES (${migration.name}, ${migration.sha256})`.execute(
    transaction,
  );
}
