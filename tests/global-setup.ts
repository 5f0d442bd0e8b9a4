import { sql } from "kysely";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../src/store/database.ts";
import { ensureDefaults } from "../src/store/defaults.ts";
import { migrate } from "../src/store/migrate.ts";
import { databaseUrl } from "./database-url.ts";
import { dropDatabase } from "./drop-database.ts";
import { openTestPostgres } from "./test-postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the migrated database that every test file gets a copy of. */
    readonly templateUrl: string;
  }
}

const TEMPLATE = `orderseal_template_${process.pid}`;

/**
 * One real PostgreSQL for the whole run: that of DATABASE_URL where it is set, or else the embedded one in a scratch
 * directory. The migrations run once; a copy of their result takes a test file some tens of milliseconds.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openTestPostgres();
  const templateUrl = databaseUrl(server.url, TEMPLATE);
  await onServer(server.url, (database) => sql.raw(`CREATE DATABASE ${TEMPLATE}`).execute(database));
  await onServer(templateUrl, async (database) => {
    await migrate(database);
    await ensureDefaults(database);
  });
  project.provide("templateUrl", templateUrl);
  return async () => {
    await onServer(server.url, (database) => dropDatabase(database, TEMPLATE));
    await server.close();
  };
}

async function onServer(url: string, work: (database: ReturnType<typeof openDatabase>) => Promise<unknown>) {
  const database = openDatabase({ connectionString: url });
  try {
    await work(database);
  } finally {
    await database.destroy();
  }
}
