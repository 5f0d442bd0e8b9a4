import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { COUNTED_AT_MOST } from "../application/account-shelf.ts";
import { AccountSchema, accountJson } from "./account-json.ts";
import { ticketScope } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { visibleAccount } from "./draft-routes.ts";
import { sendFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";

const CountsSchema = Type.Object(
  {
    orders: Type.Integer(),
    contracts: Type.Integer(),
    openTickets: Type.Union([Type.Integer(), Type.Null()], {
      description: "Of the queues that the asker sees; null where they see none",
    }),
  },
  { description: `How much there is, for persons of the seller; no more than ${COUNTED_AT_MOST} of each are counted` },
);

/** Accounts: shown with their identity and the partner they are served by. */
export function accountRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { ledger } = dependencies;

    server.get(
      "/v1/accounts/:account",
      {
        config: { access: "accounts:read" },
        schema: {
          operationId: "showAccount",
          tags: ["parties"],
          params: Type.Object({ account: Type.String() }),
          response: answers({
            200: Type.Intersect([AccountSchema, Type.Object({ counts: Type.Union([CountsSchema, Type.Null()]) })]),
          }),
        },
      },
      async (request, reply) => {
        const id = visibleAccount(request, request.params.account);
        const account = id && (await ledger.account(id));
        if (!account) return sendFault(request, reply, "not_found");
        const isStaff = request.principal?.kind === "staff";
        const counts = isStaff ? await ledger.countOfAccount(account.id, ticketScope(request).queues) : null;
        return reply.send({ ...accountJson(account), counts });
      },
    );
  };
}
