import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import type { HttpDependencies } from "./dependencies.ts";

const Health = Type.Object({ status: Type.String() });

/** Whether the process lives, whether it can work, and what it offers. */
export function serviceRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const config = { access: "anybody" } as const;
    server.get(
      "/healthz",
      { config, schema: { operationId: "isAlive", tags: ["service"], response: { 200: Health } } },
      async () => ({ status: "alive" }),
    );
    server.get(
      "/readyz",
      { config, schema: { operationId: "isReady", tags: ["service"], response: { 200: Health, 503: Health } } },
      async (_request, reply) => {
        const ready = await dependencies.isReady();
        return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "database does not answer" });
      },
    );
    server.get("/openapi.json", { config, schema: { hide: true } }, async () => server.swagger());
  };
}
