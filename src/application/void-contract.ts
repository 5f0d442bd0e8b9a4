import { orderOf, type Voiding } from "../domain/contract.ts";
import type { AccountId, ContractNumber } from "../domain/identifiers.ts";
import { standingOf } from "../domain/standing.ts";
import { laterOf } from "../domain/time.ts";
import { endHold } from "./order-announcement.ts";
import type { Actor, Clock, Ledger } from "./ports.ts";

export type VoidOutcome = "voided" | "already_void" | "being_sealed" | "not_found";

/**
 * The desk declares an issued contract void, with a reason (R22): recorded, announced, and seen by whoever verifies it.
 * The file stays as it is and can be downloaded as before (R5).
 */
export async function voidContract(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  actor: Actor,
  number: ContractNumber,
  reason: string,
): Promise<VoidOutcome> {
  const account = (await ledger.contractByNumber(number))?.account;
  if (account === undefined) return "not_found";
  return ledger.transaction(async (transaction): Promise<VoidOutcome> => {
    const contract = await transaction.contractByNumber(account, number);
    if (!contract) return "not_found";
    // The order first, as everybody else does who locks both.
    const orderId = orderOf(contract);
    const order = orderId && (await transaction.lockOrder(account, orderId));
    if (contract.state === "issuing") return "being_sealed";
    // Another node, whose clock is ahead of ours, may have issued it.
    const at = laterOf(clock.now(), contract.issuedAt);
    const before = standingOf(contract, order, at);
    if (before === "void") return "already_void";
    const voiding: Voiding = { at, reason };
    if (!(await transaction.voidContract(contract, voiding, actor))) return "already_void";
    await announce(transaction, actor, account, number, contract.policyVersion, voiding);
    await endHold(transaction, contract, "void", at);
    return "voided";
  });
}

async function announce(
  transaction: Parameters<Parameters<Ledger["transaction"]>[0]>[0],
  actor: Actor,
  account: AccountId,
  number: ContractNumber,
  policyVersion: number,
  { at, reason }: Voiding,
): Promise<void> {
  const detail = { reason, standing: "void" };
  await transaction.audit({
    at,
    actor,
    action: "contract.voided",
    account,
    objectKind: "contract",
    objectId: number,
    policyVersion,
    detail,
  });
  await transaction.publish({ type: "contract.voided", at, account, subject: number, data: detail });
}
