import { sql, type Transaction } from "kysely";
import type { EventFilter } from "../application/webhook-books.ts";
import type { NumberedEvent } from "../domain/cloud-event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { AccountId } from "../domain/identifiers.ts";
import { instantOf } from "../domain/time.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

const AT_ONCE = 500;

/**
 * Numbers what was committed since the last time, in the order in which it was written down, and has it delivered to the
 * endpoints of now. An event that commits late gets a later position, never one that somebody has read past; what
 * happened to one contract is serialised by the lock on its order, so that its events keep their order.
 */
export async function relayEvents(database: Database): Promise<number> {
  // Looked at first, without a lock: on a quiet system nothing is written.
  const waiting = await database
    .selectFrom("outbox")
    .select("event_id")
    .where("position", "is", null)
    .limit(1)
    .executeTakeFirst();
  return waiting ? database.transaction().execute(relay) : 0;
}

async function relay(database: Transaction<Tables>): Promise<number> {
  const head = await database.selectFrom("outbox_head").select("last").forUpdate().skipLocked().executeTakeFirst();
  if (!head) return 0;
  const { rows } = await sql<{ position: string }>`
    UPDATE outbox SET position = ${head.last}::bigint + batch.place
    FROM (
      SELECT event_id, row_number() OVER (ORDER BY recorded_at, event_id) AS place
      FROM (
        SELECT event_id, recorded_at FROM outbox WHERE position IS NULL ORDER BY recorded_at, event_id LIMIT ${AT_ONCE}
      ) first
    ) batch
    WHERE outbox.event_id = batch.event_id
    RETURNING outbox.position`.execute(database);
  if (rows.length === 0) return 0;
  const last = Number(head.last) + rows.length;
  // The endpoints are locked against being deleted meanwhile; being sent to does not stand in the way.
  await sql`
    INSERT INTO webhook_deliveries (endpoint_id, position)
    SELECT endpoint.endpoint_id, event.position
    FROM outbox event JOIN webhook_endpoints endpoint ON ${SUBSCRIBES} AND endpoint.disabled_reason IS NULL
    WHERE event.position > ${head.last}::bigint AND event.position <= ${last}
    ORDER BY event.position
    FOR KEY SHARE OF endpoint`.execute(database);
  await database.updateTable("outbox_head").set({ last }).execute();
  return rows.length;
}

/** Whether an endpoint is to get an event, by these two names. */
export const SUBSCRIBES = sql<boolean>`(endpoint.event_types = '{}' OR event.type = ANY (endpoint.event_types))
  AND (endpoint.account IS NULL OR endpoint.account = event.account)`;

export const EVENT_COLUMNS = [
  "outbox.event_id",
  "outbox.position",
  "outbox.type",
  "outbox.at",
  "outbox.account",
  "outbox.subject",
  "outbox.data",
] as const;

interface EventRow {
  readonly event_id: string;
  readonly position: string | number | null;
  readonly type: string;
  readonly at: Date;
  readonly account: string;
  readonly subject: string;
  readonly data: unknown;
}

export function eventFromRow(row: EventRow): NumberedEvent {
  return {
    id: row.event_id,
    position: Number(row.position),
    type: row.type as EventType,
    at: instantOf(row.at.getTime()),
    account: row.account as AccountId,
    subject: row.subject,
    data: row.data as NumberedEvent["data"],
  };
}

export async function listEvents(
  database: Database,
  { after, type, account }: EventFilter,
  limit: number,
): Promise<readonly NumberedEvent[]> {
  let query = database
    .selectFrom("outbox")
    .select(EVENT_COLUMNS)
    .where("position", ">", after)
    .orderBy("position")
    .limit(limit);
  if (type !== null) query = query.where("type", "=", type);
  if (account !== null) query = query.where("account", "=", account);
  return (await query.execute()).map(eventFromRow);
}
