import type { KeptProfile } from "../domain/contact-profile.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor, LedgerTransaction } from "./ports.ts";

/** Who changed a profile, and which; never what it says, nor what it is called. */
export async function auditProfile(
  transaction: LedgerTransaction,
  actor: Actor,
  action: "contact_profile.created" | "contact_profile.changed" | "contact_profile.deleted",
  { account, id, revision, isDefault }: KeptProfile,
  at: Instant,
): Promise<void> {
  await transaction.audit({
    ...{ at, actor, action, account, policyVersion: null },
    objectKind: "contact_profile",
    objectId: id,
    detail: { revision, default: String(isDefault) },
  });
}
