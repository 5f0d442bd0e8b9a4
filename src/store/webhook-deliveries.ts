import type { SelectQueryBuilder } from "kysely";
import type { Page, PageRequest } from "../application/ports.ts";
import type { DeliveryDetail, ShownDelivery } from "../application/webhook-books.ts";
import type { EventType } from "../domain/event-type.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import type { AttemptResult, DeliveryState, WebhookEndpointId } from "../domain/webhook.ts";
import type { Database } from "./database.ts";
import { EVENT_COLUMNS, eventFromRow } from "./outbox-relay.ts";

/** As many of the newest attempts as are shown: each replay of an event allows for some more. */
const ATTEMPTS_SHOWN = 200;

/** What became of each event on its way to the endpoint, newest first. */
export async function listDeliveries(
  database: Database,
  endpoint: WebhookEndpointId,
  state: DeliveryState | null,
  { limit, cursor }: PageRequest,
): Promise<Page<ShownDelivery>> {
  let query = deliveries(database, endpoint)
    .orderBy("webhook_deliveries.position", "desc")
    .limit(limit + 1);
  if (state !== null) query = query.where("webhook_deliveries.state", "=", state);
  if (cursor !== null && /^\d{1,15}$/.test(cursor)) query = query.where("webhook_deliveries.position", "<", cursor);
  const rows = await query.execute();
  const items = rows.slice(0, limit).map(shownDelivery);
  return { items, next: rows.length > limit ? String(items.at(-1)?.position) : null };
}

/** One delivery with the event that is sent and its attempts, newest first; null when there is none. */
export async function deliveryDetail(
  database: Database,
  endpoint: WebhookEndpointId,
  position: number,
): Promise<DeliveryDetail | null> {
  const row = await deliveries(database, endpoint)
    .select(EVENT_COLUMNS)
    .where("webhook_deliveries.position", "=", String(position))
    .executeTakeFirst();
  if (!row) return null;
  const attempts = await database
    .selectFrom("webhook_attempts")
    .select(["at", "took_ms", "status", "result"])
    .where("endpoint_id", "=", endpoint)
    .where("position", "=", String(position))
    .orderBy("at", "desc")
    .orderBy("attempt_id", "desc")
    .limit(ATTEMPTS_SHOWN)
    .execute();
  return {
    delivery: shownDelivery(row),
    event: eventFromRow(row),
    attempts: attempts.map(({ at, took_ms, status, result }) => ({
      at: instantOf(at.getTime()),
      tookMs: took_ms,
      status,
      result: result as AttemptResult,
    })),
  };
}

function deliveries(database: Database, endpoint: WebhookEndpointId) {
  return database
    .selectFrom("webhook_deliveries")
    .innerJoin("outbox", "outbox.position", "webhook_deliveries.position")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("webhook_attempts")
          .select(["webhook_attempts.at as tried_at", "took_ms", "status", "result"])
          .whereRef("webhook_attempts.endpoint_id", "=", "webhook_deliveries.endpoint_id")
          .whereRef("webhook_attempts.position", "=", "webhook_deliveries.position")
          .orderBy("webhook_attempts.at", "desc")
          .orderBy("webhook_attempts.attempt_id", "desc")
          .limit(1)
          .as("newest"),
      (join) => join.onTrue(),
    )
    .select(["outbox.event_id", "outbox.type", "webhook_deliveries.position", "webhook_deliveries.state"])
    .select(["due_since", "attempts", "replays", "settled_at"])
    .select(["newest.tried_at", "newest.took_ms", "newest.status", "newest.result"])
    .where("webhook_deliveries.endpoint_id", "=", endpoint);
}

type DeliveryRow =
  ReturnType<typeof deliveries> extends SelectQueryBuilder<infer _Tables, infer _From, infer Row> ? Row : never;

function shownDelivery(row: DeliveryRow): ShownDelivery {
  const { tried_at, took_ms, status, result } = row;
  return {
    position: Number(row.position),
    event: row.event_id,
    type: row.type as EventType,
    state: row.state as DeliveryState,
    dueSince: instantOf(row.due_since.getTime()),
    attempts: row.attempts,
    replays: row.replays,
    settledAt: instantOrNull(row.settled_at),
    lastAttempt: tried_at && {
      at: instantOf(tried_at.getTime()),
      tookMs: took_ms ?? 0,
      status,
      result: result as AttemptResult,
    },
  };
}

function instantOrNull(date: Date | null): Instant | null {
  return date && instantOf(date.getTime());
}
