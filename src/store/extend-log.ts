import { randomBytes } from "node:crypto";
import { sql, type Transaction } from "kysely";
import { entryOf, sha256 } from "../application/log-hash.ts";
import type { LogKeys } from "../application/transparency-log.ts";
import type { ContractNumber, Sha256 } from "../domain/identifiers.ts";
import { statementText } from "../domain/log-statement.ts";
import { leafHash, nodeHash, nodesCompletedBy, nodesOf, rangeHash, type TreeNode } from "../domain/merkle-tree.ts";
import { instantOf } from "../domain/time.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** So many events are looked at for one batch; what is new of most of them is nothing for the log. */
const AT_ONCE = 500;
const SALT_BYTES = 32;

interface Told {
  readonly position: string;
  readonly kind: "issued" | "voided";
  readonly number: ContractNumber;
  readonly document: Sha256;
  readonly at: Date;
}

interface Head {
  readonly origin: string;
  readonly size: number;
  readonly event: number;
}

/** One batch: what events have told since the last one, and a signed head where the tree has grown. */
export async function extendLog(database: Database, keys: LogKeys, nameOfNewLog: () => string): Promise<boolean> {
  // Looked at first, without a lock: on a quiet system nothing is written.
  const { rows } = await sql`SELECT FROM log_head
    WHERE origin IS NULL OR event < (SELECT last FROM outbox_head)`.execute(database);
  if (rows.length === 0) return false;
  return database.transaction().execute(async (transaction) => {
    const head = await lockedHead(transaction, nameOfNewLog);
    return head !== null && (await addBatch(transaction, keys, head));
  });
}

async function lockedHead(database: Transaction<Tables>, nameOfNewLog: () => string): Promise<Head | null> {
  const row = await database.selectFrom("log_head").selectAll().forUpdate().skipLocked().executeTakeFirst();
  if (!row) return null;
  return { origin: row.origin ?? nameOfNewLog(), size: Number(row.size), event: Number(row.event) };
}

async function addBatch(database: Transaction<Tables>, keys: LogKeys, head: Head): Promise<boolean> {
  const { origin, size, event } = head;
  const last = await lastEventAfter(database, event);
  const told = await newlyTold(database, event, last);
  const tree = new GrowingTree(size, await frontierOf(database, size));
  const leaves = told.map((one) => leafOf(one, tree));
  if (leaves.length > 0) {
    await database.insertInto("log_leaves").values(leaves).execute();
    const nodes = tree.added.map(({ level, index, hash }) => ({ level, node_index: index, hash: Buffer.from(hash) }));
    await database.insertInto("log_nodes").values(nodes).execute();
  }
  await signHead(database, keys, origin, tree);
  await database.updateTable("log_head").set({ origin, size: tree.size, event: last }).execute();
  return last > event;
}

async function lastEventAfter(database: Transaction<Tables>, event: number): Promise<number> {
  const { last } = await database.selectFrom("outbox_head").select("last").executeTakeFirstOrThrow();
  return Math.min(Number(last), event + AT_ONCE);
}

/** In the order of the events, which is that of their commits. */
async function newlyTold(database: Transaction<Tables>, after: number, last: number): Promise<readonly Told[]> {
  const { rows } = await sql<Told>`
    SELECT told.position::text AS position, split_part(told.type, '.', 2) AS kind, told.subject AS number,
      contracts.document_sha256 AS document, told.at
    FROM outbox told
    JOIN contract_numbers numbers ON numbers.number = told.subject
    JOIN contracts ON contracts.account = numbers.account AND contracts.contract_id = numbers.contract_id
    WHERE told.position > ${after} AND told.position <= ${last} AND told.type IN ('contract.issued', 'contract.voided')
      AND contracts.document_sha256 IS NOT NULL
    ORDER BY told.position`.execute(database);
  return rows;
}

function leafOf({ position, kind, number, document, at }: Told, tree: GrowingTree) {
  const statement = statementText({ kind, number, document, at: instantOf(at.getTime()) });
  const salt = randomBytes(SALT_BYTES);
  const entry = entryOf(salt, statement);
  const index = tree.add(leafHash(sha256, entry));
  return { leaf_index: index, event_position: position, kind, number, statement, salt, entry: Buffer.from(entry) };
}

/** The right edge of the tree: all that a further leaf needs to know of the others. */
async function frontierOf(database: Transaction<Tables>, size: number): Promise<readonly KeptNode[]> {
  const wanted = nodesOf({ start: 0, end: size });
  if (wanted.length === 0) return [];
  const rows = await database
    .selectFrom("log_nodes")
    .selectAll()
    .where(({ eb, or, and }) =>
      or(wanted.map(({ level, index }) => and([eb("level", "=", level), eb("node_index", "=", index)]))),
    )
    .execute();
  if (rows.length !== wanted.length) throw new Error(`the log of ${size} leaves lacks nodes of its edge`);
  return rows.map(({ level, node_index, hash }) => ({ level, index: Number(node_index), hash }));
}

/** Whoever holds a head may hold the next one against it, so that no size is signed twice. */
async function signHead(database: Transaction<Tables>, keys: LogKeys, origin: string, tree: GrowingTree) {
  const { size, root } = tree;
  const text = `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
  const values = { size, root: Buffer.from(root), signed_at: new Date(), origin, note: keys.sign(origin, text) };
  await database
    .insertInto("log_checkpoints")
    .values(values)
    .onConflict((conflict) => conflict.columns(["origin", "size"]).doNothing())
    .execute();
}

interface KeptNode extends TreeNode {
  readonly hash: Uint8Array;
}

/** What a batch adds to the tree. */
class GrowingTree {
  readonly #known: Map<string, Uint8Array>;
  readonly added: KeptNode[] = [];
  size: number;

  constructor(size: number, frontier: readonly KeptNode[]) {
    this.size = size;
    this.#known = new Map(frontier.map((node) => [nameOf(node), node.hash]));
  }

  get root(): Uint8Array {
    return rangeHash(
      sha256,
      nodesOf({ start: 0, end: this.size }).map((node) => this.#hashOf(node)),
    );
  }

  /** Gives the leaf's index. */
  add(leaf: Uint8Array): number {
    const index = this.size;
    let hash = leaf;
    this.#keep({ level: 0, index, hash });
    for (const node of nodesCompletedBy(index)) {
      hash = nodeHash(sha256, this.#hashOf({ level: node.level - 1, index: node.index * 2 }), hash);
      this.#keep({ ...node, hash });
    }
    this.size += 1;
    return index;
  }

  #keep(node: KeptNode): void {
    this.#known.set(nameOf(node), node.hash);
    this.added.push(node);
  }

  #hashOf(node: TreeNode): Uint8Array {
    const hash = this.#known.get(nameOf(node));
    if (!hash) throw new Error(`node ${nameOf(node)} of the log is not known`);
    return hash;
  }
}

function nameOf({ level, index }: TreeNode): string {
  return `${level}/${index}`;
}
