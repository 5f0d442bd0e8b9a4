import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { signOut } from "../application/sign-out.ts";
import { PERMISSIONS, type Permission } from "../domain/roles.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { NullableText } from "./schema-parts.ts";
import { answers } from "./schemas.ts";
import { clearSessionCookie, sessionTokenOf } from "./session-cookie.ts";

export const IdentityState = Type.Union([Type.Literal("verified"), Type.Literal("unverified")]);
const Role = Type.String({ description: "As docs/security.md lists them" });

const SessionSchema = Type.Object({
  signedIn: Type.Boolean(),
  demo: Type.Boolean(),
  staffSignIn: Type.Boolean({ description: "The seller's people sign in at /auth/sign-in" }),
  /** What the console may offer; the service asks again. */
  permissions: Type.Array(Type.Unsafe<Permission>({ type: "string", enum: [...PERMISSIONS] })),
  staff: Type.Union([Type.Object({ person: Type.String(), roles: Type.Array(Role) }), Type.Null()]),
  account: Type.Union([
    Type.Object({ id: Type.String(), legalName: NullableText, identity: IdentityState }),
    Type.Null(),
  ]),
  /** Where a buyer who came through the seller's portal goes back to. */
  returnUrl: NullableText,
  /** In which times are told that belong to no seller in particular: the zone of the seller whose orders these are. */
  timeZone: NullableText,
  language: Type.Union([Type.Literal("zh-CN"), Type.Literal("en"), Type.Null()]),
});
type SessionJson = Static<typeof SessionSchema>;

/** Who is signed in, and signing out. */
export function sessionRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/v1/session",
      {
        config: { access: "anybody" },
        schema: { operationId: "showSession", tags: ["session"], response: answers({ 200: SessionSchema }) },
      },
      async (request, reply) => reply.send(await sessionJson(request, dependencies)),
    );

    server.delete(
      "/v1/session",
      {
        config: { access: "anybody", seesEverything: true },
        schema: {
          operationId: "endSession",
          tags: ["session"],
          description:
            "200 where the identity provider has a session of its own: go to signOutUrl to end that as well.",
          response: answers({ 200: Type.Object({ signOutUrl: Type.String() }), 204: Type.Null() }),
        },
      },
      async (request, reply): Promise<FastifyReply> => {
        const token = sessionTokenOf(request, dependencies);
        const signOutUrl = token === null ? null : await signOut(dependencies, token, request.ip);
        clearSessionCookie(reply, dependencies);
        return signOutUrl === null ? reply.code(204).send(null) : reply.code(200).send({ signOutUrl });
      },
    );
  };
}

async function sessionJson(request: FastifyRequest, dependencies: HttpDependencies): Promise<SessionJson> {
  const { principal, session } = request;
  const shown: SessionJson = {
    signedIn: false,
    demo: dependencies.demonstration !== null,
    staffSignIn: dependencies.staffSignIn !== null,
    permissions: [],
    staff: null,
    account: null,
    returnUrl: session?.returnUrl ?? null,
    timeZone: null,
    language: session?.language ?? null,
  };
  // A key is no session: nobody signs out of it.
  if (principal === null || session === null || principal.kind === "machine") return shown;
  const permissions = [...principal.permissions];
  const timeZone = await dependencies.ledger.houseZone();
  if (principal.kind === "staff") {
    const { person, roles } = principal;
    return { ...shown, permissions, timeZone, signedIn: true, staff: { person, roles: [...roles] } };
  }
  const account = await dependencies.ledger.transaction((transaction) => transaction.account(principal.account));
  if (account === null) return shown;
  const { id, identity } = account;
  const legalName = identity.state === "verified" ? identity.legalName : null;
  return { ...shown, permissions, timeZone, signedIn: true, account: { id, legalName, identity: identity.state } };
}
