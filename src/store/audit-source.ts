import { type RawBuilder, sql, type Transaction } from "kysely";
import type { AuditReading, AuditSource, Numbered, StrayObject } from "../application/audit-findings.ts";
import type { EntryRecord, EventRecord, SignedBatch } from "../application/audit-record.ts";
import { hashOfAdopted } from "./adopt-objects.ts";
import { ENTRY_RECORD, EVENT_RECORD } from "./audit-entries.ts";
import type { Database } from "./database.ts";
import { everyObject, isStated, NO_OBJECT, STATED_KINDS, type StatedKind } from "./object-states.ts";
import { readSnapshot } from "./read-snapshot.ts";
import type { Tables } from "./tables.ts";

const AT_ONCE = 1_000;
/** Their hashes are up to 32 kilobytes each. */
const BATCHES_AT_ONCE = 100;

/** The audit in PostgreSQL, as it is at one moment. */
export function openAuditSource(database: Database): AuditSource {
  return {
    read: (work) => readSnapshot(database, (transaction) => work(readAudit(transaction))),
  };
}

/** Within a transaction of the caller, whose sight of the books it is. */
export function readAudit(database: Transaction<Tables>): AuditReading {
  return {
    batches: () => readBatches(database),
    entries: () => pages<EntryRecord>(database, sql`audit_entries`, sql`entry_id`, sql`${ENTRY_RECORD}`),
    events: () => pages<EventRecord>(database, sql`outbox`, sql`event_id`, sql`${EVENT_RECORD}`),
    unchained: () => unchained(database),
    head: async () => {
      const row = await database.selectFrom("audit_head").select(["batch", "position", "event"]).executeTakeFirst();
      const relayed = await database.selectFrom("outbox_head").select("last").executeTakeFirst();
      return {
        ...{ batch: Number(row?.batch), position: Number(row?.position), event: Number(row?.event) },
        lastEvent: Number(relayed?.last ?? 0),
      };
    },
    isChained: async (hash, of) => {
      const hashes = sql.ref(of === "entries" ? "entry_hashes" : "event_hashes");
      const { rows } = await sql`SELECT FROM audit_batches WHERE position(${hash}::bytea IN ${hashes}) > 0
        LIMIT 1`.execute(database);
      return rows.length > 0;
    },
    strayObjects: (most) => strayObjects(database, most),
    adopted: () => hashOfAdopted(database),
    isStated,
  };
}

interface BatchRow {
  readonly batch: string;
  readonly last_position: string;
  readonly entry_hashes: Buffer;
  readonly last_event: string;
  readonly event_hashes: Buffer;
  readonly previous_hash: string;
  readonly made_at: string;
  readonly key_id: string;
  readonly hash: string;
  readonly signature: Buffer;
}

async function* readBatches(database: Transaction<Tables>): AsyncGenerator<SignedBatch> {
  for (let after: readonly [string, string] | null = null; ; ) {
    const beyond: RawBuilder<unknown> = after
      ? sql`WHERE batch >= ${after[0]} AND (batch, hash) > (${after[0]}, ${after[1]})`
      : sql``;
    const { rows }: { rows: BatchRow[] } = await sql<BatchRow>`SELECT *, (extract(epoch FROM made_at) * 1000)::text
      AS made_at FROM audit_batches ${beyond} ORDER BY batch, hash LIMIT ${BATCHES_AT_ONCE}`.execute(database);
    for (const row of rows) yield batchFromRow(row);
    const last = rows.at(-1);
    if (!last || rows.length < BATCHES_AT_ONCE) return;
    after = [last.batch, last.hash];
  }
}

function batchFromRow(row: BatchRow): SignedBatch {
  const madeAt = Number(row.made_at);
  return {
    batch: Number(row.batch),
    lastPosition: Number(row.last_position),
    entryHashes: row.entry_hashes,
    lastEvent: Number(row.last_event),
    eventHashes: row.event_hashes,
    previous: row.previous_hash,
    // Ours are whole milliseconds; any other was put there, and -1 is what nobody has signed.
    madeAt: Number.isSafeInteger(madeAt) ? madeAt : -1,
    key: row.key_id,
    sha256: row.hash,
    signature: row.signature,
  };
}

async function* pages<Item extends { readonly id: string }>(
  database: Transaction<Tables>,
  table: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  columns: RawBuilder<unknown>,
): AsyncGenerator<Numbered<Item>> {
  type Row = Item & { readonly position: string };
  for (let after: Row | null = null; ; ) {
    const beyond: RawBuilder<unknown> = after
      ? sql`position >= ${after.position} AND (position, ${id}) > (${after.position}, ${after.id}::uuid)`
      : sql`position IS NOT NULL`;
    const { rows }: { rows: Row[] } = await sql<Row>`SELECT position::text AS position, ${columns} FROM ${table}
      WHERE ${beyond} ORDER BY ${table}.position, ${id} LIMIT ${AT_ONCE}`.execute(database);
    for (const { position, ...record } of rows) yield { position: Number(position), record: record as unknown as Item };
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = last;
  }
}

async function* unchained(database: Transaction<Tables>): AsyncGenerator<EntryRecord> {
  await sql`DECLARE unchained NO SCROLL CURSOR FOR SELECT ${ENTRY_RECORD} FROM audit_entries
    WHERE position IS NULL ORDER BY audit_entries.recorded_at, entry_id`.execute(database);
  for (;;) {
    const { rows } = await sql<EntryRecord>`FETCH ${sql.lit(AT_ONCE)} FROM unchained`.execute(database);
    yield* rows;
    if (rows.length < AT_ONCE) break;
  }
  await sql`CLOSE unchained`.execute(database);
}

async function strayObjects(
  database: Transaction<Tables>,
  most: number,
): Promise<{ readonly objects: number; readonly stray: readonly StrayObject[] }> {
  const stray: StrayObject[] = [];
  let objects = 0;
  for (const kind of STATED_KINDS) {
    const { rows: counted } = await sql<{ count: number }>`SELECT count(*)::integer AS count
      FROM (${everyObject(kind)}) objects`.execute(database);
    objects += counted[0]?.count ?? 0;
    const { rows } = await notAsRecorded(kind, most - stray.length).execute(database);
    for (const { account, id, recorded, current, position, entry } of rows) {
      const gone = current === null && recorded !== null;
      const fault = gone ? "object_gone" : recorded === null ? "object_unrecorded" : "object_altered";
      stray.push({
        object: { kind, account, id },
        fault,
        entry,
        position: position === null ? null : Number(position),
      });
    }
  }
  return { objects, stray };
}

interface StrayRow {
  readonly account: string | null;
  readonly id: string;
  readonly recorded: string | null;
  readonly current: string | null;
  readonly position: string | null;
  readonly entry: string | null;
}

function notAsRecorded(kind: StatedKind, most: number): RawBuilder<StrayRow> {
  return sql<StrayRow>`
    WITH recorded AS (
      SELECT DISTINCT ON (object_id, account) object_id, account, object_state, position, entry_id FROM (
        SELECT object_id, account, object_state, position, entry_id, recorded_at FROM audit_entries
          WHERE object_kind = ${kind} AND object_state IS NOT NULL
        UNION ALL
        SELECT object_id, account, object_state, 0, NULL, '-infinity' FROM audit_adopted WHERE object_kind = ${kind}
      ) said
      ORDER BY object_id, account, position DESC NULLS FIRST, recorded_at DESC, entry_id DESC)
    SELECT coalesce(object.account, recorded.account) AS account, coalesce(object.object_id, recorded.object_id) AS id,
      recorded.object_state AS recorded, object.state AS current, nullif(recorded.position, 0)::text AS position,
      recorded.entry_id::text AS entry
    FROM recorded FULL JOIN (${everyObject(kind)}) object ON object.object_id = recorded.object_id
      AND coalesce(object.account, '') = coalesce(recorded.account, '')
    WHERE recorded.object_state IS DISTINCT FROM coalesce(object.state, ${NO_OBJECT})
    ORDER BY recorded.position NULLS LAST LIMIT ${most}`;
}
