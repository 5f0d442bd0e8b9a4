import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";
import type { HttpDependencies } from "./dependencies.ts";

/** Two years, as browsers ask for before they keep a site on https for good. */
const STRICT_TRANSPORT_SECONDS = 63_072_000;
/** What no page of ours uses is switched off, also for what might find its way in. */
const UNUSED_FEATURES = [
  ...["accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid"],
  ...["magnetometer", "microphone", "midi", "payment", "serial", "usb"],
];
const PERMISSIONS_POLICY = UNUSED_FEATURES.map((feature) => `${feature}=()`).join(", ");

/** Headers of every answer: what a browser may do with it, and who may show it. */
export async function sendSecurityHeaders(
  server: FastifyInstance,
  { publicUrl, embedOrigins }: Pick<HttpDependencies, "publicUrl" | "embedOrigins">,
): Promise<void> {
  const isSecure = publicUrl.startsWith("https:");
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        // antd writes its styles into the page; scripts come from files of ours only.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": embedOrigins.length > 0 ? ["'self'", ...embedOrigins] : ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "script-src-attr": ["'none'"],
        // A demonstration on loopback has no TLS to upgrade to.
        ...(isSecure && { "upgrade-insecure-requests": [] }),
      },
    },
    // Says the same as frame-ancestors to old browsers, but cannot name an origin.
    frameguard: embedOrigins.length > 0 ? false : { action: "deny" },
    strictTransportSecurity: isSecure && { maxAge: STRICT_TRANSPORT_SECONDS, includeSubDomains: true },
    referrerPolicy: { policy: "no-referrer" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
  });
  server.addHook("onRequest", async (_request, reply) => {
    reply.header("permissions-policy", PERMISSIONS_POLICY);
  });
}
