import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { endSession, openSession } from "../application/access.ts";
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
        if (!account) return reply.send({ signedIn: false, demo, account: null });
        const { id, identity } = account;
        const legalName = identity.state === "verified" ? identity.legalName : null;
        return reply.send({ signedIn: true, demo, account: { id, legalName, identity: identity.state } });
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
          body: Type.Object({ account: Type.String() }, { additionalProperties: false }),
          response: answers({ 204: Type.Null() }),
        },
      },
      async (request, reply) => {
        const id = parseAccountId(request.body.account);
        const account = id && (await dependencies.ledger.transaction((transaction) => transaction.account(id)));
        if (!account) return sendFault(request, reply, "not_found");
        const { token, expiresAt } = await openSession(dependencies, account.id, "demo");
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
