import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { ensureDefaults } from "../../src/store/defaults.ts";
import { migrate } from "../../src/store/migrate.ts";
import { databaseUrl } from "../database-url.ts";
import { dropDatabase } from "../drop-database.ts";
import { openTestPostgres } from "../test-postgres.ts";
import type { TortureDatabase } from "./torture.ts";

export interface TorturePostgres {
  newDatabase(): Promise<TortureDatabase>;
  close(): Promise<void>;
}

/** The PostgreSQL of a run outside the test suite; fsync stays on, as in the product. */
export async function openTorturePostgres(): Promise<TorturePostgres> {
  const server = await openTestPostgres();
  const admin = openDatabase({ connectionString: server.url, max: 2 });
  return {
    newDatabase: () => newDatabase(admin, server.url),
    close: async () => {
      await admin.destroy();
      await server.close();
    },
  };
}

async function newDatabase(admin: Database, serverUrl: string): Promise<TortureDatabase> {
  const name = `orderseal_torture_${randomBytes(6).toString("hex")}`;
  await sql.raw(`CREATE DATABASE ${name}`).execute(admin);
  const url = databaseUrl(serverUrl, name);
  const database = openDatabase({ connectionString: url });
  await migrate(database);
  await ensureDefaults(database);
  const drop = async () => {
    await database.destroy();
    await dropDatabase(admin, name);
  };
  return { url, database, drop };
}
