import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { endSession, openSession, type SessionHolder } from "../application/access.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import { SESSION_COOKIE } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";

const IdentityState = Type.Union([Type.Literal("verified"), Type.Literal("unverified")]);
const NullableText = Type.Union([Type.String(), Type.Null()]);

/** Who is signed in; and, in demo mode only, signing in as one of the ready accounts. */
export function sessionRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { ledger, demoNotes } = dependencies;

    server.get(
      "/v1/session",
      {
        config: { access: "anybody" },
        schema: {
          operationId: "showSession",
          tags: ["session"],
          response: answers({
            200: Type.Object({
              signedIn: Type.Boolean(),
              demo: Type.Boolean(),
              desk: Type.Union([Type.Object({ person: Type.String(), queue: Type.String() }), Type.Null()]),
              account: Type.Union([
                Type.Object({ id: Type.String(), legalName: NullableText, identity: IdentityState }),
                Type.Null(),
              ]),
            }),
          }),
        },
      },
      async (request, reply) => {
        const demo = demoNotes !== null;
        const { principal } = request;
        const signedIn = principal?.role === "buyer" ? principal.account : null;
        const account = signedIn && (await ledger.transaction((transaction) => transaction.account(signedIn)));
        const desk = principal?.role === "desk" ? { person: principal.person, queue: principal.queue } : null;
        if (!account) return reply.send({ signedIn: desk !== null, demo, desk, account: null });
        const { id, identity } = account;
        const legalName = identity.state === "verified" ? identity.legalName : null;
        return reply.send({ signedIn: true, demo, desk: null, account: { id, legalName, identity: identity.state } });
      },
    );

    server.delete(
      "/v1/session",
      {
        config: { access: "anybody" },
        schema: { operationId: "endSession", tags: ["session"], response: answers({ 204: Type.Null() }) },
      },
      async (request, reply) => {
        const token = request.cookies[SESSION_COOKIE];
        if (token !== undefined) await endSession(dependencies, token);
        return reply.clearCookie(SESSION_COOKIE, { path: "/" }).code(204).send(null);
      },
    );

    if (demoNotes) await server.register(demoRoutes(dependencies, demoNotes));
  };
}

function demoRoutes(
  dependencies: HttpDependencies,
  notes: NonNullable<HttpDependencies["demoNotes"]>,
): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/v1/demo/accounts",
      {
        config: { access: "anybody" },
        schema: {
          operationId: "listDemoAccounts",
          tags: ["demo"],
          response: answers({
            200: Type.Object({
              items: Type.Array(
                Type.Object({
                  id: Type.String(),
                  legalName: NullableText,
                  identity: IdentityState,
                  partner: NullableText,
                  orders: Type.Integer(),
                  note: Type.Object({ "zh-CN": Type.String(), en: Type.String() }),
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
            note: { ...(notes.get(id) ?? { "zh-CN": "", en: "" }) },
          })),
        });
      },
    );

    server.post(
      "/v1/demo/sessions",
      {
        config: { access: "anybody" },
        schema: {
          operationId: "openDemoSession",
          tags: ["demo"],
          body: Type.Union([
            Type.Object({ account: Type.String() }, { additionalProperties: false }),
            Type.Object(
              { desk: Type.Union(DEMO_DESKS.map(({ id }) => Type.Literal(id))) },
              { additionalProperties: false },
            ),
          ]),
          response: answers({ 204: Type.Null() }),
        },
      },
      async (request, reply) => {
        const holder = await demoHolder(dependencies, request.body);
        if (!holder) return sendFault(request, reply, "not_found");
        const { token, expiresAt } = await openSession(dependencies, holder);
        const secure = dependencies.publicUrl.startsWith("https:");
        const expires = new Date(expiresAt);
        return reply
          .setCookie(SESSION_COOKIE, token, { path: "/", httpOnly: true, sameSite: "lax", secure, expires })
          .code(204)
          .send(null);
      },
    );
  };
}

/** People at the desks of the demonstration; two at the contract desk, since publishing a policy takes two. */
const DEMO_DESKS = [
  { id: "contract-desk-1", role: "contract_desk" },
  { id: "contract-desk-2", role: "contract_desk" },
  { id: "marketplace-desk", role: "marketplace_desk" },
] as const;

async function demoHolder(
  { ledger }: HttpDependencies,
  chosen: { account: string } | { desk: string },
): Promise<SessionHolder | null> {
  if ("desk" in chosen) {
    const desk = DEMO_DESKS.find(({ id }) => id === chosen.desk);
    return desk ? { role: desk.role, name: desk.id } : null;
  }
  const id = parseAccountId(chosen.account);
  const account = id && (await ledger.transaction((transaction) => transaction.account(id)));
  return account && { role: "buyer", account: account.id, name: "demo" };
}
