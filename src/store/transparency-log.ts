import { sql } from "kysely";
import { sha256 } from "../application/log-hash.ts";
import type { Checkpoint, LoggedStatement, LogKeys, TransparencyLog } from "../application/transparency-log.ts";
import type { ContractNumber } from "../domain/identifiers.ts";
import { parseStatement } from "../domain/log-statement.ts";
import { type LeafRange, nodesOf, rangeHash, type TreeNode } from "../domain/merkle-tree.ts";
import type { Database } from "./database.ts";
import { extendLog } from "./extend-log.ts";

/** The log in PostgreSQL. `nameOfNewLog` is asked once, when there is none yet. */
export function openTransparencyLog(database: Database, keys: LogKeys, nameOfNewLog: () => string): TransparencyLog {
  return {
    extend: () => extendLog(database, keys, nameOfNewLog),
    renew: async () => {
      await database.updateTable("log_head").set({ origin: null }).execute();
    },
    checkpoint: () => readCheckpoint(database, null),
    checkpointFrom: (size) => readCheckpoint(database, size),
    statementsOf: (number) => statementsOf(database, number),
    indexOf: (leafHash) => indexOf(database, leafHash),
    entries: (from, most) => entries(database, from, most),
    hashes: (ranges) => hashes(database, ranges),
  };
}

/** The newest one, or the first of at least this size. */
async function readCheckpoint(database: Database, size: number | null): Promise<Checkpoint | null> {
  const { rows } = await sql<Omit<Checkpoint, "size"> & { readonly size: string }>`
    SELECT checkpoint.origin, checkpoint.size, checkpoint.root, checkpoint.note
    FROM log_head JOIN log_checkpoints checkpoint USING (origin)
    WHERE checkpoint.size >= ${size ?? 0} ORDER BY checkpoint.size ${size === null ? sql`DESC` : sql`ASC`} LIMIT 1`.execute(
    database,
  );
  const [row] = rows;
  return row ? { ...row, size: Number(row.size) } : null;
}

async function statementsOf(database: Database, number: ContractNumber): Promise<readonly LoggedStatement[]> {
  const rows = await database
    .selectFrom("log_leaves")
    .select(["leaf_index", "statement", "salt"])
    .where("number", "=", number)
    .orderBy("leaf_index")
    .execute();
  return rows.map(({ leaf_index, statement: text, salt }) => {
    const statement = parseStatement(text);
    if (!statement) throw new Error(`leaf ${leaf_index} of the log states nothing`);
    return { index: Number(leaf_index), statement, salt };
  });
}

async function indexOf(database: Database, leafHash: Uint8Array): Promise<number | null> {
  const row = await database
    .selectFrom("log_nodes")
    .select("node_index")
    .where("level", "=", 0)
    .where("hash", "=", Buffer.from(leafHash))
    .executeTakeFirst();
  return row ? Number(row.node_index) : null;
}

async function entries(database: Database, from: number, most: number): Promise<readonly Uint8Array[]> {
  const rows = await database
    .selectFrom("log_leaves")
    .select("entry")
    .where("leaf_index", ">=", from)
    .orderBy("leaf_index")
    .limit(most)
    .execute();
  return rows.map(({ entry }) => entry);
}

/** Of the perfect subtrees all are kept: some forty rows make a proof among a million leaves. */
async function hashes(database: Database, ranges: readonly LeafRange[]): Promise<readonly Uint8Array[]> {
  const wanted = ranges.map((range) => nodesOf(range));
  const found = await hashesOf(database, wanted.flat());
  return wanted.map((nodes) =>
    rangeHash(
      sha256,
      nodes.map((node) => {
        const hash = found.get(nameOf(node.level, node.index));
        if (!hash) throw new Error(`node ${nameOf(node.level, node.index)} of the log is missing`);
        return hash;
      }),
    ),
  );
}

async function hashesOf(database: Database, nodes: readonly TreeNode[]): Promise<ReadonlyMap<string, Uint8Array>> {
  if (nodes.length === 0) return new Map();
  const { rows } = await sql<{ readonly level: number; readonly node_index: string; readonly hash: Buffer }>`
    SELECT log_nodes.level, log_nodes.node_index, log_nodes.hash
    FROM unnest(${nodes.map(({ level }) => level)}::smallint[], ${nodes.map(({ index }) => index)}::bigint[])
      AS wanted (level, node_index)
    JOIN log_nodes USING (level, node_index)`.execute(database);
  return new Map(rows.map(({ level, node_index, hash }) => [nameOf(level, Number(node_index)), hash]));
}

function nameOf(level: number, index: number): string {
  return `${level}/${index}`;
}
