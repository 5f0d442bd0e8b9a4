import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { inject } from "vitest";
import { openDatabase } from "../src/store/database.ts";
import { databaseUrl } from "./database-url.ts";

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty, migrated database of the test's own on the real PostgreSQL of this run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const templateUrl = inject("templateUrl");
  const template = templateUrl.replace(/^.*\/([^/?]+)(\?.*)?$/, "$1");
  const name = `orderseal_test_${randomBytes(6).toString("hex")}`;
  const server = databaseUrl(templateUrl, "postgres");
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: databaseUrl(templateUrl, name),
    drop: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const database = openDatabase({ connectionString: url, max: 1 });
  try {
    await sql.raw(statement).execute(database);
  } finally {
    await database.destroy();
  }
}
