import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { answerOnce } from "../application/answer-once.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import { enterByPortalLink, openPortalLink } from "../application/portal-links.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import { isoOf } from "../domain/time.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { IdempotencyHeader, repeatableRequest } from "./idempotency-key.ts";
import { lockSecret, openSecret } from "./kept-secret.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { unfitReturnUrl } from "./return-url.ts";
import { Instant } from "./schema-parts.ts";
import { answers } from "./schemas.ts";
import { setSessionCookie } from "./session-cookie.ts";

const Name = Type.String({ minLength: 1, maxLength: 200, pattern: "\\S" });
const BuyerRole = Type.Union([Type.Literal("viewer"), Type.Literal("requester")], {
  description: "viewer: looks and downloads; requester: also requests contracts and opens tickets",
});

const PortalBody = Type.Object(
  {
    account: Type.String({ description: "The account whose orders and contracts are shown" }),
    returnUrl: Type.Optional(Type.String({ maxLength: 2000, description: "Where the buyer goes back to" })),
    locale: Type.Optional(Type.Union([Type.Literal("zh-CN"), Type.Literal("en")])),
    actor: Type.Optional(
      Type.Union([Name, Type.Object({ id: Name, role: Type.Optional(BuyerRole) }, { additionalProperties: false })], {
        description: "Who at the buyer acts, as the seller's system knows them; recorded in the audit",
      }),
    ),
    role: Type.Optional(BuyerRole),
    embed: Type.Optional(
      Type.Boolean({ description: "The console will be shown in a frame of a page from ORDERSEAL_EMBED_ORIGINS" }),
    ),
  },
  { additionalProperties: false },
);

/** How a seller lets its buyers in: a link from machine to machine, and the buyer's browser that follows it once. */
export function portalRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.post(
      "/v1/portal-sessions",
      {
        config: { access: "portal:open" },
        schema: {
          operationId: "createPortalSession",
          tags: ["session"],
          description: "The answer's url lets the buyer's browser in, once, within five minutes: redirect it there.",
          headers: IdempotencyHeader,
          body: PortalBody,
          response: answers({ 201: Type.Object({ url: Type.String(), expiresAt: Instant }) }),
        },
      },
      async (request, reply) => {
        const { account: asked, returnUrl = null, locale = null, embed = false } = request.body;
        const account = parseAccountId(asked);
        if (!account) return sendFault(request, reply, "not_found");
        const unfit = returnUrl === null ? null : unfitReturnUrl(returnUrl);
        if (unfit) return sendInputFault(request, reply, unfit);
        if (embed && dependencies.embedOrigins.length === 0) {
          return sendFault(request, reply, "embedding_not_set_up");
        }
        const wanted = { account, ...actorAtBuyer(request.body), returnUrl, language: locale, isEmbedded: embed };
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, account),
          FIRST_ANSWERS.createPortalSession,
          (ports) => openPortalLink(ports, actorOf(request), wanted, (secret) => lockSecret(dependencies, secret)),
        );
        if (outcome.kind !== "opened") return sendFault(request, reply, outcome.kind);
        const token = openSecret(dependencies, outcome.token);
        if (token === null) return sendFault(request, reply, "idempotency_key_reused");
        const url = `${dependencies.publicUrl}/portal/${token}`;
        return reply.code(201).send({ url, expiresAt: isoOf(outcome.expiresAt) });
      },
    );

    server.get(
      "/portal/:token",
      {
        config: { access: "anybody", seesEverything: true },
        // Whoever only looks must not use it up.
        exposeHeadRoute: false,
        schema: { hide: true, params: Type.Object({ token: Type.String() }) },
      },
      async (request, reply) => {
        reply.header("cache-control", "no-store");
        if (isPrefetch(request)) return reply.code(503).header("retry-after", "1").send();
        const entered = await enterByPortalLink(dependencies, request.params.token, request.ip);
        if (!entered) return reply.redirect("/sign-in?problem=link_used", 303);
        const { token, expiresAt, link } = entered;
        setSessionCookie(reply, dependencies, token, { expiresAt, isEmbedded: link.isEmbedded });
        const language = link.language === null ? "" : `?lang=${link.language}`;
        return reply.redirect(`/orders${language}`, 303);
      },
    );
  };
}

function actorAtBuyer({ actor, role }: Static<typeof PortalBody>) {
  const named = typeof actor === "string" ? { id: actor } : (actor ?? { id: "portal" });
  const wanted = ("role" in named ? named.role : undefined) ?? role ?? "requester";
  return { name: named.id.trim().normalize("NFC"), role: `buyer_${wanted}` as const };
}

/** A browser that fetches what might be wanted next says so. */
function isPrefetch({ headers }: FastifyRequest): boolean {
  return [headers["sec-purpose"], headers.purpose].some((purpose) => String(purpose ?? "").includes("prefetch"));
}
