import type { Client } from "pg";
import type { DumpedTable } from "../application/backup-ports.ts";

/**
 * Within the transaction, lets rows come in as they once were: foreign keys wait for the end, since tables refer to each
 * other in circles, and triggers that watch over changes stand aside. Checks and unique keys hold throughout. Answers what
 * checks the foreign keys of all that came in, and puts everything back on guard.
 */
export async function lowerGuards(client: Client, tables: readonly DumpedTable[]): Promise<() => Promise<void>> {
  const keys = await foreignKeys(client);
  for (const { name } of tables) await client.query(`ALTER TABLE "${name}" DISABLE TRIGGER USER`);
  // COPY takes no rows into a table whose rows are walled, not even from its owner.
  const walled = await walledTables(client);
  for (const table of walled) await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
  for (const { table, key } of keys) {
    await client.query(`ALTER TABLE ${table} ALTER CONSTRAINT ${key} DEFERRABLE INITIALLY DEFERRED`);
  }
  return async () => {
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    for (const { table, key } of keys) {
      await client.query(`ALTER TABLE ${table} ALTER CONSTRAINT ${key} NOT DEFERRABLE`);
    }
    for (const { name } of tables) await client.query(`ALTER TABLE "${name}" ENABLE TRIGGER USER`);
    for (const table of walled) await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  };
}

async function foreignKeys(client: Client): Promise<readonly { readonly table: string; readonly key: string }[]> {
  const { rows } = await client.query<{ table: string; key: string }>(
    `SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS key FROM pg_constraint
     WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace`,
  );
  return rows;
}

async function walledTables(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT oid::regclass::text AS "table" FROM pg_class
     WHERE relforcerowsecurity AND relnamespace = current_schema()::regnamespace`,
  );
  return rows.map(({ table }) => table);
}
