import type { Evidence, EvidenceId } from "../domain/evidence.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { AccountKeyVault } from "./account-keys.ts";
import { auditEvidence } from "./evidence-audit.ts";
import { openEvidence } from "./evidence-lock.ts";
import type { Actor, Clock, Ledger } from "./ports.ts";

export interface ReadEvidencePorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly accountKeys: AccountKeyVault;
}

export type ReadEvidenceOutcome =
  | { readonly kind: "read"; readonly evidence: Evidence; readonly content: Uint8Array }
  /** Altered, or locked by a key that cannot be opened: it is given to nobody. */
  | { readonly kind: "unreadable" }
  | { readonly kind: "not_found" };

/** The content of one piece; that somebody looked is in the audit before they see it. Throws `KeysUnavailable`. */
export async function readEvidence(
  { ledger, clock, accountKeys }: ReadEvidencePorts,
  actor: Actor,
  account: AccountId,
  id: EvidenceId,
): Promise<ReadEvidenceOutcome> {
  const found = await ledger.lockedEvidence(account, id);
  if (!found) return { kind: "not_found" };
  const { evidence, key, locked } = found;
  const plain = await accountKeys.open(account, key.wrapped);
  const content = plain && openEvidence(plain, evidence, locked);
  if (!content) return { kind: "unreadable" };
  const isThere = await ledger.transaction(async (transaction) => {
    // Whoever looks while it is being erased looks in vain.
    if (!(await transaction.holdEvidence(account, id))) return false;
    await auditEvidence(transaction, actor, "evidence.read", evidence, clock.now());
    return true;
  });
  return isThere ? { kind: "read", evidence, content } : { kind: "not_found" };
}
