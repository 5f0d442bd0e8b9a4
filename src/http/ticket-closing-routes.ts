import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { answerOnce } from "../application/answer-once.ts";
import { LARGEST_ATTACHMENT } from "../application/answer-ticket.ts";
import { type CloseOutcome, rejectTicket, resolveTicket } from "../application/close-ticket.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { IdempotencyHeader, isKeyFault, repeatableRequest } from "./idempotency-key.ts";
import { invalidField } from "./invalid-field.ts";
import type { FaultCode } from "./problem.ts";
import { sendFault, sendInputFault, sendRefusal } from "./problem-reply.ts";
import { prose } from "./schema-parts.ts";
import { answers } from "./schemas.ts";
import { ThreadSchema } from "./ticket-json.ts";
import { FAULT_OF_ATTACHMENT, find, shown } from "./ticket-routes.ts";

const Closing = Type.Union([
  Type.Object({ outcome: Type.Literal("resolved") }, { additionalProperties: false }),
  Type.Object(
    {
      outcome: Type.Literal("rejected"),
      reason: prose(1000, "For the buyer to read"),
    },
    { additionalProperties: false },
  ),
]);

const FAULTS = {
  other_contract: "file_is_another_contract",
  seller_unknown: "seller_not_known",
  pdf_needed: "pdf_needed",
  no_pdf_wanted: "no_pdf_wanted",
  closed: "ticket_closed",
  not_found: "not_found",
} as const satisfies Record<Exclude<CloseOutcome["kind"], "resolved" | "rejected" | "refused" | "faulty">, FaultCode>;

/** The desk ends a ticket: with the signed PDF as the body, or with a reason (R20). */
export function ticketClosingRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.addContentTypeParser(
      "application/pdf",
      { parseAs: "buffer", bodyLimit: LARGEST_ATTACHMENT },
      (_request, body, done) => done(null, body),
    );
    server.post(
      "/v1/tickets/:ticket/resolve",
      {
        config: { access: "tickets:resolve" },
        bodyLimit: LARGEST_ATTACHMENT,
        schema: {
          operationId: "resolveTicket",
          tags: ["tickets"],
          description:
            "Body application/pdf: the signed contract, which becomes the order's one contract. " +
            "Body JSON: rejected with a reason, or resolved without a file where no contract is wanted.",
          consumes: ["application/pdf", "application/json"],
          params: Type.Object({ ticket: Type.String() }),
          headers: IdempotencyHeader,
          // A PDF comes as bytes, which no schema describes; what is none is checked below.
          body: Type.Unsafe<unknown>(Type.Union([Closing, Type.Any()])),
          response: answers({ 200: ThreadSchema }),
        },
      },
      async (request, reply) => {
        const thread = await find(request, dependencies, request.params.ticket);
        if (!thread) return sendFault(request, reply, "not_found");
        const { account, id } = thread.ticket;
        const { body } = request;
        const closing = Buffer.isBuffer(body) ? ({ outcome: "resolved", pdf: body } as const) : closingOf(body);
        if (!closing) return sendInputFault(request, reply, invalidClosing(body));
        const actor = actorOf(request);
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, account),
          FIRST_ANSWERS.resolveTicket,
          (ports) =>
            closing.outcome === "rejected"
              ? rejectTicket(ports, actor, account, id, closing.reason.trim())
              : resolveTicket({ ...ports, uploads: request.uploads }, actor, account, id, closing.pdf),
        );
        if (isKeyFault(outcome)) return sendFault(request, reply, outcome.kind);
        if (outcome.kind === "refused") return sendRefusal(request, reply, outcome.refuse);
        if (outcome.kind === "faulty") return sendFault(request, reply, FAULT_OF_ATTACHMENT[outcome.fault]);
        if (outcome.kind !== "resolved" && outcome.kind !== "rejected") {
          return sendFault(request, reply, FAULTS[outcome.kind]);
        }
        const now = await find(request, dependencies, id);
        return now ? reply.send(shown(request, now)) : sendFault(request, reply, "not_found");
      },
    );
  };
}

function closingOf(body: unknown) {
  if (!Value.Check(Closing, body)) return null;
  return body.outcome === "rejected" ? body : ({ outcome: body.outcome, pdf: null } as const);
}

function invalidClosing(body: unknown): InputFault {
  const given = typeof body === "object" && body !== null && "outcome" in body ? body.outcome : null;
  if (given !== "rejected") return invalidField("outcome", typeof given === "string" ? given : "");
  return invalidField("reason", "");
}
