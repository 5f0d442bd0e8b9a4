import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { inject } from "vitest";
import { type Database, openDatabase } from "../src/store/database.ts";
import { databaseUrl } from "./database-url.ts";
import { dropDatabase } from "./drop-database.ts";

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
  await onServer(server, (database) => sql.raw(`CREATE DATABASE ${name} TEMPLATE ${template}`).execute(database));
  return {
    url: databaseUrl(templateUrl, name),
    drop: () => onServer(server, (database) => dropDatabase(database, name)),
  };
}

async function onServer(url: string, work: (database: Database) => Promise<unknown>): Promise<void> {
  const database = openDatabase({ connectionString: url, max: 1 });
  try {
    await work(database);
  } finally {
    await database.destroy();
  }
}
