import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { DEFAULT_OVERLAP_HOURS, replayWebhooks, rotateWebhookSecret } from "../application/change-webhooks.ts";
import { parseSequence } from "../domain/cloud-event.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";
import {
  DeliveryDetailSchema,
  DeliverySchema,
  DeliveryStateSchema,
  deliveryDetailJson,
  deliveryJson,
  OverlapHours,
  SecretSchema,
} from "./webhook-json.ts";
import { EndpointParams, endpointIdOf } from "./webhook-routes.ts";

const DeliveryParams = Type.Object({ endpoint: Type.String(), sequence: Type.String() });
const Sequence = Type.String({ pattern: "^\\d{1,15}$|^0\\d{15}$" });

/** What became of what was sent, sending it once more, and the secret that signs it. */
export function webhookDeliveryRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { webhooks } = dependencies;
    const tags = ["webhooks"];

    server.get(
      "/v1/webhook-endpoints/:endpoint/deliveries",
      {
        config: { access: "webhooks:read" },
        schema: {
          operationId: "listWebhookDeliveries",
          tags,
          description: "Newest first. `dead` are those that were given up.",
          params: EndpointParams,
          querystring: Type.Object(
            { ...PageQuery, state: Type.Optional(DeliveryStateSchema) },
            { additionalProperties: false },
          ),
          response: answers({ 200: pageOf(DeliverySchema) }),
        },
      },
      async (request, reply) => {
        const id = endpointIdOf(request);
        if (!id || !(await webhooks.endpoint(id))) return sendFault(request, reply, "not_found");
        const { limit = 50, cursor = null, state = null } = request.query;
        const { items, next } = await webhooks.listDeliveries(id, state, { limit, cursor });
        return reply.send({ items: items.map(deliveryJson), next });
      },
    );

    server.get(
      "/v1/webhook-endpoints/:endpoint/deliveries/:sequence",
      {
        config: { access: "webhooks:read" },
        schema: {
          operationId: "showWebhookDelivery",
          tags,
          description: "With each attempt at it, and what is sent.",
          params: DeliveryParams,
          response: answers({ 200: DeliveryDetailSchema }),
        },
      },
      async (request, reply) => {
        const id = endpointIdOf(request);
        const position = parseSequence(request.params.sequence);
        const shown = id && position !== null ? await webhooks.delivery(id, position) : null;
        if (!shown) return sendFault(request, reply, "not_found");
        const mayReadEvents = request.principal?.permissions.has("events:read") ?? false;
        return reply.send(deliveryDetailJson(shown, mayReadEvents));
      },
    );

    server.post(
      "/v1/webhook-endpoints/:endpoint/replay",
      {
        config: { access: "webhooks:manage" },
        schema: {
          operationId: "replayWebhooks",
          tags,
          description:
            "Has these events sent once more, oldest first, under their ids of then, also those from before the endpoint was set up.",
          params: EndpointParams,
          body: Type.Object(
            {
              from: Sequence,
              to: Sequence,
              state: Type.Optional(Type.Literal("dead", { description: "Only those that were given up" })),
            },
            { additionalProperties: false },
          ),
          response: answers({ 200: Type.Object({ events: Type.Integer({ description: "How many" }) }) }),
        },
      },
      async (request, reply) => {
        const id = endpointIdOf(request);
        const [from, to] = [parseSequence(request.body.from), parseSequence(request.body.to)];
        if (!id || from === null || to === null) return sendFault(request, reply, "not_found");
        const range = { from, to, onlyDead: request.body.state === "dead" };
        const replayed = await replayWebhooks(dependencies, actorOf(request), id, range);
        return replayed.ok ? reply.send({ events: replayed.value }) : sendFault(request, reply, "not_found");
      },
    );

    server.post(
      "/v1/webhook-endpoints/:endpoint/deliveries/:sequence/replay",
      {
        config: { access: "webhooks:manage" },
        schema: {
          operationId: "replayWebhookDelivery",
          tags,
          params: DeliveryParams,
          response: answers({ 200: Type.Object({ events: Type.Integer() }) }),
        },
      },
      async (request, reply) => {
        const id = endpointIdOf(request);
        const position = parseSequence(request.params.sequence);
        if (!id || position === null) return sendFault(request, reply, "not_found");
        const range = { from: position, to: position, onlyDead: false };
        const replayed = await replayWebhooks(dependencies, actorOf(request), id, range);
        if (!replayed.ok || replayed.value === 0) return sendFault(request, reply, "not_found");
        return reply.send({ events: replayed.value });
      },
    );

    server.post(
      "/v1/webhook-endpoints/:endpoint/secret/rotate",
      {
        config: { access: "webhooks:manage" },
        schema: {
          operationId: "rotateWebhookSecret",
          tags,
          description: "The new secret is in this answer and in no other; both sign for the overlap.",
          params: EndpointParams,
          body: Type.Union([
            Type.Object({ overlapHours: Type.Optional(OverlapHours) }, { additionalProperties: false }),
            Type.Null(),
          ]),
          response: answers({ 200: SecretSchema }),
        },
      },
      async (request, reply) => {
        const id = endpointIdOf(request);
        const overlap = request.body?.overlapHours ?? DEFAULT_OVERLAP_HOURS;
        const rotated = id && (await rotateWebhookSecret(dependencies, actorOf(request), id, overlap));
        return rotated?.ok ? reply.send({ secret: rotated.value }) : sendFault(request, reply, "not_found");
      },
    );
  };
}
