import { parseContractNumber } from "../domain/contract-number.ts";
import type { Proposal, ProposalId, ProposalKind } from "../domain/proposal.ts";
import type { Permission } from "../domain/roles.ts";
import type { Actor, Clock, Ledger, LedgerTransaction } from "./ports.ts";
import { auditProposal } from "./proposal-audit.ts";
import { isSamePerson } from "./same-person.ts";
import { voidWithin } from "./void-contract.ts";

interface ProposalPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** What whoever decides must be permitted to do; whoever may decide may also propose. */
export const MAY_DECIDE = {
  void_contract: "contracts:void",
  add_seal_key: "seal-keys:approve",
} as const satisfies Record<ProposalKind, Permission>;

export type Verdict = "approve" | "reject" | "withdraw";

export type DecideOutcome =
  | { readonly kind: "decided"; readonly proposal: Proposal }
  | { readonly kind: "not_found" }
  | { readonly kind: "not_allowed" }
  /** Somebody was faster. */
  | { readonly kind: "decided_before" }
  /** Who proposes does not decide: what binds the company needs two persons. */
  | { readonly kind: "second_person_needed" }
  /** Only who proposed it takes it back. */
  | { readonly kind: "not_yours" }
  /** The contract is void already, by its order or by somebody else. */
  | { readonly kind: "already_void" };

const STATE_OF = { approve: "approved", reject: "rejected", withdraw: "withdrawn" } as const;

/** The second person approves, and what was proposed is done in the same transaction, or rejects; the first may withdraw. */
export async function decideProposal(
  { ledger, clock }: ProposalPorts,
  person: Actor,
  id: ProposalId,
  verdict: Verdict,
  may: (permission: Permission) => boolean,
): Promise<DecideOutcome> {
  return ledger
    .transaction(async (transaction): Promise<DecideOutcome> => {
      const proposal = await transaction.lockProposal(id);
      if (!proposal) return { kind: "not_found" };
      if (!may(MAY_DECIDE[proposal.kind])) return { kind: "not_allowed" };
      if (proposal.state !== "open") return { kind: "decided_before" };
      const isProposer = isSamePerson(proposal.proposedBy, person.id);
      if (verdict === "withdraw" && !isProposer) return { kind: "not_yours" };
      if (verdict !== "withdraw" && isProposer) return { kind: "second_person_needed" };
      const at = clock.now();
      const decided: Proposal = { ...proposal, state: STATE_OF[verdict], decidedBy: person.id, decidedAt: at };
      await transaction.decideProposal(decided);
      if (verdict === "approve" && proposal.kind === "void_contract") {
        const outcome = await voidProposed(transaction, clock, person, proposal);
        // Undone with all of it: the proposal stays open, and can be withdrawn or rejected.
        if (outcome !== "voided") throw new AlreadyVoid();
      }
      await auditProposal(transaction, person, `proposal.${STATE_OF[verdict]}`, decided, at);
      return { kind: "decided", proposal: decided };
    })
    .catch((error: unknown): DecideOutcome => {
      if (error instanceof AlreadyVoid) return { kind: "already_void" };
      throw error;
    });
}

async function voidProposed(
  transaction: LedgerTransaction,
  clock: Clock,
  person: Actor,
  { account, object, reason }: Proposal,
) {
  const number = parseContractNumber(object);
  if (account === null || number === null || reason === null) throw new Error(`${object} was proposed for voiding`);
  return voidWithin(transaction, clock, person, { account, number }, reason);
}

/** Thrown so that the transaction is undone. */
class AlreadyVoid extends Error {}
