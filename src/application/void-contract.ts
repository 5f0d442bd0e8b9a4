import { type Contract, orderOf, type Voiding } from "../domain/contract.ts";
import type { ContractNumber } from "../domain/identifiers.ts";
import { isVoidedByTwo, type Proposal, type ProposalId, type StatedAmount } from "../domain/proposal.ts";
import { standingOf } from "../domain/standing.ts";
import { laterOf } from "../domain/time.ts";
import { endHold } from "./order-announcement.ts";
import type { Actor, Clock, Identifiers, Ledger, LedgerTransaction } from "./ports.ts";
import { auditProposal } from "./proposal-audit.ts";

type Unvoided = "already_void" | "being_sealed" | "not_found";
export type VoidOutcome =
  | "voided"
  | Unvoided
  /** It takes a second person, who finds it among the proposals; proposed once, it waits there. */
  | { readonly kind: "proposed"; readonly proposal: Proposal };

interface VoidPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}

/**
 * The desk declares an issued contract void, with a reason (R22): recorded, announced, and seen by whoever verifies it.
 * The file stays as it is and can be downloaded as before (R5). Above the policy's amount one person only proposes it.
 */
export async function voidContract(
  { ledger, clock, identifiers }: VoidPorts,
  actor: Actor,
  number: ContractNumber,
  reason: string,
): Promise<VoidOutcome> {
  const known = await ledger.contractByNumber(number);
  if (!known) return "not_found";
  const { account } = known;
  const stated = statedAmount(await ledger.frozenData(known));
  return ledger.transaction(async (transaction): Promise<VoidOutcome> => {
    if (!isVoidedByTwo(await transaction.currentPolicy(), stated)) {
      return voidWithin(transaction, clock, actor, known, reason);
    }
    const unvoidable = await findObstacle(transaction, clock, known);
    if (unvoidable) return unvoidable;
    const open = await transaction.openProposalOn("void_contract", number);
    if (open) return { kind: "proposed", proposal: open };
    const at = clock.now();
    const proposal: Proposal = {
      ...{ id: identifiers.newId() as ProposalId, kind: "void_contract", account, object: number, reason },
      detail: { total: stated?.total ?? null, currency: stated?.currency ?? null },
      ...{ proposedBy: actor.id, proposedAt: at, state: "open", decidedBy: null, decidedAt: null },
    };
    if (!(await transaction.insertProposal(proposal))) {
      const others = await transaction.openProposalOn("void_contract", number);
      if (others) return { kind: "proposed", proposal: others };
      throw new Error(`voiding ${number} was proposed and decided within a moment`);
    }
    await auditProposal(transaction, actor, "proposal.made", proposal, at);
    return { kind: "proposed", proposal };
  });
}

/** Voids it within a transaction that knows that it may. */
export async function voidWithin(
  transaction: LedgerTransaction,
  clock: Clock,
  actor: Actor,
  { account, number }: Pick<Contract, "account" | "number">,
  reason: string,
): Promise<"voided" | Unvoided> {
  const contract = await transaction.contractByNumber(account, number);
  if (!contract) return "not_found";
  // The order first, as everybody else does who locks both.
  const orderId = orderOf(contract);
  const order = orderId && (await transaction.lockOrder(account, orderId));
  if (contract.state === "issuing") return "being_sealed";
  // Another node, whose clock is ahead of ours, may have issued it.
  const at = laterOf(clock.now(), contract.issuedAt);
  if (standingOf(contract, order, at) === "void") return "already_void";
  const voiding: Voiding = { at, reason };
  if (!(await transaction.voidContract(contract, voiding, actor))) return "already_void";
  const detail = { reason, standing: "void" };
  await transaction.audit({
    ...{ at, actor, action: "contract.voided", account, objectKind: "contract", objectId: number, detail },
    policyVersion: contract.policyVersion,
  });
  await transaction.publish({ type: "contract.voided", at, account, subject: number, data: detail });
  await endHold(transaction, contract, "void", at);
  return "voided";
}

async function findObstacle(
  transaction: LedgerTransaction,
  clock: Clock,
  { account, number }: Contract,
): Promise<Unvoided | null> {
  const contract = await transaction.contractByNumber(account, number);
  if (!contract) return "not_found";
  const orderId = orderOf(contract);
  const order = orderId && (await transaction.lockOrder(account, orderId));
  if (contract.state === "issuing") return "being_sealed";
  return standingOf(contract, order, laterOf(clock.now(), contract.issuedAt)) === "void" ? "already_void" : null;
}

/** What the frozen data states; offline contracts and pay-as-you-go ones state no amount. */
function statedAmount(snapshotJson: string): StatedAmount | null {
  const said = JSON.parse(snapshotJson) as { currency?: string; amounts?: { total: string } | null };
  return said.amounts && said.currency !== undefined ? { currency: said.currency, total: said.amounts.total } : null;
}
