import { cycleOf, orderOf, type UnissuedContract } from "../domain/contract.ts";
import type { TimestampFault } from "../domain/timestamp-fault.ts";
import type { Actor, Clock, Ledger } from "./ports.ts";

/**
 * Writes down that the contract waits for its timestamp, and why the last attempt failed; that it began to wait is
 * audited and announced once. Null when somebody else has issued it meanwhile.
 */
export async function waitForTimestamp(
  { ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock },
  actor: Actor,
  contract: UnissuedContract,
  reason: TimestampFault,
): Promise<UnissuedContract | null> {
  const { account, number, policyVersion } = contract;
  const at = clock.now();
  return ledger.transaction(async (transaction) => {
    const marked = await transaction.markWaiting(contract, { what: "timestamp", since: at, reason });
    if (!marked) return null;
    if (marked.began) {
      const data = { order: orderOf(contract), bill: cycleOf(contract), reason };
      await transaction.audit({
        at,
        actor,
        action: "contract.timestamp_pending",
        account,
        objectKind: "contract",
        objectId: number,
        policyVersion,
        detail: data,
      });
      await transaction.publish({ type: "contract.timestamp_pending", at, account, subject: number, data });
    }
    return { ...contract, waitingFor: { what: "timestamp", since: marked.since, reason } };
  });
}
