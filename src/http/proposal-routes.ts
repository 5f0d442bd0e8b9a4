import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { type DecideOutcome, decideProposal, type Verdict } from "../application/decide-proposal.ts";
import { PROPOSAL_STATES, type ProposalState, parseProposalId } from "../domain/proposal.ts";
import type { Permission } from "../domain/roles.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import type { FaultCode } from "./problem.ts";
import { sendFault } from "./problem-reply.ts";
import { proposalJson } from "./proposal-json.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";

/** What takes two persons: looked at, approved, rejected, taken back. */
export function proposalRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const tags = ["proposals"];

    server.get(
      "/v1/proposals",
      {
        config: { access: "proposals:read" },
        schema: {
          operationId: "listProposals",
          tags,
          querystring: Type.Object(
            {
              ...PageQuery,
              state: Type.Optional(Type.Unsafe<ProposalState>({ type: "string", enum: [...PROPOSAL_STATES] })),
            },
            { additionalProperties: false },
          ),
          response: answers({ 200: pageOf(Type.Ref("Proposal")) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, cursor = null, state = null } = request.query;
        const { items, next } = await dependencies.ledger.listProposals(state, { limit, cursor });
        return reply.send({ items: items.map((proposal) => proposalJson(request, proposal)), next });
      },
    );

    for (const verdict of ["approve", "reject", "withdraw"] as const) {
      server.post(
        `/v1/proposals/:proposal/${verdict}`,
        {
          // What each kind asks for besides is asked below.
          config: { access: "proposals:decide" },
          schema: {
            operationId: `${verdict}Proposal`,
            tags,
            description: SAID[verdict],
            params: Type.Object({ proposal: Type.String() }),
            response: answers({ 200: Type.Ref("Proposal") }),
          },
        },
        async (request, reply) => {
          const id = parseProposalId(request.params.proposal);
          if (!id) return sendFault(request, reply, "not_found");
          const may = (permission: Permission) => request.principal?.permissions.has(permission) ?? false;
          const outcome = await decideProposal(dependencies, actorOf(request), id, verdict, may);
          if (outcome.kind !== "decided") return sendFault(request, reply, FAULTS[outcome.kind]);
          return reply.send(proposalJson(request, outcome.proposal));
        },
      );
    }
  };
}

const SAID: Record<Verdict, string> = {
  approve: "By another person than proposed it; what was proposed is done at once. Repeated, it is answered 409.",
  reject: "By another person than proposed it.",
  withdraw: "By whoever proposed it.",
};

const FAULTS = {
  not_found: "not_found",
  not_allowed: "not_allowed",
  decided_before: "proposal_decided",
  second_person_needed: "second_person_needed",
  not_yours: "not_allowed",
  already_void: "contract_already_void",
} as const satisfies Record<Exclude<DecideOutcome["kind"], "decided">, FaultCode>;
