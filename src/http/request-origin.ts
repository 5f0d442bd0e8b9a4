import type { FastifyRequest } from "fastify";
import type { HttpDependencies } from "./dependencies.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A browser says where a changing request comes from (Fetch Metadata, or Origin); with the SameSite cookie this keeps
 * other sites from acting in somebody's name, also where the console is shown in a frame and its cookie is sent to it
 * there. Programs send neither header and carry a key instead.
 */
export function isCrossSite(request: FastifyRequest, { publicUrl }: Pick<HttpDependencies, "publicUrl">): boolean {
  if (SAFE_METHODS.has(request.method)) return false;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin } = request.headers;
  if (origin === undefined) return false;
  // "null" comes from sandboxed frames and from redirects across sites: nobody's own pages.
  if (!URL.canParse(origin)) return true;
  // A proxy may have put its own name for us into Host.
  const { host } = new URL(origin);
  return host !== request.headers.host && host !== new URL(publicUrl).host;
}

/** Only a proxy writes these, and what comes through a proxy comes from elsewhere, whatever host it names. */
const FORWARDING_HEADERS = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * In demo mode anybody who reaches the service may sign in, so that only loopback may reach it: another host name there
 * means that a web page has pointed its own name at this machine (DNS rebinding).
 */
export function isMisdirected(
  { hostname, headers }: FastifyRequest,
  { demonstration }: Pick<HttpDependencies, "demonstration">,
): boolean {
  if (demonstration === null) return false;
  return !LOOPBACK_NAMES.has(hostname) || FORWARDING_HEADERS.some((name) => headers[name] !== undefined);
}
