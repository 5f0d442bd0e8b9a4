import { sql, type Transaction } from "kysely";
import type { AuditChain } from "../application/audit-chain.ts";
import {
  type BatchRecord,
  bodyOfBatch,
  type ChainHead,
  type EntryRecord,
  type EventRecord,
  hashOfBatch,
  hashOfRecord,
} from "../application/audit-record.ts";
import type { ChainKeys } from "../application/chain-keys.ts";
import type { Sha256 } from "../domain/identifiers.ts";
import { ENTRY_RECORD, EVENT_RECORD } from "./audit-entries.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

const AT_ONCE = 500;

/** The chain in PostgreSQL, signed with keys that are not there. */
export function openAuditChain(database: Database, keys: ChainKeys): AuditChain {
  return {
    extend: () => extend(database, keys),
    head: () => readHead(database),
    batch: (number) => readBatch(database, number),
  };
}

async function extend(database: Database, keys: ChainKeys): Promise<ChainHead | null> {
  // Looked at first, without a lock: on a quiet system nothing is written.
  const { rows } = await sql`SELECT WHERE EXISTS (SELECT FROM audit_entries WHERE position IS NULL)
    OR (SELECT last FROM outbox_head) > (SELECT event FROM audit_head)`.execute(database);
  return rows.length === 0 ? null : database.transaction().execute((transaction) => addBatch(transaction, keys));
}

async function addBatch(database: Transaction<Tables>, keys: ChainKeys): Promise<ChainHead | null> {
  const head = await database
    .selectFrom("audit_head")
    .select(["batch", "position", "event", sql<Date>`clock_timestamp()`.as("now")])
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!head) return null;
  const [batch, position, event] = [Number(head.batch) + 1, Number(head.position), Number(head.event)];
  const entries = await numberEntries(database, position);
  const events = await newEvents(database, event);
  if (entries.length + events.length === 0) return null;
  const previous = batch === 1 ? "" : (await readBatch(database, batch - 1))?.sha256;
  const record: BatchRecord = {
    batch,
    lastPosition: position + entries.length,
    entryHashes: Buffer.concat(entries.map(hashOfRecord)),
    lastEvent: event + events.length,
    eventHashes: Buffer.concat(events.map(hashOfRecord)),
    // Somebody has taken it away; what is new is kept all the same, and the gap is found.
    previous: previous ?? "missing",
    madeAt: head.now.getTime(),
    key: keys.id,
  };
  const sha256 = await insertBatch(database, record, keys);
  const { lastPosition, lastEvent } = record;
  await database.updateTable("audit_head").set({ batch, position: lastPosition, event: lastEvent }).execute();
  return { batch, position: lastPosition, sha256 };
}

/**
 * In the order in which they were written down: one that commits late gets a later position. Those of one object waited for
 * each other (src/store/audit-entries.ts), so that they keep their order.
 */
async function numberEntries(database: Transaction<Tables>, last: number): Promise<readonly EntryRecord[]> {
  const { rows } = await sql<EntryRecord & { readonly position: string }>`
    WITH numbered AS (
      UPDATE audit_entries SET position = ${last}::bigint + batch.place
      FROM (
        SELECT entry_id AS id, row_number() OVER (ORDER BY recorded_at, entry_id) AS place
        FROM (SELECT entry_id, recorded_at FROM audit_entries WHERE position IS NULL
          ORDER BY recorded_at, entry_id LIMIT ${AT_ONCE}) first
      ) batch
      WHERE audit_entries.entry_id = batch.id
      RETURNING audit_entries.*)
    SELECT ${ENTRY_RECORD} FROM numbered ORDER BY position`.execute(database);
  return rows;
}

/** Whatever has its position is committed, and so is all before it. */
async function newEvents(database: Transaction<Tables>, last: number): Promise<readonly EventRecord[]> {
  const { rows } = await sql<EventRecord>`SELECT ${EVENT_RECORD} FROM outbox
    WHERE position > ${last} AND position <= ${last + AT_ONCE} AND position <= (SELECT last FROM outbox_head)
    ORDER BY position`.execute(database);
  return rows;
}

async function insertBatch(database: Transaction<Tables>, record: BatchRecord, keys: ChainKeys): Promise<Sha256> {
  const body = bodyOfBatch(record);
  const sha256 = hashOfBatch(body);
  await database
    .insertInto("audit_batches")
    .values({
      batch: record.batch,
      last_position: record.lastPosition,
      entry_hashes: record.entryHashes,
      last_event: record.lastEvent,
      event_hashes: record.eventHashes,
      previous_hash: record.previous,
      made_at: new Date(record.madeAt),
      key_id: record.key,
      hash: sha256,
      signature: keys.sign(body),
    })
    .execute();
  return sha256;
}

const HEAD = ["batch", "last_position", "hash"] as const;

async function readHead(database: Database): Promise<ChainHead | null> {
  const row = await database
    .selectFrom("audit_batches")
    .select(HEAD)
    .orderBy("batch", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? headFromRow(row) : null;
}

async function readBatch(database: Database | Transaction<Tables>, number: number): Promise<ChainHead | null> {
  const row = await database.selectFrom("audit_batches").select(HEAD).where("batch", "=", number).executeTakeFirst();
  return row ? headFromRow(row) : null;
}

function headFromRow(row: {
  readonly batch: string | number;
  readonly last_position: string | number;
  readonly hash: string;
}): ChainHead {
  return { batch: Number(row.batch), position: Number(row.last_position), sha256: row.hash as Sha256 };
}
