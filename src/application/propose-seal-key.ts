import type { Proposal, ProposalId } from "../domain/proposal.ts";
import type { Actor, Clock, Identifiers, Ledger } from "./ports.ts";
import { auditProposal } from "./proposal-audit.ts";
import type { SealKeyLine } from "./seal-keys.ts";

interface ProposePorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}

export type ProposeKeyOutcome =
  | { readonly kind: "proposed"; readonly proposal: Proposal }
  | { readonly kind: "approved_before" }
  /** It has no certificate yet. */
  | { readonly kind: "nothing_to_propose" };

/** Asks a second person to let a key seal; until then it is not used, whoever has put it there. */
export async function proposeSealKey(
  { ledger, clock, identifiers }: ProposePorts,
  actor: Actor,
  line: SealKeyLine,
): Promise<ProposeKeyOutcome> {
  const { certificate } = line;
  if (certificate === null) return { kind: "nothing_to_propose" };
  if ((await ledger.approvedSealKeys()).has(certificate)) return { kind: "approved_before" };
  return ledger.transaction(async (transaction): Promise<ProposeKeyOutcome> => {
    const open = await transaction.openProposalOn("add_seal_key", certificate);
    if (open) return { kind: "proposed", proposal: open };
    const at = clock.now();
    const proposal: Proposal = {
      ...sealKeyProposal(identifiers.newId() as ProposalId, line, certificate, actor.id),
      proposedAt: at,
    };
    if (!(await transaction.insertProposal(proposal))) {
      const others = await transaction.openProposalOn("add_seal_key", certificate);
      if (others) return { kind: "proposed", proposal: others };
      throw new Error(`the key ${line.name} was proposed and decided within a moment`);
    }
    await auditProposal(transaction, actor, "proposal.made", proposal, at);
    return { kind: "proposed", proposal };
  });
}

const SYSTEM: Actor = { kind: "system", id: "orderseal" };

/**
 * After the update to the version that asks for approval: an installation that has sealed before adopts the keys that it
 * finds, once, and says so in the audit. Answers how many.
 */
export async function adoptSealKeys(
  { ledger, clock, identifiers }: ProposePorts,
  lines: readonly SealKeyLine[],
): Promise<number> {
  return ledger.transaction(async (transaction) => {
    if (!(await transaction.takeAdoption())) return 0;
    const at = clock.now();
    let adopted = 0;
    for (const line of lines) {
      const { certificate } = line;
      if (certificate === null || (await transaction.openProposalOn("add_seal_key", certificate))) continue;
      const made = sealKeyProposal(identifiers.newId() as ProposalId, line, certificate, "before the update");
      const proposal: Proposal = { ...made, proposedAt: at, state: "approved", decidedBy: SYSTEM.id, decidedAt: at };
      await transaction.insertProposal(proposal);
      await auditProposal(transaction, SYSTEM, "proposal.approved", proposal, at);
      adopted += 1;
    }
    return adopted;
  });
}

function sealKeyProposal(
  id: ProposalId,
  { seller, name, algorithm, subject, until }: SealKeyLine,
  certificate: string,
  proposedBy: string,
): Omit<Proposal, "proposedAt"> {
  return {
    ...{ id, kind: "add_seal_key", account: null, object: certificate, reason: null, proposedBy },
    detail: { seller, name, algorithm, subject, until },
    ...{ state: "open", decidedBy: null, decidedAt: null },
  };
}
