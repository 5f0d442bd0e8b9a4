import { createHash } from "node:crypto";
import { type RawBuilder, sql, type Transaction } from "kysely";
import { bodyOfStatement, type EntryRecord } from "../application/audit-record.ts";
import type { ChainKeys } from "../application/chain-keys.ts";
import type { AuditEntry } from "../application/ports.ts";
import { newId } from "./new-id.ts";
import { isStated, objectState } from "./object-states.ts";
import type { Tables } from "./tables.ts";

/**
 * Writes the entries of a transaction, which does nothing after that but commit: each carries the state in which the
 * transaction leaves its object, and a code by a key that is not in the database, where `keys` are given. Answers the ids.
 * Of two transactions that change one object at once, the later entry has the later state: the second waits here.
 */
export async function writeEntries(
  database: Transaction<Tables>,
  entries: readonly AuditEntry[],
  keys: ChainKeys | null,
): Promise<readonly string[]> {
  if (entries.length === 0) return [];
  await lockObjects(database, entries);
  // In a statement of its own, which sees what was committed while we waited.
  const rows = entries.map((entry, index) => rowOf(entry, index, keys));
  await database
    .insertInto("audit_entries")
    .values(rows.map(({ row }) => row))
    .execute();
  return rows.map(({ id }) => id);
}

/** In one order for everybody, so that two that change the same objects do not wait for each other. */
async function lockObjects(database: Transaction<Tables>, entries: readonly AuditEntry[]): Promise<void> {
  const stated = entries.filter(({ objectKind }) => isStated(objectKind));
  if (stated.length === 0) return;
  const locks = new Set(stated.map(({ objectKind, account, objectId }) => lockOf([objectKind, account, objectId])));
  const sorted = [...locks].sort((left, right) => (left < right ? -1 : 1)).map(String);
  await sql`SELECT pg_advisory_xact_lock(lock) FROM unnest(${sorted}::bigint[]) lock`.execute(database);
}

function lockOf(object: readonly (string | null)[]): bigint {
  return createHash("sha256").update(JSON.stringify(object)).digest().readBigInt64BE();
}

function rowOf(entry: AuditEntry, index: number, keys: ChainKeys | null) {
  const { at, actor, action, account, objectKind, objectId, policyVersion } = entry;
  const id = newId();
  const detail = JSON.stringify(entry.detail);
  const body = bodyOfStatement({
    id,
    at: new Date(at).toISOString().replace("Z", "000Z"),
    actorKind: actor.kind,
    actor: actor.id,
    from: actor.from ?? null,
    policyVersion: policyVersion === null ? null : String(policyVersion),
    ...{ action, account, objectKind, objectId, detail },
  });
  const row = {
    entry_id: id,
    at: new Date(at),
    actor_kind: actor.kind,
    actor: actor.id,
    action,
    account,
    object_kind: objectKind,
    object_id: objectId,
    policy_version: policyVersion,
    detail,
    origin: actor.from ?? null,
    recorded_at: recordedAt(entry, index),
    object_state: isStated(objectKind) ? objectState(objectKind, account, objectId) : null,
    mac: keys ? keys.code(body) : null,
    mac_key: keys ? keys.id : null,
  };
  return { id, row };
}

/** After every other of its object that has no position yet, also where the clock was set back meanwhile. */
function recordedAt({ objectKind, objectId }: AuditEntry, index: number): RawBuilder<Date> {
  return sql<Date>`greatest(clock_timestamp(), (SELECT max(former.recorded_at) FROM audit_entries former
    WHERE former.object_id = ${objectId} AND former.object_kind = ${objectKind} AND former.position IS NULL))
    + ${index + 1} * interval '1 microsecond'`;
}

const micros = (column: string) =>
  sql<string>`to_char(${sql.ref(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The columns of an entry, each as text, by the names of `EntryRecord`. */
export const ENTRY_RECORD = sql<EntryRecord>`entry_id::text AS id, ${micros("at")} AS at,
  ${micros("recorded_at")} AS "recordedAt", actor_kind AS "actorKind", actor, origin AS "from", action, account,
  object_kind AS "objectKind", object_id AS "objectId", policy_version::text AS "policyVersion", detail::text AS detail,
  object_state AS "objectState", encode(mac, 'hex') AS mac, mac_key AS "macKey"`;

/** Of an event of the outbox, by the names of `EventRecord`. */
export const EVENT_RECORD = sql`event_id::text AS id, ${micros("at")} AS at, ${micros("recorded_at")} AS "recordedAt",
  account, type, subject, data::text AS data`;
