import type { FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../domain/time.ts";
import type { HttpDependencies } from "./dependencies.ts";

type Site = Pick<HttpDependencies, "publicUrl">;

/**
 * Binds a sign-in under way to the browser that began it. Lax: the browser comes back from another site. A cookie whose
 * name begins so is never set by a sibling site, nor without https (RFC 6265bis, 4.1.3.2).
 */
function cookieOf({ publicUrl }: Site) {
  const secure = publicUrl.startsWith("https:");
  const name = secure ? "__Host-orderseal_sign_in" : "orderseal_sign_in";
  return { name, attributes: { path: "/", httpOnly: true, secure, sameSite: "lax" } } as const;
}

export function signInCookie(request: FastifyRequest, site: Site): string | null {
  return request.cookies[cookieOf(site).name] ?? null;
}

export function setSignInCookie(reply: FastifyReply, site: Site, secret: string, expiresAt: Instant): FastifyReply {
  const { name, attributes } = cookieOf(site);
  return reply.setCookie(name, secret, { ...attributes, expires: new Date(expiresAt) });
}

export function clearSignInCookie(reply: FastifyReply, site: Site): FastifyReply {
  const { name, attributes } = cookieOf(site);
  return reply.clearCookie(name, attributes);
}
