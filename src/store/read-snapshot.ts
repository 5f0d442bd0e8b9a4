import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** Reads the books as they are at one moment: nothing is changed and nobody waits meanwhile. */
export function readSnapshot<Value>(
  database: Database,
  work: (transaction: Transaction<Tables>) => Promise<Value>,
): Promise<Value> {
  return database
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (transaction) => {
      // Whatever a role was made to look at first: functions are those of PostgreSQL.
      await sql`SELECT set_config('search_path', 'pg_catalog, ' || quote_ident(current_schema()), true)`.execute(
        transaction,
      );
      return work(transaction);
    });
}
