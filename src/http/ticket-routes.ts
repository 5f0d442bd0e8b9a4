import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { answerOnce } from "../application/answer-once.ts";
import {
  type AttachmentFault,
  addTicketMessage,
  attachToTicket,
  LARGEST_ATTACHMENT,
  readAttachment,
} from "../application/answer-ticket.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import { openTicket } from "../application/open-ticket.ts";
import { showTicket } from "../application/show-tickets.ts";
import type { TicketThread } from "../application/ticket-books.ts";
import { parseOrderId } from "../domain/identifiers.ts";
import { parseTicketId, type TicketAttachment } from "../domain/ticket.ts";
import { accountScope, actorOf, ticketScope } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { IdempotencyHeader, isKeyFault, repeatableRequest } from "./idempotency-key.ts";
import { languageOf } from "./language.ts";
import type { FaultCode } from "./problem.ts";
import { sendFault, sendRefusal } from "./problem-reply.ts";
import { optionalProse, prose } from "./schema-parts.ts";
import { answers } from "./schemas.ts";
import { AttachmentSchema, attachmentJson, ThreadSchema, threadJson } from "./ticket-json.ts";

const TicketParams = Type.Object({ ticket: Type.String() });
const LONGEST_MESSAGE = 4000;
/** What a file may be called: no path, no control characters. */
const FileName = Type.String({ minLength: 1, maxLength: 120, pattern: '^[^/\\\\\\u0000-\\u001f\\u007f"]+$' });

export const FAULT_OF_ATTACHMENT = {
  not_a_pdf: "not_a_pdf",
  too_large: "too_large",
  too_many: "too_many_attachments",
  too_busy: "too_many_requests",
} as const satisfies Record<AttachmentFault, FaultCode>;

/** Tickets: opened from a refusal, talked over, with PDFs attached (R20). Each desk sees its own queue only. */
export function ticketRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const tags = ["tickets"];
    server.addContentTypeParser(
      "application/pdf",
      { parseAs: "buffer", bodyLimit: LARGEST_ATTACHMENT },
      (_request, body, done) => done(null, body),
    );

    server.post(
      "/v1/tickets",
      {
        config: { access: "tickets:write" },
        schema: {
          operationId: "openTicket",
          tags,
          headers: IdempotencyHeader,
          body: Type.Object(
            { order: Type.String(), message: optionalProse(LONGEST_MESSAGE, "What the desk should know") },
            { additionalProperties: false },
          ),
          response: answers({ 200: ThreadSchema, 201: ThreadSchema }),
        },
      },
      async (request, reply) => {
        const order = parseOrderId(request.body.order);
        const account = order && (accountScope(request) ?? (await dependencies.ledger.accountOfOrder(order)));
        if (!order || !account) return sendFault(request, reply, "not_found");
        const text = (request.body.message ?? "").trim();
        const { queues } = ticketScope(request);
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, account),
          FIRST_ANSWERS.openTicket,
          (ports) => openTicket(ports, actorOf(request), { account, order, text, onlyQueues: queues }),
        );
        switch (outcome.kind) {
          case "opened": {
            const thread = await showTicket(dependencies, outcome.ticket.id, { account: null, queues: null });
            if (!thread) throw new Error(`ticket ${outcome.ticket.id} is not in the books`);
            return reply
              .code(outcome.isNew ? 201 : 200)
              .header("location", `/v1/tickets/${outcome.ticket.id}`)
              .send(shown(request, thread));
          }
          case "refused":
            return sendRefusal(request, reply, outcome.refuse);
          case "other_desk":
            return sendFault(request, reply, "not_allowed");
          case "request_instead":
            return sendFault(request, reply, "request_instead_of_ticket");
          case "not_found":
          case "idempotency_key_reused":
          case "request_still_running":
            return sendFault(request, reply, outcome.kind);
        }
      },
    );

    server.get(
      "/v1/tickets/:ticket",
      {
        config: { access: "tickets:read" },
        schema: { operationId: "showTicket", tags, params: TicketParams, response: answers({ 200: ThreadSchema }) },
      },
      async (request, reply) => {
        const thread = await find(request, dependencies, request.params.ticket);
        return thread ? reply.send(shown(request, thread)) : sendFault(request, reply, "not_found");
      },
    );

    server.post(
      "/v1/tickets/:ticket/messages",
      {
        config: { access: "tickets:write" },
        schema: {
          operationId: "answerTicket",
          tags,
          params: TicketParams,
          headers: IdempotencyHeader,
          body: Type.Object({ text: prose(LONGEST_MESSAGE, "As it will be read") }, { additionalProperties: false }),
          response: answers({ 201: ThreadSchema }),
        },
      },
      async (request, reply) => {
        const thread = await find(request, dependencies, request.params.ticket);
        if (!thread) return sendFault(request, reply, "not_found");
        const { account, id } = thread.ticket;
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, account),
          FIRST_ANSWERS.answerTicket,
          (ports) => addTicketMessage(ports, actorOf(request), account, id, request.body.text.trim()),
        );
        if (isKeyFault(outcome)) return sendFault(request, reply, outcome.kind);
        if (outcome.kind === "closed") return sendFault(request, reply, "ticket_closed");
        const now = await find(request, dependencies, id);
        return now ? reply.code(201).send(shown(request, now)) : sendFault(request, reply, "not_found");
      },
    );

    server.post(
      "/v1/tickets/:ticket/attachments",
      {
        config: { access: "tickets:write" },
        bodyLimit: LARGEST_ATTACHMENT,
        schema: {
          operationId: "attachToTicket",
          tags,
          params: TicketParams,
          headers: IdempotencyHeader,
          consumes: ["application/pdf"],
          querystring: Type.Object({ name: Type.Optional(FileName) }, { additionalProperties: false }),
          response: answers({ 201: AttachmentSchema }),
        },
      },
      async (request, reply) => {
        const thread = await find(request, dependencies, request.params.ticket);
        if (!thread) return sendFault(request, reply, "not_found");
        if (!Buffer.isBuffer(request.body)) return sendFault(request, reply, "unsupported_media_type");
        const file = { name: request.query.name ?? "attachment.pdf", pdf: request.body };
        const { account, id } = thread.ticket;
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, account),
          FIRST_ANSWERS.attachToTicket,
          (ports) => attachToTicket({ ...ports, uploads: request.uploads }, actorOf(request), account, id, file),
        );
        switch (outcome.kind) {
          case "attached":
            return reply.code(201).send(attachmentJson(outcome.attachment));
          case "faulty":
            return sendFault(request, reply, FAULT_OF_ATTACHMENT[outcome.fault]);
          case "closed":
            return sendFault(request, reply, "ticket_closed");
          case "not_found":
          case "idempotency_key_reused":
          case "request_still_running":
            return sendFault(request, reply, outcome.kind);
        }
      },
    );

    server.get(
      "/v1/tickets/:ticket/attachments/:attachment",
      {
        config: { access: "tickets:read" },
        schema: {
          operationId: "downloadAttachment",
          tags,
          params: Type.Object({ ticket: Type.String(), attachment: Type.String() }),
          response: answers({
            200: { description: "The PDF", content: { "application/pdf": { schema: Type.Unsafe<Buffer>({}) } } },
          }),
        },
      },
      async (request, reply) => {
        const thread = await find(request, dependencies, request.params.ticket);
        const read = thread && (await readAttachment(dependencies, thread, request.params.attachment));
        if (!read) return sendFault(request, reply, "not_found");
        // Saved, never shown in place: what others upload does not run under our address.
        return reply
          .type("application/pdf")
          .header("content-disposition", nameOfAttachment(read.attachment))
          .send(Buffer.from(read.pdf));
      },
    );
  };
}

export async function find(
  request: FastifyRequest,
  dependencies: HttpDependencies,
  text: string,
): Promise<TicketThread | null> {
  const id = parseTicketId(text);
  return id && showTicket(dependencies, id, ticketScope(request));
}

export function shown(request: FastifyRequest, thread: TicketThread) {
  return threadJson(thread, languageOf(request), request.principal?.kind === "buyer");
}

/** The id for old readers; the name that was given for others (RFC 6266, section 4.3). */
function nameOfAttachment({ id, name }: TicketAttachment): string {
  return `attachment; filename="${id}.pdf"; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
