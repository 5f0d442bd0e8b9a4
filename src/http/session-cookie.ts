import type { FastifyReply, FastifyRequest } from "fastify";
import type { Instant } from "../domain/time.ts";
import type { HttpDependencies } from "./dependencies.ts";

type Site = Pick<HttpDependencies, "publicUrl">;

/** RFC 6265bis, 4.1.3.2: a name that begins so is kept by the browser only with Secure, Path=/ and no Domain. */
function cookieName({ publicUrl }: Site): string {
  return isSecure({ publicUrl }) ? "__Host-orderseal_session" : "orderseal_session";
}

function isSecure({ publicUrl }: Site): boolean {
  return publicUrl.startsWith("https:");
}

export function sessionTokenOf(request: FastifyRequest, site: Site): string | null {
  return request.cookies[cookieName(site)] ?? null;
}

/**
 * In a frame of the seller's pages the cookie has to be sent across sites; it is partitioned then, so that it exists
 * within that frame only, and changing requests from elsewhere are refused by their origin.
 */
export function setSessionCookie(
  reply: FastifyReply,
  site: Site,
  token: string,
  { expiresAt, isEmbedded = false }: { readonly expiresAt: Instant; readonly isEmbedded?: boolean },
): FastifyReply {
  return reply.setCookie(cookieName(site), token, {
    path: "/",
    httpOnly: true,
    secure: isSecure(site),
    expires: new Date(expiresAt),
    ...(isEmbedded ? { sameSite: "none", partitioned: true } : { sameSite: "lax" }),
  });
}

/** Both of them: a browser keeps a partitioned cookie beside another of the same name. */
export function clearSessionCookie(reply: FastifyReply, site: Site): FastifyReply {
  const options = { path: "/", httpOnly: true, secure: isSecure(site) } as const;
  reply.clearCookie(cookieName(site), { ...options, sameSite: "lax" });
  if (!isSecure(site)) return reply;
  return reply.clearCookie(cookieName(site), { ...options, sameSite: "none", partitioned: true });
}
