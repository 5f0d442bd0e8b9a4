import type { Proposal } from "../domain/proposal.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor, LedgerTransaction } from "./ports.ts";

/** Writes down what a person did with something that takes two. */
export async function auditProposal(
  transaction: LedgerTransaction,
  actor: Actor,
  action: "proposal.made" | "proposal.approved" | "proposal.rejected" | "proposal.withdrawn",
  { id, kind, account, object, proposedBy }: Proposal,
  at: Instant,
): Promise<void> {
  await transaction.audit({
    ...{ at, actor, action, account },
    objectKind: "proposal",
    objectId: id,
    policyVersion: null,
    detail: { kind, object, proposedBy },
  });
}
