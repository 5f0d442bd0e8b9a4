import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { listOrders, type OrderView } from "../application/list-orders.ts";
import { OrderDocument, parseOrderDocument } from "../application/order-document.ts";
import { recordOrder } from "../application/record-order.ts";
import { showOrder } from "../application/show-order.ts";
import { parseAccountId, parseOrderId, parseProductCode } from "../domain/identifiers.ts";
import { accountScope, actorOf } from "./authentication.ts";
import { rungJson } from "./decision-json.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { languageOf } from "./language.ts";
import { orderJson } from "./order-json.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { answers, OrderSchema, PageQuery, pageOf } from "./schemas.ts";

const View = Type.Union([Type.Literal("all"), Type.Literal("contractable"), Type.Literal("unpaid")]);
const State = Type.Union(["unpaid", "paid", "cancelled", "expired", "refunded"].map((state) => Type.Literal(state)));
const OrderParams = Type.Object({ order: Type.String() });

const ListQuery = Type.Object(
  {
    ...PageQuery,
    account: Type.Optional(Type.String({ description: "Machines only; a buyer sees the own account" })),
    view: Type.Optional(View),
    q: Type.Optional(
      Type.String({
        maxLength: 64,
        description:
          "The beginning of an order number or domain name; where none begins so, any part of one, looked for from the newest on. Among very many a page may have few items, or none, and a next page all the same.",
      }),
    ),
    product: Type.Optional(Type.String({ maxLength: 64 })),
    state: Type.Optional(State),
  },
  { additionalProperties: false },
);

const RungSchema = Type.Object({
  rung: Type.String(),
  outcome: Type.Union([Type.Literal("passed"), Type.Literal("refused"), Type.Literal("would_refuse")]),
  sentence: Type.Union([Type.String(), Type.Null()]),
});

/** Orders: listed and shown with their decision (R1, R24), and reported by machines. */
export function orderRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { ledger } = dependencies;

    server.get(
      "/v1/orders",
      {
        config: { access: "orders:read" },
        schema: {
          operationId: "listOrders",
          tags: ["orders"],
          querystring: ListQuery,
          response: answers({ 200: pageOf(Type.Ref("Order")) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, cursor = null, view = "all", q, product, state } = request.query;
        const asked = request.query.account === undefined ? null : parseAccountId(request.query.account);
        const scope = accountScope(request);
        if (request.query.account !== undefined && (asked === null || (scope !== null && scope !== asked))) {
          return sendFault(request, reply, "not_found");
        }
        // What no order number, domain name or product code can hold is found nowhere, rather than left out.
        const code = product === undefined ? null : parseProductCode(product);
        if ((product !== undefined && code === null) || q?.includes("\0")) return reply.send({ items: [], next: null });
        const filter = {
          account: scope ?? asked,
          state: (state ?? null) as Parameters<typeof listOrders>[2]["state"],
          product: code,
          text: q === undefined || q.trim() === "" ? null : q.trim(),
        };
        const page = await listOrders(dependencies, view as OrderView, filter, { limit, cursor });
        const products = await ledger.products();
        const language = languageOf(request);
        return reply.send({ items: page.items.map((item) => orderJson(item, products, language)), next: page.next });
      },
    );

    server.get(
      "/v1/orders/:order",
      {
        config: { access: "orders:read" },
        schema: {
          operationId: "showOrder",
          tags: ["orders"],
          params: OrderParams,
          response: answers({ 200: Type.Intersect([OrderSchema, Type.Object({ rungs: Type.Array(RungSchema) })]) }),
        },
      },
      async (request, reply) => {
        const order = parseOrderId(request.params.order);
        const shown = order && (await showOrder(dependencies, order, accountScope(request)));
        if (!shown) return sendFault(request, reply, "not_found");
        const language = languageOf(request);
        const rungs = shown.rungs.map((rung) => rungJson(rung, language));
        return reply.send({ ...orderJson(shown, await ledger.products(), language), rungs });
      },
    );

    server.put(
      "/v1/orders/:order",
      {
        config: { access: "orders:write" },
        // The document's own parser names the field and the way out in both languages.
        validatorCompiler: () => () => true,
        schema: {
          operationId: "putOrder",
          tags: ["orders"],
          params: OrderParams,
          body: OrderDocument,
          response: answers({
            200: Type.Object({
              order: Type.String(),
              outcome: Type.String({ description: "created, updated, unchanged, or stale (an older revision)" }),
            }),
          }),
        },
      },
      async (request, reply) => {
        const order = parseOrderId(request.params.order);
        const seller = await ledger.defaultSeller();
        if (!order || !seller) return sendFault(request, reply, "not_found");
        const parsed = parseOrderDocument(request.body, { order, seller: seller.id });
        if (!parsed.ok) return sendInputFault(request, reply, parsed.fault);
        const recorded = await recordOrder(dependencies, actorOf(request), parsed.value);
        if (!recorded.ok) return sendInputFault(request, reply, recorded.fault);
        return reply.send({ order, outcome: recorded.value });
      },
    );
  };
}
