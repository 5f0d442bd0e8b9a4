import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { restoreFrom } from "../../src/backing-up.ts";
import type { Restored } from "../../src/cli/installation.ts";
import type { Environment } from "../../src/environment.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { createTestDatabase } from "../test-database.ts";
import { testEnvironment } from "../test-server.ts";

/** Another machine with nothing on it but the program and its empty database. */
export interface EmptyInstallation {
  readonly environment: Environment;
  readonly database: Database;
  restore(path: string): Promise<Restored>;
  /** As an operator does who kept the seal keys apart. */
  bringKeys(home: string): Promise<void>;
  remove(): Promise<void>;
}

export async function emptyInstallation(): Promise<EmptyInstallation> {
  const [own, home] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), "orderseal-restored-"))]);
  const environment = testEnvironment({ ORDERSEAL_HOME: home, DATABASE_URL: own.url, ORDERSEAL_DEMO: "0" });
  const database = openDatabase({ connectionString: own.url, max: 2 });
  return {
    environment,
    database,
    restore: (path) => restoreFrom(environment, path, () => {}),
    bringKeys: (from) => cp(join(from, "keys"), join(home, "keys"), { recursive: true }),
    remove: async () => {
      await database.destroy();
      await own.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Every table with a hash of all its rows as text. */
export async function contentOf(database: Database): Promise<Readonly<Record<string, string>>> {
  const tables = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_name <> 'schema_migrations' ORDER BY table_name`.execute(database);
  const content: [string, string][] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ hash: string }>`SELECT count(*) || ' ' || md5(coalesce(
      string_agg(${sql.ref(name)}::text, E'\n' ORDER BY ${sql.ref(name)}::text), '')) AS hash
      FROM ${sql.table(name)}`.execute(database);
    content.push([name, rows[0]?.hash ?? ""]);
  }
  return Object.fromEntries(content);
}

/** Whatever watches over the rows: triggers with their state, constraints with when they are checked. */
export async function guardsOf(database: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ guard: string }>`
    SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text AS guard FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || condeferrable || ' ' || condeferred || ' '
      || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace
    ORDER BY guard`.execute(database);
  return rows.map(({ guard }) => guard);
}
