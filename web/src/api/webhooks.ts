import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import type { components, operations } from "./schema";

export type WebhookEndpoint = components["schemas"]["WebhookEndpoint"];
export type NewEndpoint = operations["createWebhookEndpoint"]["requestBody"]["content"]["application/json"];
export type EndpointChanges = NonNullable<
  operations["changeWebhookEndpoint"]["requestBody"]
>["content"]["application/json"];
export type Delivery = Awaited<ReturnType<typeof fetchDeliveries>>["items"][number];
export type DeliveryDetail = Awaited<ReturnType<typeof fetchDelivery>>;
export type ReplayRange = operations["replayWebhooks"]["requestBody"]["content"]["application/json"];

export const DELIVERY_STATES = ["pending", "delivered", "dead"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

const PAGE_SIZE = 30;
/** What is being sent settles within seconds; what happens elsewhere is seen a little later. */
const WHILE_SENDING_MS = 2_000;
const LOOK_AGAIN_EVERY_MS = 5_000;

export const WEBHOOKS_KEY = ["webhooks"] as const;

export const endpointsQuery = queryOptions({
  queryKey: [...WEBHOOKS_KEY, "list"],
  queryFn: async () => (await bodyOf(client.GET("/v1/webhook-endpoints"))).items,
  refetchInterval: LOOK_AGAIN_EVERY_MS,
});

export function endpointQuery(endpoint: string) {
  return queryOptions({
    queryKey: [...WEBHOOKS_KEY, "one", endpoint],
    queryFn: () => bodyOf(client.GET("/v1/webhook-endpoints/{endpoint}", { params: { path: { endpoint } } })),
    refetchInterval: ({ state }) =>
      state.data?.state === "active" && state.data.pending > 0 ? WHILE_SENDING_MS : LOOK_AGAIN_EVERY_MS,
  });
}

export function deliveriesQuery(endpoint: string, state: DeliveryState | "all", after: string) {
  return queryOptions({
    queryKey: [...WEBHOOKS_KEY, "deliveries", endpoint, state, after],
    queryFn: () => fetchDeliveries(endpoint, state, after),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some((delivery) => delivery.state === "pending") ? WHILE_SENDING_MS : LOOK_AGAIN_EVERY_MS,
  });
}

export function deliveryQuery(endpoint: string, sequence: string) {
  return queryOptions({
    queryKey: [...WEBHOOKS_KEY, "delivery", endpoint, sequence],
    queryFn: () => fetchDelivery(endpoint, sequence),
    refetchInterval: ({ state: { data } }) => (data?.state === "pending" ? WHILE_SENDING_MS : LOOK_AGAIN_EVERY_MS),
  });
}

/** The answer bears the secret, which is in no other. */
export function createEndpoint(endpoint: NewEndpoint, idempotencyKey: string) {
  return bodyOf(
    client.POST("/v1/webhook-endpoints", { body: endpoint, headers: { "Idempotency-Key": idempotencyKey } }),
  );
}

/** What is left out stays as it is. */
export function changeEndpoint(endpoint: string, changes: EndpointChanges) {
  return bodyOf(client.PATCH("/v1/webhook-endpoints/{endpoint}", { params: { path: { endpoint } }, body: changes }));
}

export function deleteEndpoint(endpoint: string): Promise<void> {
  return agreed(client.DELETE("/v1/webhook-endpoints/{endpoint}", { params: { path: { endpoint } } }));
}

/** The new secret, which is in no other answer. */
export async function rotateSecret(endpoint: string, overlapHours: number): Promise<string> {
  const request = { params: { path: { endpoint } }, body: { overlapHours } };
  return (await bodyOf(client.POST("/v1/webhook-endpoints/{endpoint}/secret/rotate", request))).secret;
}

/** How many events are sent once more. */
export async function replayRange(endpoint: string, range: ReplayRange): Promise<number> {
  const request = { params: { path: { endpoint } }, body: range };
  return (await bodyOf(client.POST("/v1/webhook-endpoints/{endpoint}/replay", request))).events;
}

export function replayDelivery(endpoint: string, sequence: string) {
  const request = { params: { path: { endpoint, sequence } } };
  return bodyOf(client.POST("/v1/webhook-endpoints/{endpoint}/deliveries/{sequence}/replay", request));
}

function fetchDeliveries(endpoint: string, state: DeliveryState | "all", after: string) {
  const query = { limit: PAGE_SIZE, ...(state !== "all" && { state }), ...(after && { cursor: after }) };
  return bodyOf(client.GET("/v1/webhook-endpoints/{endpoint}/deliveries", { params: { path: { endpoint }, query } }));
}

function fetchDelivery(endpoint: string, sequence: string) {
  const path = { endpoint, sequence };
  return bodyOf(client.GET("/v1/webhook-endpoints/{endpoint}/deliveries/{sequence}", { params: { path } }));
}
