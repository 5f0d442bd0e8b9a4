import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, Type } from "typebox";
import type { Actor } from "../application/ports.ts";
import { isSamePerson } from "../application/same-person.ts";
import type { WordingStatus } from "../application/wording-books.ts";
import { parseSellerId } from "../domain/identifiers.ts";
import { isoOf } from "../domain/time.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { Instant, Localized } from "./schema-parts.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";

const StatusSchema = Type.Object({
  seller: Type.String(),
  legalName: Localized,
  version: Type.Integer({ description: "In force; 0 while every clause is the library's" }),
  draft: Type.Union(
    [
      Type.Object({
        draft: Type.String(),
        basedOn: Type.Integer(),
        draftedBy: Type.String(),
        draftedAt: Instant,
        mine: Type.Boolean({ description: "Whoever asks has drafted it, and cannot publish it" }),
      }),
      Type.Null(),
    ],
    { description: "The open one" },
  ),
});

const VersionSchema = Type.Object({
  version: Type.Integer(),
  draftedBy: Type.String(),
  publishedBy: Type.String(),
  publishedAt: Instant,
});

const SellerParams = Type.Object({ seller: Type.String() });
const Query = Type.Object(PageQuery, { additionalProperties: false });

/** Where the sellers' wordings stand, and what each has published. */
export function wordingListingRoutes({ ledger }: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const tags = ["wording"];

    server.get(
      "/v1/wordings",
      {
        config: { access: "policy:review" },
        schema: {
          operationId: "listWordings",
          tags,
          description: "Of every seller, by its id: the version in force, and the open draft.",
          querystring: Query,
          response: answers({ 200: pageOf(StatusSchema) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, cursor = null } = request.query;
        const { items, next } = await ledger.listWordings({ limit, cursor });
        return reply.send({ items: items.map((status) => statusJson(status, actorOf(request))), next });
      },
    );

    server.get(
      "/v1/wordings/:seller",
      {
        config: { access: "policy:review" },
        schema: {
          operationId: "showWordingStatus",
          tags,
          description: "Of one seller: the version in force, and the open draft.",
          params: SellerParams,
          response: answers({ 200: StatusSchema }),
        },
      },
      async (request, reply) => {
        const seller = parseSellerId(request.params.seller);
        const status = seller && (await ledger.wordingStatus(seller));
        return status ? reply.send(statusJson(status, actorOf(request))) : sendFault(request, reply, "not_found");
      },
    );

    server.get(
      "/v1/sellers/:seller/wording/versions",
      {
        config: { access: "policy:review" },
        schema: {
          operationId: "listWordingVersions",
          tags,
          description: "What was published, the newest first; `showWording` has the words of each.",
          params: SellerParams,
          querystring: Query,
          response: answers({ 200: pageOf(VersionSchema) }),
        },
      },
      async (request, reply) => {
        const seller = parseSellerId(request.params.seller);
        if (!seller || !(await ledger.wordingStatus(seller))) return sendFault(request, reply, "not_found");
        const { limit = 50, cursor = null } = request.query;
        const { items, next } = await ledger.listWordingVersions(seller, { limit, cursor });
        return reply.send({
          items: items.map(({ publishedAt, ...version }) => ({ ...version, publishedAt: isoOf(publishedAt) })),
          next,
        });
      },
    );
  };
}

function statusJson({ seller, legalName, version, draft }: WordingStatus, reader: Actor): Static<typeof StatusSchema> {
  return {
    seller,
    legalName: { ...legalName },
    version,
    draft: draft && {
      draft: draft.id,
      basedOn: draft.basedOn,
      draftedBy: draft.draftedBy,
      draftedAt: isoOf(draft.draftedAt),
      mine: isSamePerson(draft.draftedBy, reader.id),
    },
  };
}
