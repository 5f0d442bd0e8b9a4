import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { Principal } from "../application/access.ts";
import { principalOfApiKey } from "../application/api-keys.ts";
import type { Actor } from "../application/ports.ts";
import { openSignInKeeper, type SignInKeeper } from "../application/renew-sign-in.ts";
import { principalOfSession, type Session } from "../application/sessions.ts";
import type { TicketScope } from "../application/show-tickets.ts";
import { type Sight, withSight } from "../application/sight.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Localized } from "../domain/localized.ts";
import { type Permission, queuesOf } from "../domain/roles.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { languageOf } from "./language.ts";
import { sendFault } from "./problem-reply.ts";
import { openRateLimits } from "./rate-limits.ts";
import { isCrossSite, isMisdirected } from "./request-origin.ts";
import { saidSeldom } from "./said-seldom.ts";
import { sessionTokenOf } from "./session-cookie.ts";

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal | null;
    /** The session that the principal has come by; null with a key. */
    session: Session | null;
    sight: Sight;
  }
  interface FastifyContextConfig {
    /** What a caller must be permitted to reach the route. A route that does not say stops the start. */
    access?: "anybody" | Permission;
    /** Of routes for anybody: they find by something that only whoever may know it knows, in all accounts. */
    seesEverything?: boolean;
  }
}

/**
 * Finds out who is asking, and turns away whoever may not, before any route runs. Deny by default: a route that does not
 * say who may call it stops the start, and the books show nothing until it is known who asks.
 */
export async function guardRoutes(server: FastifyInstance, dependencies: HttpDependencies): Promise<void> {
  server.decorateRequest("principal", null);
  server.decorateRequest("session", null);
  // Every request has one of its own; the decorator only names the property.
  server.decorateRequest("sight");
  const limits = await openRateLimits(server, dependencies);
  const tellWrongKey = saidSeldom(dependencies.log);
  const { staffSignIn } = dependencies;
  const keeper = staffSignIn && openSignInKeeper({ ...dependencies, staffSignIn });
  const routes: RouteOptions[] = [];
  server.addHook("onRoute", (route) => {
    routes.push(route);
  });
  server.addHook("onReady", async () => {
    const open = routes.find(({ config }) => config?.access === undefined);
    if (open) throw new Error(`${String(open.method)} ${open.url} does not say who may call it`);
  });
  server.addHook("onRequest", (request, _reply, done) => {
    request.sight = { sees: "nothing" };
    withSight(request.sight, done);
  });
  server.addHook("onRequest", async (request, reply) => {
    // What an account may see is nobody else's to keep; the sealed file says otherwise itself.
    if (request.url.startsWith("/v1/")) reply.header("cache-control", "private, no-store");
    if (isMisdirected(request, dependencies)) return sendFault(request, reply, "misdirected_request");
    if (isCrossSite(request, dependencies)) return sendFault(request, reply, "cross_site_request");
    const { access, seesEverything = false } = request.routeOptions.config;
    // What does not exist is answered by the not-found handler: the same to everybody, or the console's start page.
    if (request.is404) return undefined;
    const isRefused = await identify(request, dependencies, keeper);
    if (isRefused) {
      tellWrongKey({ event: "wrong_key", route: request.routeOptions.url });
      if (await limits.isGuessing(request, reply)) return reply;
    }
    if (await limits.isTooMany(request, reply)) return reply;
    if (access === "anybody") {
      if (seesEverything) request.sight.sees = "everything";
      return undefined;
    }
    return admit(request, reply, access);
  });
  // Reading a body leaves the context in which its request began.
  server.addHook("preValidation", (request, _reply, done) => withSight(request.sight, done));
}

function admit(request: FastifyRequest, reply: FastifyReply, access: Permission | undefined): FastifyReply | undefined {
  if (!request.principal) return sendFault(request, reply, "not_signed_in");
  const isAllowed = access !== undefined && request.principal.permissions.has(access);
  if (isAllowed) return undefined;
  if (access === undefined || request.principal.kind === "buyer") return sendFault(request, reply, "not_allowed");
  return sendLacking(request, reply, access);
}

/** Turns away whoever reached a route and asks there for what takes more than the route itself does; null: it may. */
export function turnedAway(request: FastifyRequest, reply: FastifyReply, needed: Permission): FastifyReply | null {
  if (request.principal?.permissions.has(needed)) return null;
  if (request.principal?.kind === "buyer") return sendFault(request, reply, "not_allowed");
  return sendLacking(request, reply, needed);
}

function sendLacking(request: FastifyRequest, reply: FastifyReply, permission: Permission): FastifyReply {
  return sendFault(request, reply, "not_allowed", { detail: lacking(permission)[languageOf(request)] });
}

/** Whoever sets up a machine or gives out roles needs to know what is missing; buyers are not told of our permissions. */
function lacking(permission: Permission): Localized {
  return {
    "zh-CN": `此操作需要“${permission}”权限，当前密钥或岗位不具备；请由系统管理员授予。`,
    en: `This takes the permission "${permission}", which your key or role does not have; an administrator can give it.`,
  };
}

/** Says who asks, as far as the credentials tell; true when there were some and they are nobody's. */
async function identify(
  request: FastifyRequest,
  dependencies: HttpDependencies,
  keeper: SignInKeeper | null,
): Promise<boolean> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const token = bearer === undefined ? sessionTokenOf(request, dependencies) : null;
  if (bearer === undefined && token === null) return false;
  if (bearer !== undefined) request.principal = await principalOfApiKey(dependencies, bearer);
  else if (token !== null) {
    const found = await bearerOfSession(request, token, dependencies, keeper);
    request.principal = found?.principal ?? null;
    request.session = found?.session ?? null;
  }
  const { principal } = request;
  if (principal) request.sight.sees = principal.kind === "buyer" ? { account: principal.account } : "everything";
  // A session that has ended is no guess: browsers send its cookie until they are told not to.
  return principal === null && bearer !== undefined;
}

/** Who holds the session; where an identity provider has opened it, only as long as that stands by it. */
async function bearerOfSession(
  request: FastifyRequest,
  token: string,
  dependencies: HttpDependencies,
  keeper: SignInKeeper | null,
): ReturnType<typeof principalOfSession> {
  const found = await principalOfSession(dependencies, token);
  if (found?.session.source !== "oidc") return found;
  // Its provider is not asked any more: nobody could say whether it stands.
  if (keeper === null) return null;
  // What becomes of it is recorded, and the record is not an account's.
  request.sight.sees = "everything";
  const standing = await keeper.keep(token, (reason) =>
    dependencies.log({ level: "warn", event: "sign-in not renewed", reason }),
  );
  if (standing === "unchanged") return found;
  request.sight.sees = "nothing";
  return standing === "changed" ? principalOfSession(dependencies, token) : null;
}

/** The one account that the asker may see; null for machines and persons of the seller, who see all. */
export function accountScope(request: FastifyRequest): AccountId | null {
  return request.principal?.kind === "buyer" ? request.principal.account : null;
}

/** The tickets that the asker may see: a buyer's own, those of a desk's queue, and for a machine all. */
export function ticketScope(request: FastifyRequest): TicketScope {
  const { principal } = request;
  const { access } = request.routeOptions.config;
  const takes = access === "tickets:write" || access === "tickets:resolve" ? access : "tickets:read";
  const queues = principal?.kind === "staff" ? queuesOf(principal.roles, takes) : null;
  return { account: accountScope(request), queues };
}

export function actorOf(request: FastifyRequest): Actor {
  const { principal, ip: from } = request;
  switch (principal?.kind) {
    case "buyer":
      return { kind: "buyer", id: `${principal.account}/${principal.name}`, from };
    case "machine":
      return { kind: "machine", id: principal.key, from };
    case "staff":
      return { kind: "desk", id: principal.person, from };
    case undefined:
      throw new Error("a route that needs an actor let nobody in particular pass");
  }
}
