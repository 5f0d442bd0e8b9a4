import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, Type } from "typebox";
import { eraseAccount } from "../application/erase-account.ts";
import { ERASURE_REASONS, type Erasure, type ErasureReason } from "../domain/erasure.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import { isoOf } from "../domain/time.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { Instant } from "./schema-parts.ts";
import { answers } from "./schemas.ts";

const Reason = Type.Unsafe<ErasureReason>({ type: "string", enum: [...ERASURE_REASONS] });
const ErasureSchema = Type.Object({
  account: Type.String(),
  at: Instant,
  reason: Reason,
  reference: Type.Union([Type.String(), Type.Null()]),
  evidence: Type.Integer({ description: "How many pieces were deleted with their key" }),
});

/** The erasure of an account's personal data. What the law has a trader keep stays. */
export function erasureRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.delete(
      "/v1/accounts/:account/personal-data",
      {
        config: { access: "identity:erase" },
        schema: {
          operationId: "erasePersonalData",
          tags: ["parties"],
          description:
            "Destroys the account's key with all that it locks, evidence and contact profiles; the identity becomes unverified, sessions and " +
            "links end. Contracts, orders, bills and the audit stay. Cannot be undone.",
          params: Type.Object({ account: Type.String() }),
          querystring: Type.Object(
            {
              reason: Reason,
              reference: Type.Optional(
                Type.String({
                  pattern: "^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,59}$",
                  description: "The number of a case elsewhere; never a name",
                }),
              ),
            },
            { additionalProperties: false },
          ),
          response: answers({ 200: ErasureSchema }),
        },
      },
      async (request, reply) => {
        const { reason, reference = null } = request.query;
        const account = parseAccountId(request.params.account);
        const erasure = account && (await eraseAccount(dependencies, actorOf(request), account, { reason, reference }));
        return erasure ? reply.send(erasureJson(erasure)) : sendFault(request, reply, "not_found");
      },
    );
  };
}

function erasureJson({ account, at, reason, reference, evidence }: Erasure): Static<typeof ErasureSchema> {
  return { account, at: isoOf(at), reason, reference, evidence };
}
