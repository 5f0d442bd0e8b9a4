import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { ensureDefaults } from "../../src/store/defaults.ts";
import { migrate } from "../../src/store/migrate.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";

let own: TestDatabase;
let database: Database;
beforeEach(async () => {
  own = await createTestDatabase();
  database = openDatabase({ connectionString: own.url });
});
afterEach(async () => {
  await database.destroy();
  await own.drop();
});

async function empty(): Promise<void> {
  await sql`DROP SCHEMA public CASCADE`.execute(database);
  await sql`CREATE SCHEMA public`.execute(database);
}

test("an empty database is brought up to date, and run twice nothing is done", async () => {
  await empty();
  const applied = await migrate(database);
  expect(applied[0]).toBe("0001-orders-and-contracts.sql");
  expect(applied).toEqual([...applied].sort());
  expect(await migrate(database)).toEqual([]);
});

test("two that start at once: one applies, the other waits and finds nothing to do", async () => {
  await empty();
  const others = Array.from({ length: 4 }, () => openDatabase({ connectionString: own.url }));
  try {
    const applied = await Promise.all([database, ...others].map((each) => migrate(each)));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    await Promise.all([database, ...others].map((each) => ensureDefaults(each)));
  } finally {
    await Promise.all(others.map((other) => other.destroy()));
  }
  expect(await database.selectFrom("policies").select("version").execute()).toEqual([{ version: 1 }]);
});

test("a migration that was changed after it had been applied stops the start and is named", async () => {
  await sql`UPDATE schema_migrations SET sha256 = 'another'`.execute(database);
  await expect(migrate(database)).rejects.toThrow(
    /^Migration \d{4}-[\w-]+\.sql was changed after it had been applied; restore the file as it was\.$/,
  );
});

test("a database of a newer version stops the start and names what is not known", async () => {
  await sql`INSERT INTO schema_migrations (name, sha256) VALUES ('9999-future.sql', 'x')`.execute(database);
  await expect(migrate(database)).rejects.toThrow("migrated by a newer Orderseal (9999-future.sql)");
});

test("a migration that fails leaves nothing half-done", async () => {
  await empty();
  await sql`CREATE TABLE settings (taken integer)`.execute(database);
  await expect(migrate(database)).rejects.toThrow("already exists");
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'
  `.execute(database);
  expect(rows).toEqual([{ name: "settings" }]);
});

test("what the desk changed is kept when the service starts again", async () => {
  await sql`UPDATE products SET name_en = 'Compute' WHERE code = 'ecs'`.execute(database);
  await sql`DELETE FROM products WHERE code = 'rds'`.execute(database);
  await ensureDefaults(database);
  const codes = await database.selectFrom("products").select(["code", "name_en"]).execute();
  expect(codes.find(({ code }) => code === "ecs")?.name_en).toBe("Compute");
  expect(codes.some(({ code }) => code === "rds")).toBe(false);
});
