import { readdirSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { INVARIANTS } from "../../src/store/invariants/check-books.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";

const ROOT = new URL("../../", import.meta.url);
const MIGRATIONS = "src/store/migrations/";

interface Row {
  readonly id: string;
  readonly sentence: string;
  readonly constraints: readonly { readonly table: string; readonly name: string; readonly migration: string }[];
  readonly code: readonly string[];
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

const PAGE = readFileSync(new URL("docs/invariants.md", ROOT), "utf8");
const ROWS: readonly Row[] = PAGE.split("\n")
  .filter((line) => /^\| [IC]\d\d \|/.test(line))
  .map((line) => {
    const [id = "", sentence = "", constraints = "", code = "", tests = ""] = line.split(" | ").map(trimmed);
    return { id, sentence, constraints: constraintsIn(constraints), code: pathsIn(code), tests: testsIn(tests) };
  });

let empty: TestDatabase;
let database: Database;
let names: ReadonlySet<string>;
beforeAll(async () => {
  empty = await createTestDatabase();
  database = openDatabase({ connectionString: empty.url, max: 1 });
  const { rows } = await sql<{ name: string }>`
    SELECT conrelid::regclass || '.' || conname AS name FROM pg_constraint WHERE contype IN ('c', 'f', 'u', 'p')
    UNION SELECT tgrelid::regclass || '.' || tgname FROM pg_trigger WHERE tgenabled <> 'D'
    UNION SELECT indrelid::regclass || '.' || indexrelid::regclass FROM pg_index WHERE indisunique`.execute(database);
  names = new Set(rows.map(({ name }) => name));
});
afterAll(async () => {
  await database.destroy();
  await empty.drop();
});

describe("docs/invariants.md", () => {
  test("lists every invariant that is looked for, in its words, and no other", () => {
    const listed = ROWS.filter(({ id }) => id.startsWith("I")).map(({ id, sentence }) => [id, sentence]);
    expect(listed).toEqual(INVARIANTS.map(({ id, sentence }) => [id, sentence.en]));
    expect(listed.length).toBeGreaterThanOrEqual(15);
  });

  test.each(ROWS)("$id names constraints, code and tests that there are", ({ constraints, code, tests }) => {
    expect(constraints.filter(({ table, name }) => !names.has(`${table}.${name}`))).toEqual([]);
    expect(constraints.filter((constraint) => !isMadeIn(constraint))).toEqual([]);
    expect(code.filter((path) => textOf(path) === null)).toEqual([]);
    expect(tests.filter(({ file, title }) => !textOf(file)?.includes(title))).toEqual([]);
    expect([constraints.length, code.length, tests.length].every((count) => count > 0)).toBe(true);
  });
});

/** PostgreSQL itself makes up names that begin with the table's. */
function isMadeIn({ table, name, migration }: Row["constraints"][number]): boolean {
  const file = readdirSync(new URL(MIGRATIONS, ROOT)).find((path) => path.startsWith(migration));
  return (
    file !== undefined && (textOf(MIGRATIONS + file)?.includes(name.startsWith(`${table}_`) ? table : name) ?? false)
  );
}

function textOf(path: string): string | null {
  try {
    return readFileSync(new URL(path, ROOT), "utf8");
  } catch {
    return null;
  }
}

function trimmed(cell: string): string {
  return cell.replace(/^\| | \|$/g, "").trim();
}

function constraintsIn(cell: string): Row["constraints"] {
  return [...cell.matchAll(/`(\w+)\.(\w+)` \((\d{4})\)/g)].map(([, table = "", name = "", migration = ""]) => ({
    table,
    name,
    migration,
  }));
}

function pathsIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
}

function testsIn(cell: string): Row["tests"] {
  return [...cell.matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file = "", title = ""]) => ({ file, title }));
}
