import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backUp } from "../../src/application/back-up.ts";
import type { BooksCopier } from "../../src/application/backup-ports.ts";
import { instantOf } from "../../src/domain/time.ts";
import { writeBackupFile } from "../../src/store/backup-file.ts";
import { openBooksCopier } from "../../src/store/books-copier.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openLocalObjects } from "../../src/store/local-objects.ts";
import { migrate } from "../../src/store/migrate.ts";
import { fillAsFirstRelease } from "../store/first-release.fixture.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";
import { contentOf, emptyInstallation } from "./restored-installation.ts";

let old: TestDatabase;
let folder: string;
let path: string;
/** As a backup command of the first release would have made it. */
beforeAll(async () => {
  [old, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), "orderseal-old-"))]);
  path = join(folder, "old.tar");
  const database = openDatabase({ connectionString: old.url });
  await fillAsFirstRelease(database);
  await database.destroy();
  const copier = openBooksCopier({ connectionString: old.url });
  const ports = {
    // It looked for files in the tables that it had; these contracts have none.
    copier: { ...copier, dump: withoutFiles(copier) },
    objects: openLocalObjects(join(folder, "objects")),
    certificates: { read: async () => [], add: async () => {} },
    clock: { now: () => instantOf(Date.parse("2026-03-08T00:00:00Z")) },
  };
  await writeBackupFile(path, (write) => backUp(ports, write));
});
afterAll(async () => {
  await old.drop();
  await rm(folder, { recursive: true, force: true });
});

function withoutFiles(copier: BooksCopier): BooksCopier["dump"] {
  return (work) => copier.dump((dump) => work({ ...dump, files: async function* () {} }));
}

test("a backup of an older version is brought up to date as its database would have been", async () => {
  const empty = await emptyInstallation();
  try {
    await sql`DROP SCHEMA public CASCADE`.execute(empty.database);
    await sql`CREATE SCHEMA public`.execute(empty.database);
    expect(await empty.restore(path)).toMatchObject({ kind: "restored", madeAt: "2026-03-08T00:00:00Z" });
    const database = openDatabase({ connectionString: old.url });
    await migrate(database);
    const [here, there] = [await contentOf(empty.database), await contentOf(database)];
    await database.destroy();
    // Two are stamped with the time of the migration, and the audit, in which the restored objects have been entered, says
    // that these contracts have no files.
    const { policies: _here, order_reports: _reports, ...restored } = here;
    const { policies: _there, order_reports: _others, ...migrated } = there;
    expect(withoutAudit(restored)).toEqual(withoutAudit(migrated));
  } finally {
    await empty.remove();
  }
});

test("an older backup is refused by a database that is further on already, even an empty one", async () => {
  const empty = await emptyInstallation();
  try {
    expect(await empty.restore(path)).toEqual({ kind: "refused", refusal: "other_schema" });
  } finally {
    await empty.remove();
  }
});

test("a backup whose migrations are not ours is of a newer version, and is refused before anything is touched", async () => {
  const empty = await emptyInstallation();
  try {
    const copier = openBooksCopier({ connectionString: empty.environment.databaseUrl ?? "" });
    const before = await contentOf(empty.database);
    const migrations = [{ name: "0001-orders-and-contracts.sql", sha256: "0".repeat(64) }];
    expect(await copier.load(migrations, () => Promise.reject(new Error("nothing is to be loaded")))).toBe("newer");
    expect(await contentOf(empty.database)).toEqual(before);
  } finally {
    await empty.remove();
  }
});

function withoutAudit(content: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(content).filter(([table]) => !table.startsWith("audit_")));
}
