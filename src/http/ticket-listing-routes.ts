import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import type { TicketFilter } from "../application/listed.ts";
import { listTickets } from "../application/show-tickets.ts";
import { parseAccountId, parseOrderId } from "../domain/identifiers.ts";
import { TICKET_QUEUES, type TicketQueue, type TicketSide } from "../domain/ticket.ts";
import { actorOf, ticketScope } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { languageOf } from "./language.ts";
import { sendFault } from "./problem-reply.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";
import { listedTicketJson, Person } from "./ticket-json.ts";

const oneOf = <Value extends string>(values: readonly Value[], description: string) =>
  Type.Optional(Type.Unsafe<Value>({ type: "string", enum: [...values], description }));

const TicketQuery = Type.Object(
  {
    ...PageQuery,
    account: Type.Optional(Type.String()),
    state: oneOf(["open", "resolved", "rejected"] as const, "What became of it"),
    queue: oneOf<TicketQueue>(TICKET_QUEUES, "Of those that the asker may see"),
    order: Type.Optional(Type.String({ description: "The number of an order" })),
    assignee: Type.Optional(
      Type.String({ ...Person, description: "me, nobody, or a person of the seller. Not for buyers" }),
    ),
    waitsFor: oneOf<TicketSide>(["buyer", "desk"], "Open ones: whose turn it is. Not for buyers"),
    sort: oneOf(["newest", "oldest"] as const, "By the time at which they were opened; newest unless said otherwise"),
  },
  { additionalProperties: false },
);

/** Tickets as the asker may see them, page by page. */
export function ticketListingRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/v1/tickets",
      {
        config: { access: "tickets:read" },
        schema: {
          operationId: "listTickets",
          tags: ["tickets"],
          querystring: TicketQuery,
          response: answers({ 200: pageOf(Type.Ref("Ticket")) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, cursor = null, account, assignee, waitsFor } = request.query;
        const isBuyer = request.principal?.kind === "buyer";
        if (isBuyer && (assignee !== undefined || waitsFor !== undefined)) {
          return sendFault(request, reply, "not_allowed");
        }
        const { account: own } = ticketScope(request);
        const asked = account === undefined ? null : parseAccountId(account);
        if (account !== undefined && (asked === null || (own !== null && own !== asked))) {
          return sendFault(request, reply, "not_found");
        }
        const filter = filterOf(request, request.query);
        if (filter === null) return reply.send({ items: [], next: null });
        const page = await listTickets(dependencies, { ...filter, account: own ?? asked }, { limit, cursor });
        const language = languageOf(request);
        return reply.send({
          items: page.items.map((ticket) => listedTicketJson(ticket, language, isBuyer)),
          next: page.next,
        });
      },
    );
  };
}

/** Null where nothing can match: no order has such a number, or the queue is not the asker's. */
function filterOf(
  request: FastifyRequest,
  { state, queue, order, assignee, waitsFor, sort }: Static<typeof TicketQuery>,
): Omit<TicketFilter, "account"> | null {
  const { account, queues: own } = ticketScope(request);
  const queues = queue === undefined ? own : (own ?? TICKET_QUEUES).filter((each) => each === queue);
  const number = order === undefined ? null : parseOrderId(order.trim());
  if ((order !== undefined && number === null) || queues?.length === 0) return null;
  return {
    forBuyer: account !== null,
    queues,
    state: state ?? null,
    assignee: assignee === undefined ? null : whose(request, assignee),
    order: number,
    waitsFor: waitsFor ?? null,
    oldestFirst: sort === "oldest",
  };
}

function whose(request: FastifyRequest, assignee: string): TicketFilter["assignee"] {
  if (assignee === "nobody") return assignee;
  return { person: assignee === "me" ? actorOf(request).id : assignee };
}
