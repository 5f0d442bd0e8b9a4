import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { addressGroup } from "./address-group.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";

/** Of whoever has not signed in, by address (`addressGroup`), in a share of what a signed-in caller has. */
const SHARE_OF_STRANGERS = 1 / 4;
/** Secrets that were wrong, by address: who has a right one does not guess. */
const WRONG_SECRETS = 30;
/** The console's files cost next to nothing, and whoever watches over the service asks often. */
const COUNTED = /^\/(?:v1|portal|auth)\//;
const A_MINUTE_MS = 60_000;
/** Different callers that are counted at the same time; beyond, the one unheard of for longest is forgotten. */
const MOST_CALLERS = 20_000;

/** Counts one request of the caller and answers whether it is one too many; then it was answered. */
export interface RateLimits {
  isTooMany(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
  isGuessing(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
}

/**
 * Requests within a minute, by person or by address; each node counts its own. Machines are not counted: they are the
 * seller's own, and what is too much at once is sent away for everybody (`shedLoad`).
 */
export async function openRateLimits(
  server: FastifyInstance,
  { requestsPerMinute }: Pick<HttpDependencies, "requestsPerMinute">,
): Promise<RateLimits> {
  if (requestsPerMinute === 0) return { isTooMany: async () => false, isGuessing: async () => false };
  await server.register(rateLimit, { global: false, cache: MOST_CALLERS });
  const open = (max: number, keyGenerator: (request: FastifyRequest) => string) =>
    server.createRateLimit({ max, timeWindow: A_MINUTE_MS, keyGenerator });
  const signedIn = open(requestsPerMinute, (request) => `caller ${callerOf(request)}`);
  const strangers = open(
    Math.ceil(requestsPerMinute * SHARE_OF_STRANGERS),
    (request) => `address ${addressGroup(request.ip)}`,
  );
  const guesses = open(WRONG_SECRETS, (request) => `guesses ${addressGroup(request.ip)}`);
  const check = async (limit: typeof signedIn, request: FastifyRequest, reply: FastifyReply) => {
    const counted = await limit(request);
    if (counted.isAllowed || !counted.isExceeded) return false;
    sendFault(request, reply.header("retry-after", String(counted.ttlInSeconds)), "too_many_requests");
    return true;
  };
  return {
    isTooMany: async (request, reply) =>
      request.principal?.kind === "machine" || !COUNTED.test(request.routeOptions.url ?? "")
        ? false
        : check(request.principal === null ? strangers : signedIn, request, reply),
    isGuessing: (request, reply) => check(guesses, request, reply),
  };
}

/** The account and person, the person of the seller, or the address of whoever has not signed in. */
export function callerOf({ principal, ip }: FastifyRequest): string {
  switch (principal?.kind) {
    case "buyer":
      return `${principal.account}/${principal.name}`;
    case "staff":
      return principal.person;
    default:
      return addressGroup(ip);
  }
}
