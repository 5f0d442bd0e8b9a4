import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { BooksUnavailable } from "../application/books-unavailable.ts";
import { failureText } from "../application/failure-text.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { saidSeldom } from "./said-seldom.ts";

/**
 * So many requests are worked on at once; what comes beyond is sent away at once, instead of waiting for longer than its
 * sender does. At the few hundred in a second that a small machine does, the last of them waits some seconds; as many
 * are done by the time when those that were sent away are to come again.
 */
const MOST_AT_ONCE = 1_000;
const COME_AGAIN_SECONDS = 5;
/** Whoever watches over the service asks these, and must hear that it lives while it is full. */
const ALWAYS_ANSWERED = new Set(["/healthz", "/readyz"]);

/**
 * Sends what is too much away with 503 before anything is done for it. Only work counts, and not the time in which a body
 * arrives or an answer leaves: or else a thousand slow senders would be enough to keep everybody out.
 */
export function shedLoad(
  server: FastifyInstance,
  { log }: Pick<HttpDependencies, "log">,
  mostAtOnce = MOST_AT_ONCE,
): void {
  const say = saidSeldom(log);
  const working = new Set<FastifyRequest>();
  const begin = async (request: FastifyRequest, reply: FastifyReply) => {
    if (ALWAYS_ANSWERED.has(request.routeOptions.url ?? "")) return undefined;
    if (working.size >= mostAtOnce) {
      say({ error: `${mostAtOnce} requests are being worked on; more are sent away` });
      return sendFault(request, reply.header("retry-after", COME_AGAIN_SECONDS), "temporarily_unavailable");
    }
    working.add(request);
    return undefined;
  };
  const end = async (request: FastifyRequest) => {
    working.delete(request);
  };
  // Who it is, then the body, then the work, then the answer.
  server.addHook("onRequest", begin);
  server.addHook("preParsing", end);
  server.addHook("preValidation", begin);
  server.addHook("onSend", end);
  server.addHook("onResponse", end);
}

/** What the books being away is answered with; null for any other error. */
export function unavailableReply({ log }: Pick<HttpDependencies, "log">) {
  const say = saidSeldom(log);
  return (request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply | null => {
    const fault = unavailableFault(error);
    if (fault === null) return null;
    say({ route: request.routeOptions.url, error: failureText(error) });
    return sendFault(request, reply, fault);
  };
}

export function unavailableFault(error: unknown): "temporarily_unavailable" | "outcome_unknown" | null {
  if (!(error instanceof BooksUnavailable)) return null;
  return error.kind === "in_doubt" ? "outcome_unknown" : "temporarily_unavailable";
}
