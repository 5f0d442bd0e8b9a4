import type { Proposal, ProposalId, ProposalKind, ProposalState } from "../domain/proposal.ts";
import type { Page, PageRequest } from "./ports.ts";

/** What waits for a second person, within a transaction. */
export interface ProposalBooks {
  /** The proposal, locked until the transaction ends. */
  lockProposal(id: ProposalId): Promise<Proposal | null>;
  /** The one that is open on this object; at most one is. */
  openProposalOn(kind: ProposalKind, object: string): Promise<Proposal | null>;
  /** False when one on the same object was opened meanwhile. */
  insertProposal(proposal: Proposal): Promise<boolean>;
  /** True once, in an installation that was sealing before keys were approved; forgotten then. */
  takeAdoption(): Promise<boolean>;
  /** It must be locked and open. */
  decideProposal(decided: Proposal): Promise<void>;
}

/** The same, as committed. */
export interface ProposalShelf {
  listProposals(state: ProposalState | null, page: PageRequest): Promise<Page<Proposal>>;
  /** SHA-256 of the seal certificates that two persons have approved, or that were adopted. */
  approvedSealKeys(): Promise<ReadonlySet<string>>;
}
