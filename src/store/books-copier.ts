import { Client, DatabaseError, type PoolConfig } from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type {
  AppliedMigration,
  BooksCopier,
  BooksDump,
  BooksLoad,
  DumpedTable,
  LoadRefusal,
} from "../application/backup-ports.ts";
import type { Sha256 } from "../domain/identifiers.ts";
import { openDatabase } from "./database.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { REFERENCED_FILES } from "./referenced-files.ts";
import { lowerGuards } from "./row-guards.ts";
import { wholeRows } from "./whole-rows.ts";

/** The migrations themselves are not rows to copy: the loading program brings its own. */
const NOT_COPIED = "schema_migrations";
const FILES_AT_ONCE = 1_000;

/** Copies by COPY, which neither drops a digit nor needs this program to know a column. */
export function openBooksCopier(connection: PoolConfig): BooksCopier {
  return {
    dump: (work) =>
      withClient(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", async (client) => {
        const value = await work(await dumpOf(client));
        return { commit: false, value };
      }),
    load: async (migrations, work) => {
      const refusal = await prepare(connection, migrations);
      if (refusal) return refusal;
      const outcome = await withClient(connection, "BEGIN", async (client) => {
        const value = await loadInto(client, work);
        return { commit: value === "loaded", value };
      });
      if (outcome === "loaded") await migrateTo(connection);
      return outcome;
    },
  };
}

/** A connection of its own in one transaction, which may take as long as the disk does. */
async function withClient<Value>(
  connection: PoolConfig,
  begin: string,
  work: (client: Client) => Promise<{ readonly commit: boolean; readonly value: Value }>,
): Promise<Value> {
  const client = new Client({ ...connection, statement_timeout: 0, idle_in_transaction_session_timeout: 0 });
  await client.connect();
  // Told by the statement that fails; without a listener it would end the process.
  client.on("error", () => {});
  try {
    await client.query("SELECT set_config('orderseal.sees', '*', false)");
    await client.query(begin);
    const { commit, value } = await work(client);
    await client.query(commit ? "COMMIT" : "ROLLBACK");
    return value;
  } finally {
    await client.end();
  }
}

async function dumpOf(client: Client): Promise<BooksDump> {
  const migrations = await client.query<AppliedMigration>("SELECT name, sha256 FROM schema_migrations ORDER BY name");
  return {
    migrations: migrations.rows,
    tables: await tablesOf(client),
    rows: (table) => wholeRows(client.query(copyTo(`COPY ${target(table)} TO STDOUT`))),
    files: () => referencedFiles(client),
  };
}

async function* referencedFiles(client: Client): AsyncIterable<Sha256> {
  await client.query(`DECLARE files NO SCROLL CURSOR FOR ${REFERENCED_FILES}`);
  for (;;) {
    const { rows } = await client.query<{ hash: Sha256 }>(`FETCH ${FILES_AT_ONCE} FROM files`);
    for (const { hash } of rows) yield hash;
    if (rows.length < FILES_AT_ONCE) return;
  }
}

/** Every table of ours with the columns that are written; whatever migration adds one, it is copied. */
async function tablesOf(client: Client): Promise<readonly DumpedTable[]> {
  const { rows } = await client.query<DumpedTable>(
    `SELECT tables.relname AS name, array_agg(columns.attname::text ORDER BY columns.attnum) AS columns
     FROM pg_class tables
     JOIN pg_attribute columns ON columns.attrelid = tables.oid
     WHERE tables.relnamespace = current_schema()::regnamespace AND tables.relkind IN ('r', 'p')
       AND NOT tables.relispartition AND tables.relname <> $1
       AND columns.attnum > 0 AND NOT columns.attisdropped AND columns.attgenerated = ''
     GROUP BY tables.relname ORDER BY tables.relname`,
    [NOT_COPIED],
  );
  return rows;
}

/** Brings an empty database to where the backup's was; it stays empty. */
async function prepare(connection: PoolConfig, migrations: readonly AppliedMigration[]): Promise<LoadRefusal | null> {
  const known = await readMigrations();
  const isKnown = migrations.every(
    ({ name, sha256 }, index) => known[index]?.name === name && known[index].sha256 === sha256,
  );
  if (!isKnown) return "newer";
  const last = migrations.at(-1)?.name;
  if (last === undefined) return "other_schema";
  const found = await stateOf(connection);
  if (found.holdsBooks) return "not_empty";
  if (found.migrations > migrations.length) return "other_schema";
  await migrateTo(connection, last);
  return null;
}

async function stateOf(connection: PoolConfig): Promise<{ readonly holdsBooks: boolean; readonly migrations: number }> {
  return withClient(connection, "BEGIN READ ONLY", async (client) => {
    const { rows } = await client.query<{ found: string | null }>("SELECT to_regclass('schema_migrations') AS found");
    if (rows[0]?.found == null) return { commit: false, value: { holdsBooks: false, migrations: 0 } };
    // Policies and products come with an empty installation; these come with somebody's business.
    const books = await client.query(
      `SELECT EXISTS (SELECT FROM sellers) OR EXISTS (SELECT FROM accounts) OR EXISTS (SELECT FROM audit_entries)
         OR EXISTS (SELECT FROM api_keys) AS "holdsBooks",
         (SELECT count(*)::integer FROM schema_migrations) AS migrations`,
    );
    return { commit: false, value: books.rows[0] };
  });
}

async function migrateTo(connection: PoolConfig, last?: string): Promise<void> {
  const database = openDatabase({ ...connection, max: 1 });
  try {
    await migrate(database, last);
  } finally {
    await database.destroy();
  }
}

async function loadInto(
  client: Client,
  work: (load: BooksLoad) => Promise<boolean>,
): Promise<"loaded" | "undone" | LoadRefusal> {
  const tables = await tablesOf(client);
  const columns = new Map(tables.map((table) => [table.name, new Set(table.columns)]));
  const raiseGuards = await lowerGuards(client, tables);
  for (const { name } of tables) await client.query(`DELETE FROM ${quoted(name)}`);
  const isLoaded = await work({
    rows: async (table, piece) => {
      // Names come from a file; only those that are ours are put into a statement.
      const ours = columns.get(table.name);
      if (!ours || !table.columns.every((column) => ours.has(column))) return false;
      return isTaken(copyIn(client, table, piece));
    },
  });
  if (!isLoaded) return "undone";
  return (await isTaken(raiseGuards())) ? "loaded" : "inconsistent";
}

/** False for rows that the database refuses (SQLSTATE classes 22, data exception, and 23, integrity violation). */
async function isTaken(loading: Promise<void>): Promise<boolean> {
  try {
    await loading;
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && /^2[23]/.test(error.code ?? "")) return false;
    throw error;
  }
}

function copyIn(client: Client, table: DumpedTable, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(`COPY ${target(table)} FROM STDIN`));
    stream.on("error", reject).on("finish", resolve);
    stream.end(Buffer.from(piece));
  });
}

function target({ name, columns }: DumpedTable): string {
  return `${quoted(name)} (${columns.map(quoted).join(", ")})`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
