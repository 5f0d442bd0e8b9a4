import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { MAY_DECIDE } from "../application/decide-proposal.ts";
import { isSamePerson } from "../application/same-person.ts";
import {
  PROPOSAL_KINDS,
  PROPOSAL_STATES,
  type Proposal,
  type ProposalKind,
  type ProposalState,
} from "../domain/proposal.ts";
import { isoOf } from "../domain/time.ts";
import { actorOf } from "./authentication.ts";
import { Instant, NullableInstant, NullableText } from "./schema-parts.ts";

export const ProposalSchema = Type.Object(
  {
    id: Type.String(),
    kind: Type.Unsafe<ProposalKind>({ type: "string", enum: [...PROPOSAL_KINDS] }),
    account: NullableText,
    object: Type.String({ description: "Number of the contract, or SHA-256 of the seal certificate" }),
    reason: NullableText,
    detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()])),
    proposedBy: Type.String(),
    proposedAt: Instant,
    state: Type.Unsafe<ProposalState>({ type: "string", enum: [...PROPOSAL_STATES] }),
    decidedBy: NullableText,
    decidedAt: NullableInstant,
    mine: Type.Boolean({ description: "Whoever asks has proposed it, and can withdraw it" }),
    mayDecide: Type.Boolean({ description: "Whoever asks can approve or reject it" }),
  },
  { $id: "Proposal", description: "What one person proposes and another decides" },
);

export function proposalJson(request: FastifyRequest, proposal: Proposal): Static<typeof ProposalSchema> {
  const { proposedAt, decidedAt, detail, ...rest } = proposal;
  const mine = isSamePerson(proposal.proposedBy, actorOf(request).id);
  const mayDecide = request.principal?.permissions.has(MAY_DECIDE[proposal.kind]) ?? false;
  return {
    ...rest,
    detail: { ...detail },
    proposedAt: isoOf(proposedAt),
    decidedAt: decidedAt && isoOf(decidedAt),
    mine: mine && proposal.state === "open",
    mayDecide: mayDecide && !mine && proposal.state === "open",
  };
}
