import type { FastifyInstance } from "fastify";
import type { Principal } from "../application/access.ts";
import type { HttpDependencies } from "./dependencies.ts";
import type { ProblemCode } from "./problem.ts";
import { saidSeldom } from "./said-seldom.ts";

declare module "fastify" {
  interface FastifyReply {
    /** What stands in the problem that was sent; null where none was. */
    problem: ProblemCode | null;
  }
}

/** What somebody is answered who tries to get around what holds them back, or who is at a loss: whoever watches wants to know. */
const TOLD = [
  ...["not_allowed", "second_person_needed", "cross_site_request", "misdirected_request", "too_many_requests"],
  ...["invalid_input", "too_large", "unsupported_media_type", "not_a_pdf", "not_evidence"],
] as readonly ProblemCode[];

/** Tells in the log what was refused, without anybody's name and without what they sent. OWASP ASVS 5.0, 16.3.2 and 16.3.3. */
export function tellRefused(server: FastifyInstance, { log }: Pick<HttpDependencies, "log">): void {
  server.decorateReply("problem", null);
  const tell = new Map(TOLD.map((code) => [code, saidSeldom(log)]));
  server.addHook("onResponse", async ({ principal, routeOptions }, { problem }) => {
    const { url: route, config } = routeOptions;
    const needs = problem === "not_allowed" ? { needs: config.access } : {};
    const say = problem && tell.get(problem);
    say?.({ event: problem, route, ...needs, caller: principal ? callerOf(principal) : "nobody" });
  });
}

/** As the log names them: without anybody's name. */
function callerOf(principal: Principal): string {
  switch (principal.kind) {
    case "machine":
      return `key ${principal.key}`;
    case "buyer":
      return `buyer of ${principal.account}`;
    case "staff":
      return `staff (${principal.roles.join(", ")})`;
  }
}
