import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, type TProperties, Type } from "typebox";
import type { ListedSeller } from "../application/catalogue-shelf.ts";
import type { Page, PageRequest } from "../application/ports.ts";
import { parsePartnerId, parseProductCode, parseSellerId } from "../domain/identifiers.ts";
import { partnerJson, productJson, sellerJson } from "./catalogue-json.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";

const config = { access: "catalogue:read" } as const;
const tags = ["parties"];
const ListQuery = Type.Object(
  { ...PageQuery, q: Type.Optional(Type.String({ maxLength: 64, description: "Part of a code or of a name" })) },
  { additionalProperties: false },
);

/** Products, sellers and partners as the seller's own people and systems see them; `PUT` is among the parties' routes. */
export function catalogueRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  const { ledger, hasSealKey } = dependencies;
  const shownSeller = async (listed: ListedSeller) => sellerJson(listed, await hasSealKey(listed.seller.id));
  return async (server) => {
    server.get("/v1/products", list("listProducts", "Product"), async (request, reply) => {
      const [policy, { items, next }] = await Promise.all([
        ledger.currentPolicy(),
        found(request.query, ledger.listProducts),
      ]);
      return reply.send({ items: items.map((product) => productJson(product, policy)), next });
    });

    server.get("/v1/products/:code", one("showProduct", "Product", { code: Type.String() }), async (request, reply) => {
      const code = parseProductCode(request.params.code);
      const product = code && (await ledger.listedProduct(code));
      if (!product) return sendFault(request, reply, "not_found");
      return reply.send(productJson(product, await ledger.currentPolicy()));
    });

    server.get("/v1/sellers", list("listSellers", "Seller"), async (request, reply) => {
      const { items, next } = await found(request.query, ledger.listSellers);
      return reply.send({ items: await Promise.all(items.map(shownSeller)), next });
    });

    server.get(
      "/v1/sellers/:seller",
      one("showSeller", "Seller", { seller: Type.String() }),
      async (request, reply) => {
        const id = parseSellerId(request.params.seller);
        const listed = id && (await ledger.listedSeller(id));
        return listed ? reply.send(await shownSeller(listed)) : sendFault(request, reply, "not_found");
      },
    );

    server.get("/v1/partners", list("listPartners", "Partner"), async (request, reply) => {
      const { items, next } = await found(request.query, ledger.listPartners);
      return reply.send({ items: items.map(partnerJson), next });
    });

    server.get(
      "/v1/partners/:partner",
      one("showPartner", "Partner", { partner: Type.String() }),
      async (request, reply) => {
        const id = parsePartnerId(request.params.partner);
        const listed = id && (await ledger.listedPartner(id));
        return listed ? reply.send(partnerJson(listed)) : sendFault(request, reply, "not_found");
      },
    );
  };
}

function list(operationId: string, item: string) {
  const response = answers({ 200: pageOf(Type.Ref(item)) });
  return { config, schema: { operationId, tags, description: "By code.", querystring: ListQuery, response } };
}

function one<Params extends TProperties>(operationId: string, item: string, params: Params) {
  return {
    config,
    schema: { operationId, tags, params: Type.Object(params), response: answers({ 200: Type.Ref(item) }) },
  };
}

/** What no code and no name can hold is found nowhere. */
async function found<Item>(
  { limit = 50, cursor, q = "" }: Static<typeof ListQuery>,
  read: (text: string | null, page: PageRequest) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  if (q.includes("\0")) return { items: [], next: null };
  const text = q.trim();
  return read(text === "" ? null : text, { limit, cursor: cursor ?? null });
}
