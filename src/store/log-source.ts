import { sql, type Transaction } from "kysely";
import type { Checkpoint } from "../application/transparency-log.ts";
import type { LogReading, LogSource, ReadLeaf } from "../application/verify-log.ts";
import type { ContractNumber, Sha256 } from "../domain/identifiers.ts";
import { nodesCompletedBy, type TreeNode } from "../domain/merkle-tree.ts";
import { instantOf } from "../domain/time.ts";
import type { Database } from "./database.ts";
import { readSnapshot } from "./read-snapshot.ts";
import type { Tables } from "./tables.ts";

const AT_ONCE = 1_000;

/** The transparency log as the books have it at one moment. */
export function openLogSource(database: Database): LogSource {
  return {
    readLog: (work) => readSnapshot(database, async (transaction) => work(await readLog(transaction))),
  };
}

/** Within a transaction of the caller, whose sight of the books it is. */
export async function readLog(database: Transaction<Tables>): Promise<LogReading> {
  const head = await database.selectFrom("log_head").selectAll().executeTakeFirst();
  return {
    origin: head?.origin ?? null,
    size: Number(head?.size ?? 0),
    leaves: () => leaves(database),
    checkpoints: () => checkpoints(database, head?.origin ?? ""),
    unlogged: (most) => unlogged(database, Number(head?.event ?? 0), most),
  };
}

interface LeafRow {
  readonly leaf_index: string;
  readonly salt: Buffer;
  readonly entry: Buffer;
  readonly statement: string;
  readonly kind: "issued" | "voided" | null;
  readonly number: ContractNumber | null;
  readonly document: Sha256 | null;
  readonly at: Date | null;
}

async function* leaves(database: Transaction<Tables>): AsyncIterable<ReadLeaf> {
  for (let after = -1; ; ) {
    const { rows } = await sql<LeafRow>`
      SELECT leaf.leaf_index::text AS leaf_index, leaf.salt, leaf.entry, leaf.statement,
        split_part(told.type, '.', 2) AS kind, told.subject AS number, contracts.document_sha256 AS document, told.at
      FROM log_leaves leaf
      LEFT JOIN outbox told ON told.position = leaf.event_position
        AND told.type IN ('contract.issued', 'contract.voided')
      LEFT JOIN contract_numbers numbers ON numbers.number = told.subject
      LEFT JOIN contracts ON contracts.account = numbers.account AND contracts.contract_id = numbers.contract_id
      WHERE leaf.leaf_index > ${after} ORDER BY leaf.leaf_index LIMIT ${AT_ONCE}`.execute(database);
    const nodes = await nodesOfLeaves(
      database,
      rows.map(({ leaf_index }) => Number(leaf_index)),
    );
    for (const row of rows) yield leafOf(row, nodes);
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = Number(last.leaf_index);
  }
}

function leafOf(row: LeafRow, nodes: ReadonlyMap<string, Uint8Array>): ReadLeaf {
  const { salt, entry, statement, kind, number, document, at } = row;
  const index = Number(row.leaf_index);
  const told = kind && number && document && at ? { kind, number, document, at: instantOf(at.getTime()) } : null;
  const kept = [{ level: 0, index }, ...nodesCompletedBy(index)].map((node) => nodes.get(nameOf(node)) ?? null);
  return { index, salt, entry, statement, told, nodes: kept };
}

async function nodesOfLeaves(
  database: Transaction<Tables>,
  indexes: readonly number[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = indexes.flatMap((index) => [{ level: 0, index }, ...nodesCompletedBy(index)]);
  const { rows } = await sql<{ readonly level: number; readonly node_index: string; readonly hash: Buffer }>`
    SELECT log_nodes.level, log_nodes.node_index, log_nodes.hash
    FROM unnest(${wanted.map(({ level }) => level)}::smallint[], ${wanted.map(({ index }) => index)}::bigint[])
      AS wanted (level, node_index)
    JOIN log_nodes USING (level, node_index)`.execute(database);
  return new Map(rows.map(({ level, node_index, hash }) => [nameOf({ level, index: Number(node_index) }), hash]));
}

async function* checkpoints(database: Transaction<Tables>, origin: string): AsyncIterable<Checkpoint> {
  for (let after = -1; ; ) {
    const rows = await database
      .selectFrom("log_checkpoints")
      .select(["origin", "size", "root", "note"])
      .where("origin", "=", origin)
      .where("size", ">", after)
      .orderBy("size")
      .limit(AT_ONCE)
      .execute();
    for (const row of rows) yield { ...row, size: Number(row.size) };
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = Number(last.size);
  }
}

async function unlogged(database: Transaction<Tables>, event: number, most: number): Promise<readonly number[]> {
  const { rows } = await sql<{ readonly position: string }>`
    SELECT told.position::text AS position FROM outbox told
    WHERE told.position <= ${event} AND told.type IN ('contract.issued', 'contract.voided')
      AND NOT EXISTS (SELECT FROM log_leaves leaf WHERE leaf.event_position = told.position)
    ORDER BY told.position LIMIT ${most}`.execute(database);
  return rows.map(({ position }) => Number(position));
}

function nameOf({ level, index }: TreeNode): string {
  return `${level}/${index}`;
}
