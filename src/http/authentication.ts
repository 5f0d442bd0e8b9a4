import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Principal, principalOfApiKey, principalOfSession } from "../application/access.ts";
import type { Actor } from "../application/ports.ts";
import type { TicketScope } from "../application/show-tickets.ts";
import type { AccountId } from "../domain/identifiers.ts";
import { TICKET_QUEUES, type TicketQueue } from "../domain/ticket.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    /** Who may call the route; a route that does not say is closed to everybody. */
    access?: "anybody" | readonly Role[];
  }
}

/** What a caller is, for the routes: each desk is a role of its own. */
type Role = "buyer" | "machine" | TicketQueue;
export const EVERY_ROLE: readonly Role[] = ["buyer", "machine", ...TICKET_QUEUES];
export const MACHINE: readonly Role[] = ["machine"];
export const CONTRACT_DESK: readonly Role[] = ["contract_desk"];
export const MACHINE_OR_CONTRACT_DESK: readonly Role[] = ["machine", "contract_desk"];
export const ANY_DESK: readonly Role[] = TICKET_QUEUES;

export const SESSION_COOKIE = "orderseal_session";
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Finds out who is asking, and turns away whoever may not, before any route runs. Deny by default. */
export function guardRoutes(server: FastifyInstance, dependencies: HttpDependencies): void {
  server.decorateRequest("principal", null);
  server.addHook("onRequest", async (request, reply) => {
    // What an account may see is nobody else's to keep; the sealed file says otherwise itself.
    if (request.url.startsWith("/v1/")) reply.header("cache-control", "private, no-store");
    const access = request.routeOptions.config.access;
    if (isMisdirected(request, dependencies)) return sendFault(request, reply, "misdirected_request");
    if (isCrossSite(request)) return sendFault(request, reply, "cross_site_request");
    // What does not exist is answered by the not-found handler: the same to everybody, or the console's start page.
    if (request.is404) return undefined;
    if (access === "anybody" && request.cookies[SESSION_COOKIE] === undefined) return undefined;
    request.principal = await principalOf(request, dependencies);
    return access === "anybody" ? undefined : admit(request, reply, access);
  });
}

function admit(request: FastifyRequest, reply: FastifyReply, access: readonly Role[] = []): FastifyReply | undefined {
  if (!request.principal) return sendFault(request, reply, "not_signed_in");
  return access.includes(roleOf(request.principal)) ? undefined : sendFault(request, reply, "not_allowed");
}

function roleOf(principal: Principal): Role {
  return principal.role === "desk" ? principal.queue : principal.role;
}

async function principalOf(request: FastifyRequest, dependencies: HttpDependencies): Promise<Principal | null> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return principalOfApiKey(dependencies, bearer);
  const cookie = request.cookies[SESSION_COOKIE];
  return cookie === undefined ? null : principalOfSession(dependencies, cookie);
}

/**
 * A browser says where a changing request comes from (Fetch Metadata, or Origin); with the SameSite cookie this keeps
 * other sites from acting in a buyer's name. Programs send neither header and carry a key instead.
 */
function isCrossSite(request: FastifyRequest): boolean {
  if (SAFE_METHODS.has(request.method)) return false;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin } = request.headers;
  // "null" comes from sandboxed frames and from redirects across sites: nobody's own pages.
  return origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === request.headers.host);
}

/** Only a proxy writes these, and what comes through a proxy comes from elsewhere, whatever host it names. */
const FORWARDING_HEADERS = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * In demo mode anybody who reaches the service may sign in, so that only loopback may reach it: another host name there
 * means that a web page has pointed its own name at this machine (DNS rebinding).
 */
function isMisdirected({ hostname, headers }: FastifyRequest, { demoNotes }: HttpDependencies): boolean {
  if (demoNotes === null) return false;
  return !LOOPBACK_NAMES.has(hostname) || FORWARDING_HEADERS.some((name) => headers[name] !== undefined);
}

/** The one account that the asker may see; null for machines and desks, which see all. */
export function accountScope(request: FastifyRequest): AccountId | null {
  return request.principal?.role === "buyer" ? request.principal.account : null;
}

/** The tickets that the asker may see: a buyer's own, a desk's queue, and for a machine all. */
export function ticketScope(request: FastifyRequest): TicketScope {
  const { principal } = request;
  return { account: accountScope(request), queue: principal?.role === "desk" ? principal.queue : null };
}

export function actorOf(request: FastifyRequest): Actor {
  const { principal } = request;
  switch (principal?.role) {
    case "buyer":
      return { kind: "buyer", id: `${principal.account}/${principal.name}` };
    case "machine":
      return { kind: "machine", id: principal.key };
    case "desk":
      return { kind: "desk", id: principal.person };
    case undefined:
      throw new Error("a route that needs an actor let nobody in particular pass");
  }
}
