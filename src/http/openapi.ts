import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyPluginAsync } from "fastify";

/** The head of the OpenAPI 3.1 document; the routes tell the rest. */
export const API_DESCRIPTION: NonNullable<FastifyDynamicSwaggerOptions["openapi"]> = {
  openapi: "3.1.0",
  info: {
    title: "Orderseal",
    version: "1",
    description:
      "One sealed, verifiable contract per order. Errors are RFC 9457 problems; times are ISO 8601 in UTC; amounts are exact decimals as text.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  components: {
    securitySchemes: {
      key: { type: "http", scheme: "bearer", description: "A machine's key: `orderseal api-keys create`" },
      session: { type: "apiKey", in: "cookie", name: "orderseal_session", description: "A buyer's session" },
    },
  },
  security: [{ key: [] }, { session: [] }],
};

/** Schemas keep their own names in the document. */
export function nameSchema(
  schema: Readonly<Record<string, unknown>>,
  _base: unknown,
  _path: unknown,
  index: number,
): string {
  return typeof schema.$id === "string" ? schema.$id : `Schema${index}`;
}

/** GET /docs: the same document as pages, open to anybody. */
export const documentation: FastifyPluginAsync = async (server) => {
  server.addHook("onRoute", (route) => {
    route.config = { ...route.config, access: "anybody" };
  });
  await server.register(swaggerUi, { routePrefix: "/docs", logLevel: "silent" });
};
