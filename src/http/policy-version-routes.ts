import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import type { HttpDependencies } from "./dependencies.ts";
import { PolicyVersionSchema, PublishedPolicySchema, policyVersionJson, publishedJson } from "./policy-json.ts";
import { sendFault } from "./problem-reply.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";

/** The versions of the rules with who drafted and published them: for the seller's own people, not for buyers. */
export function policyVersionRoutes({ ledger }: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const tags = ["policy"];
    const config = { access: "policy:review" } as const;

    server.get(
      "/v1/policy/versions",
      {
        config,
        schema: {
          operationId: "listPolicyVersions",
          tags,
          description: "Newest first.",
          querystring: Type.Object(PageQuery, { additionalProperties: false }),
          response: answers({ 200: pageOf(PublishedPolicySchema) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, cursor = null } = request.query;
        const { items, next } = await ledger.listPolicies({ limit, cursor });
        return reply.send({ items: items.map(publishedJson), next });
      },
    );

    server.get(
      "/v1/policy/versions/:version",
      {
        config,
        schema: {
          operationId: "showPolicyVersion",
          tags,
          params: Type.Object({ version: Type.String() }),
          response: answers({ 200: PolicyVersionSchema }),
        },
      },
      async (request, reply) => {
        const { version } = request.params;
        const published = /^[1-9]\d{0,8}$/.test(version) ? await ledger.publishedPolicy(Number(version)) : null;
        return published ? reply.send(policyVersionJson(published)) : sendFault(request, reply, "not_found");
      },
    );
  };
}
