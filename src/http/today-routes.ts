import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { showSealKeys } from "../application/show-seal-keys.ts";
import { showToday, type TodayReader } from "../application/show-today.ts";
import { actorOf, ticketScope } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { answers } from "./schemas.ts";
import { sellerKeysJson } from "./seal-key-json.ts";
import { todayJson } from "./today-json.ts";

/** What waits at the desk, and the keys that sealing depends on. */
export function todayRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/v1/desk/today",
      {
        config: { access: "desk:read" },
        schema: { operationId: "showToday", tags: ["desk"], response: answers({ 200: Type.Ref("Today") }) },
      },
      async (request, reply) => reply.send(todayJson(request, await showToday(dependencies, readerOf(request)))),
    );

    server.get(
      "/v1/seal-keys",
      {
        config: { access: "seal-keys:read" },
        schema: {
          operationId: "listSealKeys",
          tags: ["desk"],
          description: "Of every seller that has any, and of the default seller in any case.",
          response: answers({ 200: Type.Object({ items: Type.Array(Type.Ref("SellerKeys")), next: Type.Null() }) }),
        },
      },
      async (_request, reply) =>
        reply.send({ items: (await showSealKeys(dependencies)).map(sellerKeysJson), next: null }),
    );
  };
}

function readerOf(request: FastifyRequest): TodayReader {
  return {
    name: actorOf(request).id,
    may: (permission) => request.principal?.permissions.has(permission) ?? false,
    queues: ticketScope(request).queues,
  };
}
