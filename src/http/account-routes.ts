import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { COUNTED_AT_MOST } from "../application/account-shelf.ts";
import { AccountSchema, accountJson } from "./account-json.ts";
import { accountScope, ticketScope } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { visibleAccount } from "./draft-routes.ts";
import { sendFault } from "./problem-reply.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";

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

/** Accounts: looked up, and shown with their identity and the partner they are served by. */
export function accountRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { ledger } = dependencies;

    server.get(
      "/v1/accounts",
      {
        config: { access: "accounts:read" },
        schema: {
          operationId: "listAccounts",
          tags: ["parties"],
          description: "By their ids; buyers find the own one.",
          querystring: Type.Object(
            {
              ...PageQuery,
              q: Type.Optional(
                Type.String({
                  maxLength: 100,
                  description:
                    "Start of an account's id or registration number, or part of a legal name; neither capital letters nor full width count",
                }),
              ),
            },
            { additionalProperties: false },
          ),
          response: answers({ 200: pageOf(Type.Ref("Account")) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, cursor = null, q } = request.query;
        // What no name can hold is found nowhere, rather than left out.
        if (q?.includes("\0")) return reply.send({ items: [], next: null });
        const asked = { account: accountScope(request), text: q?.trim() || null };
        const page = await ledger.findAccounts(asked, { limit, cursor });
        return reply.send({ items: page.items.map(accountJson), next: page.next });
      },
    );

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
