import { sql } from "kysely";
import type { Database } from "../src/store/database.ts";

/**
 * Plain first: it waits for connections that are closing and ends an autovacuum by itself, which FORCE may not do
 * without being a superuser ("permission denied to terminate process"). By force only where somebody stays connected.
 */
export async function dropDatabase(server: Database, name: string): Promise<void> {
  try {
    await sql.raw(`DROP DATABASE ${name}`).execute(server);
  } catch {
    await sql.raw(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).execute(server);
  }
}
