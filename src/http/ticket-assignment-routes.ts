import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { assignTicket } from "../application/assign-ticket.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { languageOf } from "./language.ts";
import { sendFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";
import { Person, ThreadSchema } from "./ticket-json.ts";
import { find, shown } from "./ticket-routes.ts";

const Whose = Type.Union([Type.String({ ...Person }), Type.Null()]);

/** Who of a desk works on which ticket. */
export function ticketAssignmentRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.post(
      "/v1/tickets/:ticket/assign",
      {
        config: { access: "tickets:resolve" },
        schema: {
          operationId: "assignTicket",
          tags: ["tickets"],
          description:
            "Makes an open ticket somebody's: me, the name of a person as the audit has it, or null for nobody. " +
            "A ticket that somebody else has is taken over only where `from` names that person; else it is answered 409, " +
            "which says whose it is. Asked twice, the second changes nothing.",
          params: Type.Object({ ticket: Type.String() }),
          body: Type.Object(
            {
              assignee: Whose,
              from: Type.Optional(
                Type.Union(Whose.anyOf, {
                  description: "Whose it is as far as the asker knows; left out: nobody's, or the asker's own",
                }),
              ),
            },
            { additionalProperties: false },
          ),
          response: answers({ 200: ThreadSchema }),
        },
      },
      async (request, reply) => {
        const thread = await find(request, dependencies, request.params.ticket);
        if (!thread) return sendFault(request, reply, "not_found");
        const { account, id } = thread.ticket;
        const { assignee, from = "me" } = request.body;
        const assignment = { to: personIn(request, assignee), from: personIn(request, from) };
        const outcome = await assignTicket(dependencies, actorOf(request), account, id, assignment);
        switch (outcome.kind) {
          case "assigned": {
            const now = await find(request, dependencies, id);
            return now ? reply.send(shown(request, now)) : sendFault(request, reply, "not_found");
          }
          case "of_somebody_else":
            return sendFault(request, reply, "ticket_assigned_to_other", {
              detail: sentenceOn(outcome.assignee)[languageOf(request)],
            });
          case "closed":
            return sendFault(request, reply, "ticket_closed");
          case "not_found":
            return sendFault(request, reply, "not_found");
        }
      },
    );
  };
}

function personIn(request: FastifyRequest, named: string | null): string | null {
  if (named === "nobody") return null;
  return named === "me" ? actorOf(request).id : named;
}

/** The same as the code's own sentence, with the name. */
function sentenceOn(assignee: string) {
  return {
    "zh-CN": `该工单由 ${assignee} 处理中；如需由您办理，请接手该工单。`,
    en: `${assignee} is working on this ticket; take it over if it is to be yours.`,
  };
}
