import { type Selectable, sql, type Transaction } from "kysely";
import type {
  AfterAttempt,
  ReplayRange,
  WebhookAttempt,
  WebhookBooks,
  WebhookDelivery,
} from "../application/webhook-books.ts";
import type { EventType } from "../domain/event-type.ts";
import type { AccountId } from "../domain/identifiers.ts";
import { instantOf } from "../domain/time.ts";
import type { DisabledReason, WebhookEndpoint, WebhookEndpointId } from "../domain/webhook.ts";
import { newId } from "./new-id.ts";
import { SUBSCRIBES } from "./outbox-relay.ts";
import type { Tables } from "./tables.ts";
import type { WebhookEndpointsTable } from "./webhook-tables.ts";

/** Webhooks within one PostgreSQL transaction. Whoever locks both locks the endpoint before its deliveries. */
export function webhookBooks(database: Transaction<Tables>): WebhookBooks {
  return {
    countWebhookEndpoints: () => countEndpoints(database),
    insertWebhookEndpoint: (endpoint, secret) => insertEndpoint(database, endpoint, secret),
    lockWebhookEndpoint: (endpoint) => lockEndpoint(database, endpoint),
    saveWebhookEndpoint: (endpoint, to) => saveEndpoint(database, endpoint, to),
    deleteWebhookEndpoint: async (endpoint) => {
      await database.deleteFrom("webhook_endpoints").where("endpoint_id", "=", endpoint).execute();
    },
    rotateWebhookSecret: (endpoint, secret, overlapHours) => rotateSecret(database, endpoint, secret, overlapHours),
    replayWebhooks: (endpoint, range) => replay(database, endpoint, range),
    recordWebhookAttempt: (delivery, attempt, next) => recordAttempt(database, delivery, attempt, next),
  };
}

export const ENDPOINT_COLUMNS = [
  "webhook_endpoints.endpoint_id",
  "webhook_endpoints.url",
  "webhook_endpoints.description",
  "webhook_endpoints.event_types",
  "webhook_endpoints.account",
  "webhook_endpoints.disabled_reason",
  "webhook_endpoints.created_at",
  "webhook_endpoints.created_by",
] as const;

export function endpointFromRow(
  row: Omit<Selectable<WebhookEndpointsTable>, "claim" | "claimed_until" | "rests_until">,
): WebhookEndpoint {
  return {
    id: row.endpoint_id as WebhookEndpointId,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types as EventType[],
    account: row.account as AccountId | null,
    disabled: row.disabled_reason as DisabledReason | null,
    createdAt: instantOf(row.created_at.getTime()),
    createdBy: row.created_by,
  };
}

async function countEndpoints(database: Transaction<Tables>): Promise<number> {
  // Two that add at once would both find room for one; and what is being numbered now is older than the endpoint.
  await database.selectFrom("outbox_head").select("last").forUpdate().execute();
  const { count } = await database
    .selectFrom("webhook_endpoints")
    .select(sql<number>`count(*)::integer`.as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

async function insertEndpoint(database: Transaction<Tables>, endpoint: WebhookEndpoint, secret: string): Promise<void> {
  await database
    .insertInto("webhook_endpoints")
    .values({
      endpoint_id: endpoint.id,
      url: endpoint.url,
      description: endpoint.description,
      event_types: [...endpoint.eventTypes],
      account: endpoint.account,
      disabled_reason: endpoint.disabled,
      created_at: new Date(endpoint.createdAt),
      created_by: endpoint.createdBy,
    })
    .execute();
  await database.insertInto("webhook_secrets").values({ endpoint_id: endpoint.id, secret }).execute();
}

async function lockEndpoint(
  database: Transaction<Tables>,
  endpoint: WebhookEndpointId,
): Promise<WebhookEndpoint | null> {
  const row = await database
    .selectFrom("webhook_endpoints")
    .select(ENDPOINT_COLUMNS)
    .where("endpoint_id", "=", endpoint)
    // Does not stand in the way of a relay, which only makes sure that the endpoint stays.
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ? endpointFromRow(row) : null;
}

async function saveEndpoint(
  database: Transaction<Tables>,
  endpoint: WebhookEndpointId,
  { url, description, eventTypes, account, disabled }: Parameters<WebhookBooks["saveWebhookEndpoint"]>[1],
): Promise<void> {
  await database
    .updateTable("webhook_endpoints")
    .set({ url, description, event_types: [...eventTypes], account, disabled_reason: disabled })
    // A new address, or one that is said to work again, is tried at once.
    .set("rests_until", sql<Date>`least(rests_until, now())`)
    .where("endpoint_id", "=", endpoint)
    .execute();
}

async function rotateSecret(
  database: Transaction<Tables>,
  endpoint: WebhookEndpointId,
  secret: string,
  overlapHours: number,
): Promise<void> {
  const end = sql<Date>`now() + ${overlapHours} * interval '1 hour'`;
  await database
    .updateTable("webhook_secrets")
    .set({ valid_until: sql<Date>`least(valid_until, ${end})` })
    .where("endpoint_id", "=", endpoint)
    .execute();
  await database
    .deleteFrom("webhook_secrets")
    .where("endpoint_id", "=", endpoint)
    .where("valid_until", "<=", sql<Date>`now()`)
    .execute();
  await database.insertInto("webhook_secrets").values({ endpoint_id: endpoint, secret }).execute();
}

async function replay(
  database: Transaction<Tables>,
  endpoint: WebhookEndpointId,
  { from, to, onlyDead }: ReplayRange,
): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO webhook_deliveries AS known (endpoint_id, position, replays)
    SELECT endpoint.endpoint_id, event.position, 1
    FROM outbox event JOIN webhook_endpoints endpoint ON ${SUBSCRIBES}
    WHERE endpoint.endpoint_id = ${endpoint} AND event.position BETWEEN ${from} AND ${to}
      AND (NOT ${onlyDead}::boolean OR EXISTS (SELECT FROM webhook_deliveries dead
        WHERE dead.endpoint_id = endpoint.endpoint_id AND dead.position = event.position AND dead.state = 'dead'))
    ORDER BY event.position
    ON CONFLICT (endpoint_id, position) DO UPDATE
    SET state = 'pending', attempts = 0, replays = known.replays + 1, due_since = now(), settled_at = NULL`.execute(
    database,
  );
  await database
    .updateTable("webhook_endpoints")
    .set("rests_until", sql<Date>`least(rests_until, now())`)
    .where("endpoint_id", "=", endpoint)
    .execute();
  return Number(numAffectedRows ?? 0n);
}

async function recordAttempt(
  database: Transaction<Tables>,
  delivery: WebhookDelivery,
  { tookMs, status, result }: WebhookAttempt,
  next: AfterAttempt,
): Promise<boolean> {
  const { endpoint, event, replays } = delivery;
  const { position } = event;
  const locked = await lockEndpoint(database, endpoint);
  if (!locked) return false;
  const row = await database
    .selectFrom("webhook_deliveries")
    .select(["state", "replays"])
    .where("endpoint_id", "=", endpoint)
    .where("position", "=", position)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return false;
  await database
    .insertInto("webhook_attempts")
    .values({ attempt_id: newId(), endpoint_id: endpoint, position, took_ms: tookMs, status, result })
    .execute();
  if (row.state !== "pending" || row.replays !== replays) return false;
  await settle(database, delivery, next);
  return true;
}

async function settle(
  database: Transaction<Tables>,
  { endpoint, claim, event }: WebhookDelivery,
  next: AfterAttempt,
): Promise<void> {
  const state = { delivered: "delivered", give_up: "dead", retry: "pending", gone: "pending" } as const;
  await database
    .updateTable("webhook_deliveries")
    .set({
      attempts: sql<number>`attempts + 1`,
      state: state[next.kind],
      settled_at: state[next.kind] === "pending" ? null : sql<Date>`now()`,
    })
    .where("endpoint_id", "=", endpoint)
    .where("position", "=", event.position)
    .execute();
  if (next.kind === "gone") {
    await database
      .updateTable("webhook_endpoints")
      .set({ disabled_reason: "gone" })
      .where("endpoint_id", "=", endpoint)
      .execute();
  }
  if (next.kind !== "retry") return;
  await database
    .updateTable("webhook_endpoints")
    .set({ rests_until: sql<Date>`now() + ${next.pauseMs} * interval '1 millisecond'` })
    .where("endpoint_id", "=", endpoint)
    // Whoever has taken over meanwhile decides when to send.
    .where("claim", "=", claim)
    .execute();
}
