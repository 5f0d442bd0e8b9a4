import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { PUBLISHED_SCHEMAS, schemaText } from "../application/published-schemas.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";

const A_DAY = "public, max-age=86400";

/** JSON Schemas of documents that outlive this release, open to whoever holds such a document. */
export function schemaRoutes(_: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/schemas/:name",
      {
        config: { access: "anybody" },
        schema: {
          operationId: "showSchema",
          tags: ["service"],
          params: Type.Object({ name: Type.String({ description: "contract-1.json or wording-1.json" }) }),
          response: answers({
            200: {
              description: "JSON Schema 2020-12",
              content: { "application/schema+json": { schema: Type.Unsafe<string>({}) } },
            },
          }),
        },
      },
      async (request, reply) => {
        const name = /^(.+)\.json$/.exec(request.params.name)?.[1] ?? "";
        const schema = Object.hasOwn(PUBLISHED_SCHEMAS, name) ? PUBLISHED_SCHEMAS[name] : undefined;
        if (!schema) return sendFault(request, reply, "not_found");
        return reply.type("application/schema+json").header("cache-control", A_DAY).send(schemaText(schema));
      },
    );
  };
}
