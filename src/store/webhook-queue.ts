import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { ShownEndpoint, WebhookClaim, WebhookDelivery, WebhookQueue } from "../application/webhook-books.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import type { DeliveryState, WebhookEndpointId } from "../domain/webhook.ts";
import type { Database } from "./database.ts";
import { newId } from "./new-id.ts";
import { EVENT_COLUMNS, eventFromRow, listEvents, relayEvents } from "./outbox-relay.ts";
import type { Tables } from "./tables.ts";
import { ENDPOINT_COLUMNS, endpointFromRow } from "./webhook-books.ts";
import { deliveryDetail, listDeliveries } from "./webhook-deliveries.ts";

/** More than the longest attempt takes, so that nobody takes over while its answer may still come. */
const CLAIM = sql<Date>`now() + interval '20 seconds'`;
const NOW = sql<Date>`now()`;

/** Events, endpoints and the work of sending in PostgreSQL. */
export function openWebhookQueue(database: Database): WebhookQueue {
  return {
    relayEvents: () => relayEvents(database),
    listEvents: (filter, limit) => listEvents(database, filter, limit),
    listEndpoints: async () => (await endpoints(database).orderBy("endpoint_id").execute()).map(shownEndpoint),
    endpoint: async (endpoint) => {
      const row = await endpoints(database).where("endpoint_id", "=", endpoint).executeTakeFirst();
      return row ? shownEndpoint(row) : null;
    },
    listDeliveries: (endpoint, state, page) => listDeliveries(database, endpoint, state, page),
    delivery: (endpoint, position) => deliveryDetail(database, endpoint, position),
    claimEndpoint: () => claimEndpoint(database),
    nextDelivery: (claim) => nextDelivery(database, claim),
    releaseEndpoint: async ({ endpoint, claim }) => {
      await database
        .updateTable("webhook_endpoints")
        .set({ claim: null, claimed_until: NOW })
        .where("endpoint_id", "=", endpoint)
        .where("claim", "=", claim)
        .execute();
    },
  };
}

function endpoints(database: Kysely<Tables>) {
  const ofState = (state: DeliveryState) => sql<number>`(SELECT count(*)::integer FROM webhook_deliveries
    WHERE webhook_deliveries.endpoint_id = webhook_endpoints.endpoint_id AND state = ${sql.lit(state)})`;
  return database
    .selectFrom("webhook_endpoints")
    .select(ENDPOINT_COLUMNS)
    .select([
      ofState("pending").as("pending"),
      ofState("dead").as("dead"),
      sql<Date | null>`(SELECT min(due_since) FROM webhook_deliveries
        WHERE webhook_deliveries.endpoint_id = webhook_endpoints.endpoint_id AND state = 'pending')`.as(
        "pending_since",
      ),
      sql<Date | null>`CASE WHEN rests_until > now() THEN rests_until END`.as("rests_until"),
      sql<Date | null>`(SELECT max(at) FROM webhook_attempts tried
        WHERE tried.endpoint_id = webhook_endpoints.endpoint_id)`.as("last_tried_at"),
      sql<Date | null>`(SELECT max(at) FROM webhook_attempts taken
        WHERE taken.endpoint_id = webhook_endpoints.endpoint_id AND taken.result = 'delivered')`.as("last_taken_at"),
      // Since it last took an event over, or ever.
      sql<Date | null>`(SELECT min(at) FROM webhook_attempts failed
        WHERE failed.endpoint_id = webhook_endpoints.endpoint_id AND failed.result <> 'delivered'
        AND failed.at > coalesce((SELECT max(taken.at) FROM webhook_attempts taken
          WHERE taken.endpoint_id = failed.endpoint_id AND taken.result = 'delivered'), '-infinity'))`.as(
        "failing_since",
      ),
      sql<number>`(SELECT count(*)::integer FROM webhook_secrets
        WHERE webhook_secrets.endpoint_id = webhook_endpoints.endpoint_id
        AND (valid_until IS NULL OR valid_until > now()))`.as("secrets"),
    ]);
}

type EndpointRow =
  ReturnType<typeof endpoints> extends SelectQueryBuilder<infer _Tables, infer _From, infer Row> ? Row : never;

function shownEndpoint(row: EndpointRow): ShownEndpoint {
  return {
    endpoint: endpointFromRow(row),
    pending: row.pending,
    dead: row.dead,
    pendingSince: instantOrNull(row.pending_since),
    restsUntil: instantOrNull(row.rests_until),
    secrets: row.secrets,
    lastTriedAt: instantOrNull(row.last_tried_at),
    lastDeliveredAt: instantOrNull(row.last_taken_at),
    failingSince: instantOrNull(row.failing_since),
  };
}

/** By the database's clock, so that nodes whose clocks differ agree. */
async function claimEndpoint(database: Database): Promise<WebhookClaim | null> {
  const claim = newId();
  const row = await database
    .updateTable("webhook_endpoints")
    .set({ claim, claimed_until: CLAIM })
    .where(({ eb, selectFrom }) =>
      eb(
        "endpoint_id",
        "=",
        selectFrom("webhook_endpoints as idle")
          .select("idle.endpoint_id")
          .where("idle.disabled_reason", "is", null)
          .where("idle.claimed_until", "<=", NOW)
          .where("idle.rests_until", "<=", NOW)
          .where(
            sql<boolean>`EXISTS (SELECT FROM webhook_deliveries waiting
              WHERE waiting.endpoint_id = idle.endpoint_id AND waiting.state = 'pending')`,
          )
          .orderBy("idle.claimed_until")
          .limit(1)
          .forNoKeyUpdate()
          .skipLocked(),
      ),
    )
    .returning("endpoint_id")
    .executeTakeFirst();
  return row ? { endpoint: row.endpoint_id as WebhookEndpointId, claim } : null;
}

async function nextDelivery(database: Database, { endpoint, claim }: WebhookClaim): Promise<WebhookDelivery | null> {
  const mine = await database
    .updateTable("webhook_endpoints")
    .set({ claimed_until: CLAIM })
    .where("endpoint_id", "=", endpoint)
    .where("claim", "=", claim)
    .where("disabled_reason", "is", null)
    .where("rests_until", "<=", NOW)
    .returning("url")
    .executeTakeFirst();
  if (!mine) return null;
  const row = await database
    .selectFrom("webhook_deliveries")
    .innerJoin("outbox", "outbox.position", "webhook_deliveries.position")
    .select(EVENT_COLUMNS)
    .select(["webhook_deliveries.attempts", "webhook_deliveries.replays"])
    .select(sql<number>`extract(epoch FROM now() - due_since)::float8 * 1000`.as("age_ms"))
    .where("webhook_deliveries.endpoint_id", "=", endpoint)
    .where("webhook_deliveries.state", "=", "pending")
    .orderBy("webhook_deliveries.position")
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const secrets = await database
    .selectFrom("webhook_secrets")
    .select("secret")
    .where("endpoint_id", "=", endpoint)
    .where(({ eb, or }) => or([eb("valid_until", "is", null), eb("valid_until", ">", NOW)]))
    .orderBy("created_at", "desc")
    .execute();
  return {
    endpoint,
    claim,
    url: mine.url,
    secrets: secrets.map(({ secret }) => secret),
    event: eventFromRow(row),
    attempts: row.attempts,
    ageMs: row.age_ms,
    replays: row.replays,
  };
}

function instantOrNull(date: Date | null): Instant | null {
  return date && instantOf(date.getTime());
}
