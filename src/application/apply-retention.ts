import { instantOf } from "../domain/time.ts";
import type { Actor, Clock, Ledger } from "./ports.ts";

/** How many days what is kept; null: until somebody erases it. */
export interface Retention {
  /** After the last thing that happened to the account: evidence given, an order, a contract, the end of a term. */
  readonly evidence: number | null;
  /** After the delivery; those that were given up are kept until they are sent again. */
  readonly webhookDeliveries: number | null;
}

export interface RetentionPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly retention: Retention;
}

/** Deleted in some milliseconds, so that nobody waits for it. */
const AT_ONCE = 500;
const DAY_MS = 86_400_000;
const SYSTEM: Actor = { kind: "system", id: "retention" };

/** Deletes some of what its time is over for, each batch recorded with it; true when more may be left. */
export async function applyRetention(ports: RetentionPorts): Promise<boolean> {
  const evidence = await deleteEvidence(ports);
  const deliveries = await deleteDeliveries(ports);
  return evidence === AT_ONCE || deliveries === AT_ONCE;
}

async function deleteEvidence({ ledger, clock, retention }: RetentionPorts): Promise<number> {
  const { evidence: days } = retention;
  if (days === null) return 0;
  const at = clock.now();
  return ledger.transaction(async (transaction) => {
    const deleted = await transaction.deleteDueEvidence(instantOf(at - days * DAY_MS), AT_ONCE);
    for (const [account, pieces] of deleted) {
      await transaction.audit({
        ...{ at, actor: SYSTEM, account, policyVersion: null },
        action: "evidence.expired",
        objectKind: "account",
        objectId: account,
        detail: { pieces, days },
      });
    }
    return [...deleted.values()].reduce((sum, pieces) => sum + pieces, 0);
  });
}

async function deleteDeliveries({ ledger, clock, retention }: RetentionPorts): Promise<number> {
  const { webhookDeliveries: days } = retention;
  if (days === null) return 0;
  return ledger.transaction(async (transaction) => {
    const count = await transaction.deleteOldDeliveries(days, AT_ONCE);
    if (count === 0) return 0;
    await transaction.audit({
      ...{ at: clock.now(), actor: SYSTEM, account: null, policyVersion: null },
      action: "webhook_deliveries.expired",
      objectKind: "webhook_deliveries",
      objectId: "delivered",
      detail: { count, days },
    });
    return count;
  });
}
