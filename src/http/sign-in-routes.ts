import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { beginSignIn } from "../application/begin-sign-in.ts";
import { type CompletedSignIn, completeSignIn } from "../application/complete-sign-in.ts";
import { hearLogout } from "../application/sign-out.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { ownPath } from "./own-path.ts";
import { sendFault } from "./problem-reply.ts";
import { sessionTokenOf, setSessionCookie } from "./session-cookie.ts";
import { clearSignInCookie, setSignInCookie, signInCookie } from "./sign-in-cookie.ts";

/** What the sign-in page explains (web/src/shell/sign-in-problem.tsx). */
type SignInProblem =
  | "sign_in_failed"
  | "sign_in_expired"
  | "no_role"
  | "sign_in_too_weak"
  | "identity_provider_unavailable";

const PROBLEM_OF = {
  expired: "sign_in_expired",
  other_browser: "sign_in_failed",
  no_role: "no_role",
  too_weak: "sign_in_too_weak",
  refused: "sign_in_failed",
  unavailable: "identity_provider_unavailable",
} as const satisfies Record<Exclude<CompletedSignIn["kind"], "signed_in">, SignInProblem>;

const FIRST_PAGE = "/orders";
/** A logout token is some hundred bytes. */
const LARGEST_NOTICE = 64 * 1024;

/**
 * Signing in with the seller's identity provider: two pages that a browser passes through, and one address that the
 * provider calls. Where none is configured, there are no such routes.
 */
export function signInRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  const { staffSignIn, log } = dependencies;
  return async (server) => {
    if (staffSignIn === null) return;
    const ports = { ...dependencies, staffSignIn };
    const config = { access: "anybody", seesEverything: true } as const;
    // Whoever only looks begins nothing and uses nothing up.
    const page = { config, exposeHeadRoute: false, schema: { hide: true } } as const;

    server.get("/auth/sign-in", page, async (request, reply) => {
      const next = ownPath(queryOf(request).get("next") ?? "") ?? FIRST_PAGE;
      const begun = await beginSignIn(ports, { next, browser: signInCookie(request, dependencies) });
      if (begun.kind !== "begun") return turnBack(reply, PROBLEM_OF[begun.kind], begun.reason);
      setSignInCookie(reply, dependencies, begun.browser, begun.expiresAt);
      return reply.header("cache-control", "no-store").redirect(begun.url, 303);
    });

    server.get("/auth/callback", page, async (request, reply) => {
      const query = queryOf(request);
      const done = await completeSignIn(ports, {
        query: `?${query}`,
        state: query.get("state") ?? "",
        browser: signInCookie(request, dependencies),
        session: sessionTokenOf(request, dependencies),
        from: request.ip,
      });
      if (done.kind !== "signed_in") {
        return turnBack(reply, PROBLEM_OF[done.kind], "reason" in done ? done.reason : done.kind);
      }
      clearSignInCookie(reply, dependencies);
      setSessionCookie(reply, dependencies, done.token, { expiresAt: done.expiresAt });
      return reply.header("cache-control", "no-store").redirect(done.next, 303);
    });

    await server.register(async (form) => {
      form.removeAllContentTypeParsers();
      form.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string", bodyLimit: LARGEST_NOTICE },
        (_request, body, done) => done(null, new URLSearchParams(body.toString())),
      );
      form.post("/auth/backchannel-logout", { config, schema: { hide: true } }, async (request, reply) => {
        const token = request.body instanceof URLSearchParams ? request.body.get("logout_token") : null;
        if (token === null) return sendFault(request, reply, "invalid_input");
        const heard = await hearLogout(ports, token);
        reply.header("cache-control", "no-store");
        if (heard.kind === "heard") return reply.code(200).send();
        const reason = "reason" in heard ? heard.reason : heard.kind;
        log({ level: "warn", event: "logout of the identity provider refused", reason });
        // OpenID Connect Back-Channel Logout 1.0, section 2.8: the form of errors is that of OAuth.
        return reply.code(400).send({ error: "invalid_request", error_description: reason });
      });
    });
  };

  /** Codes alone are written down: what the browser brought along may be a token, or say who the person is. */
  function turnBack(reply: FastifyReply, problem: SignInProblem, reason: string): FastifyReply {
    log({ level: "warn", event: "sign-in failed", problem, reason });
    return reply.header("cache-control", "no-store").redirect(`/sign-in?problem=${problem}`, 303);
  }
}

/** As it came: a parameter that is there twice must stay so, for it is a fault. */
function queryOf({ url }: FastifyRequest): URLSearchParams {
  const at = url.indexOf("?");
  return new URLSearchParams(at === -1 ? "" : url.slice(at + 1));
}
