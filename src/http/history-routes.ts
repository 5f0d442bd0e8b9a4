import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import type { AuditLine, HistorySubject } from "../application/audit-shelf.ts";
import { auditLineJson } from "../application/export-audit.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import { parseOrderId } from "../domain/identifiers.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { Instant } from "./schema-parts.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";
import { find } from "./ticket-routes.ts";

/** As an entry of the audit, without the caller's address and its place in the audit. */
const HistoryEntrySchema = Type.Object({
  id: Type.String(),
  at: Instant,
  actor: Type.Object({ kind: Type.String(), id: Type.String() }),
  action: Type.String(),
  object: Type.Object({ kind: Type.String(), id: Type.String() }),
  policyVersion: Type.Union([Type.Integer(), Type.Null()]),
  detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
});

/** What happened to one order, contract or ticket, for whoever of the seller works on it and does not read the audit. */
export function historyRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  const { ledger } = dependencies;
  return async (server) => {
    const config = { access: "history:read" } as const;
    const querystring = Type.Object(PageQuery, { additionalProperties: false });
    const response = answers({ 200: pageOf(HistoryEntrySchema) });
    const read = async (subject: HistorySubject, limit = 50, cursor: string | null = null) => {
      const { items, next } = await ledger.listHistory(subject, { limit, cursor });
      return { items: items.map(entryJson), next };
    };

    server.get(
      "/v1/orders/:order/history",
      {
        config,
        schema: {
          operationId: "showOrderHistory",
          tags: ["orders"],
          description: "Newest first, out of the audit; an entry is here within a second of the change.",
          params: Type.Object({ order: Type.String() }),
          querystring,
          response,
        },
      },
      async (request, reply) => {
        const id = parseOrderId(request.params.order);
        const account = id && (await ledger.accountOfOrder(id));
        if (!id || !account) return sendFault(request, reply, "not_found");
        return reply.send(await read({ kind: "order", account, id }, request.query.limit, request.query.cursor));
      },
    );

    server.get(
      "/v1/contracts/:number/history",
      {
        config,
        schema: {
          operationId: "showContractHistory",
          tags: ["contracts"],
          description:
            "Newest first, out of the audit, with who proposed to void it and what was decided of that; an entry is here within a second of the change.",
          params: Type.Object({ number: Type.String() }),
          querystring,
          response,
        },
      },
      async (request, reply) => {
        const id = parseContractNumber(request.params.number);
        const contract = id && (await ledger.contractByNumber(id));
        if (!id || !contract) return sendFault(request, reply, "not_found");
        const { account } = contract;
        return reply.send(await read({ kind: "contract", account, id }, request.query.limit, request.query.cursor));
      },
    );

    server.get(
      "/v1/tickets/:ticket/history",
      {
        config,
        schema: {
          operationId: "showTicketHistory",
          tags: ["tickets"],
          description: "Newest first, out of the audit, of a ticket in a queue that the asker sees.",
          params: Type.Object({ ticket: Type.String() }),
          querystring,
          response,
        },
      },
      async (request, reply) => {
        const thread = await find(request, dependencies, request.params.ticket);
        if (!thread) return sendFault(request, reply, "not_found");
        const { account, id } = thread.ticket;
        return reply.send(await read({ kind: "ticket", account, id }, request.query.limit, request.query.cursor));
      },
    );
  };
}

function entryJson(line: AuditLine) {
  const { id, at, actor, action, object, policyVersion, detail } = auditLineJson(line);
  return { id, at, actor, action, object, policyVersion, detail };
}
