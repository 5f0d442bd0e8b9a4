import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { listEvents } from "../application/list-events.ts";
import { cloudEventOf, parseSequence, sequenceOf } from "../domain/cloud-event.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";
import { EventSchema, EventTypeSchema } from "./webhook-json.ts";

/** What happened, oldest first: for whoever would rather fetch than be called, or has something to catch up with. */
export function eventRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/v1/events",
      {
        config: { access: "events:read" },
        schema: {
          operationId: "listEvents",
          tags: ["events"],
          description:
            "In the order of `sequence`, which has no gaps. Whoever keeps the last sequence that was handled and asks for those after it misses none.",
          querystring: Type.Object(
            {
              limit: PageQuery.limit,
              after: Type.Optional(
                Type.String({ pattern: "^\\d{1,16}$", description: "The last sequence that was handled; or `next`" }),
              ),
              type: Type.Optional(EventTypeSchema),
              account: Type.Optional(Type.String()),
            },
            { additionalProperties: false },
          ),
          response: answers({ 200: pageOf(EventSchema) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, after = "0", type = null, account: asked } = request.query;
        const account = asked === undefined ? null : parseAccountId(asked);
        if (asked !== undefined && account === null) return sendFault(request, reply, "not_found");
        const filter = { after: parseSequence(after) ?? Number.MAX_SAFE_INTEGER, type, account };
        const { items, next } = await listEvents(dependencies, filter, limit);
        return reply.send({ items: items.map(cloudEventOf), next: next === null ? null : sequenceOf(next) });
      },
    );
  };
}
