import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { openSession, type SessionHolder } from "../application/sessions.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import type { Demonstration, HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { Localized, NullableText } from "./schema-parts.ts";
import { answers } from "./schemas.ts";
import { setSessionCookie } from "./session-cookie.ts";
import { IdentityState } from "./session-routes.ts";

/** Of the one buyer that each account of the demonstration has. */
const DEMO_BUYER = "demo";

/** Signing in as one of the ready personas. Outside demo mode there are no such routes. */
export function demoRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  const { demonstration } = dependencies;
  return async (server) => {
    if (demonstration === null) return;
    const config = { access: "anybody", seesEverything: true } as const;
    const tags = ["demo"];

    server.get(
      "/v1/demo/accounts",
      {
        config,
        schema: {
          operationId: "listDemoAccounts",
          tags,
          response: answers({
            200: Type.Object({
              items: Type.Array(
                Type.Object({
                  id: Type.String(),
                  legalName: NullableText,
                  identity: IdentityState,
                  partner: NullableText,
                  orders: Type.Integer(),
                  note: Localized,
                }),
              ),
            }),
          }),
        },
      },
      async (_request, reply) => {
        const { items } = await dependencies.ledger.listAccounts({ limit: 200, cursor: null });
        return reply.send({
          items: items.map(({ account: { id, identity, servedBy }, orders }) => ({
            id,
            legalName: identity.state === "verified" ? identity.legalName : null,
            identity: identity.state,
            partner: servedBy?.name ?? null,
            orders,
            note: { ...(demonstration.notes.get(id) ?? { "zh-CN": "", en: "" }) },
          })),
        });
      },
    );

    server.get(
      "/v1/demo/staff",
      {
        config,
        schema: {
          operationId: "listDemoStaff",
          tags,
          response: answers({
            200: Type.Object({
              items: Type.Array(
                Type.Object({ id: Type.String(), roles: Type.Array(Type.String()), title: Localized, note: Localized }),
              ),
            }),
          }),
        },
      },
      async (_request, reply) =>
        reply.send({
          items: demonstration.staff.map(({ id, roles, title, note }) => ({
            id,
            roles: [...roles],
            title: { ...title },
            note: { ...note },
          })),
        }),
    );

    server.post(
      "/v1/demo/sessions",
      {
        config,
        schema: {
          operationId: "openDemoSession",
          tags,
          body: Type.Union([
            Type.Object({ account: Type.String() }, { additionalProperties: false }),
            Type.Object(
              { desk: Type.Union(demonstration.staff.map(({ id }) => Type.Literal(id))) },
              { additionalProperties: false },
            ),
          ]),
          response: answers({ 204: Type.Null() }),
        },
      },
      async (request, reply) => {
        const holder = await demoHolder(dependencies, demonstration, request.body);
        if (!holder) return sendFault(request, reply, "not_found");
        const { token, expiresAt } = await openSession(dependencies, { holder, source: "demo" }, request.ip);
        return setSessionCookie(reply, dependencies, token, { expiresAt }).code(204).send(null);
      },
    );
  };
}

async function demoHolder(
  { ledger }: HttpDependencies,
  { staff }: Demonstration,
  chosen: { account: string } | { desk: string },
): Promise<SessionHolder | null> {
  if ("desk" in chosen) {
    const person = staff.find(({ id }) => id === chosen.desk);
    return person ? { kind: "staff", roles: person.roles, name: person.id } : null;
  }
  const id = parseAccountId(chosen.account);
  const account = id && (await ledger.transaction((transaction) => transaction.account(id)));
  return account && { kind: "buyer", account: account.id, role: "buyer_requester", name: DEMO_BUYER };
}
