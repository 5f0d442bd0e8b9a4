import { Type } from "typebox";
import { LONGEST_OVERLAP_HOURS } from "../application/change-webhooks.ts";
import type { DeliveryDetail, ShownDelivery, ShownEndpoint } from "../application/webhook-books.ts";
import { cloudEventOf, sequenceOf } from "../domain/cloud-event.ts";
import { EVENT_TYPES, type EventType } from "../domain/event-type.ts";
import { isoOf } from "../domain/time.ts";
import { DELIVERY_STATES } from "../domain/webhook.ts";
import { Instant, NullableInstant, optionalProse } from "./schema-parts.ts";

export const EventTypeSchema = Type.Unsafe<EventType>(Type.Enum([...EVENT_TYPES]));
export const DeliveryStateSchema = Type.Unsafe<(typeof DELIVERY_STATES)[number]>(Type.Enum([...DELIVERY_STATES]));

export const EventSchema = Type.Object(
  {
    specversion: Type.Literal("1.0"),
    id: Type.String({ description: "Also the webhook-id of its deliveries" }),
    source: Type.String(),
    type: Type.String(),
    subject: Type.String({ description: "Number of the contract, number of the order, or id of the ticket" }),
    time: Instant,
    datacontenttype: Type.Literal("application/json"),
    account: Type.String(),
    sequence: Type.String({ description: "Its place among all events; a later one has a greater one, as text, too" }),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { description: "A CloudEvent (1.0), as webhooks carry it" },
);

const settings = {
  description: optionalProse(200, "What it is for, for people"),
  events: Type.Optional(
    Type.Array(EventTypeSchema, { maxItems: EVENT_TYPES.length, description: "Only these; none named means all" }),
  ),
  account: Type.Optional(
    Type.Union([Type.String(), Type.Null()], { description: "Only what happens to this account; null for all" }),
  ),
};
const UrlSchema = Type.String({
  maxLength: 2000,
  description: "https; http and private addresses only where ORDERSEAL_WEBHOOK_NETWORKS allows them",
});

export const NewEndpoint = Type.Object({ url: UrlSchema, ...settings }, { additionalProperties: false });
export const EndpointChanges = Type.Object(
  {
    url: Type.Optional(UrlSchema),
    ...settings,
    active: Type.Optional(Type.Boolean({ description: "False: nothing is sent, and nothing new is kept for it" })),
  },
  { additionalProperties: false },
);

export const OverlapHours = Type.Integer({
  minimum: 0,
  maximum: LONGEST_OVERLAP_HOURS,
  description: "For how long the secret before signs, too; 0 ends it at once. 24 unless said otherwise",
});

export const EndpointSchema = Type.Object(
  {
    endpoint: Type.String(),
    url: Type.String(),
    description: Type.String(),
    events: Type.Array(Type.String(), { description: "None named means all" }),
    account: Type.Union([Type.String(), Type.Null()]),
    state: Type.Union([Type.Literal("active"), Type.Literal("disabled")]),
    disabledReason: Type.Union([Type.Literal("by_hand"), Type.Literal("gone"), Type.Null()], {
      description: "gone: the endpoint answered 410",
    }),
    createdAt: Instant,
    createdBy: Type.String(),
    pending: Type.Integer({ description: "Events that wait to be sent" }),
    pendingSince: Type.Union([Instant, Type.Null()], { description: "Since when the oldest of them is due" }),
    restsUntil: Type.Union([Instant, Type.Null()], { description: "After a failed attempt nothing is sent before" }),
    dead: Type.Integer({ description: "Events that were given up; replay sends them again" }),
    signingSecrets: Type.Integer({ description: "Two while a rotation overlaps" }),
    lastTriedAt: NullableInstant,
    lastDeliveredAt: Type.Union([Instant, Type.Null()], { description: "When it last took an event over" }),
    failingSince: Type.Union([Instant, Type.Null()], {
      description: "The first attempt that failed since; null while the last one did not",
    }),
  },
  { $id: "WebhookEndpoint" },
);

/** Shown once, when it is made. */
export const SecretSchema = Type.Object({
  secret: Type.String({ description: "whsec_…, as Standard Webhooks has it; it is not shown again" }),
});

export function endpointJson({ endpoint, pending, dead, secrets, ...times }: ShownEndpoint) {
  const { pendingSince, restsUntil, lastTriedAt, lastDeliveredAt, failingSince } = times;
  return {
    endpoint: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    events: [...endpoint.eventTypes],
    account: endpoint.account,
    state: endpoint.disabled === null ? ("active" as const) : ("disabled" as const),
    disabledReason: endpoint.disabled,
    createdAt: isoOf(endpoint.createdAt),
    createdBy: endpoint.createdBy,
    pending,
    pendingSince: pendingSince && isoOf(pendingSince),
    restsUntil: restsUntil && isoOf(restsUntil),
    dead,
    signingSecrets: secrets,
    lastTriedAt: lastTriedAt && isoOf(lastTriedAt),
    lastDeliveredAt: lastDeliveredAt && isoOf(lastDeliveredAt),
    failingSince: failingSince && isoOf(failingSince),
  };
}

const AttemptSchema = Type.Object({
  at: Instant,
  tookMs: Type.Integer(),
  status: Type.Union([Type.Integer(), Type.Null()], { description: "Of the answer; null where there was none" }),
  result: Type.String({
    description:
      "delivered, redirected, gone, http_error, address_refused, unresolvable, unreachable, tls_failed, malformed or timeout",
  }),
});

export const DeliverySchema = Type.Object({
  event: Type.String({ description: "Its id: the webhook-id of every attempt" }),
  sequence: Type.String(),
  type: Type.String(),
  state: Type.String({ description: "pending, delivered or dead" }),
  dueSince: Instant,
  settledAt: NullableInstant,
  attempts: Type.Integer({ description: "Since it was due, or replayed" }),
  replays: Type.Integer(),
  lastAttempt: Type.Union([AttemptSchema, Type.Null()]),
});

export const DeliveryDetailSchema = Type.Intersect([
  DeliverySchema,
  Type.Object({
    tried: Type.Array(AttemptSchema, { description: "Every attempt, also those before it was replayed; newest first" }),
    body: Type.Union([EventSchema, Type.Null()], {
      description: "What is sent; null for whoever may not read events",
    }),
  }),
]);

export function deliveryJson(delivery: ShownDelivery) {
  const { event, position, type, state, dueSince, settledAt, attempts, replays, lastAttempt } = delivery;
  return {
    event,
    sequence: sequenceOf(position),
    type,
    state,
    dueSince: isoOf(dueSince),
    settledAt: settledAt && isoOf(settledAt),
    attempts,
    replays,
    lastAttempt: lastAttempt && { ...lastAttempt, at: isoOf(lastAttempt.at) },
  };
}

export function deliveryDetailJson({ delivery, event, attempts }: DeliveryDetail, mayReadEvents: boolean) {
  return {
    ...deliveryJson(delivery),
    tried: attempts.map((attempt) => ({ ...attempt, at: isoOf(attempt.at) })),
    body: mayReadEvents ? cloudEventOf(event) : null,
  };
}
