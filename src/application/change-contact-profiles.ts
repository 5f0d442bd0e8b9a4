import {
  type ContactProfileId,
  type KeptProfile,
  MOST_PROFILES,
  type ProfileContent,
} from "../domain/contact-profile.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import { KeysUnavailable } from "./account-keys.ts";
import { mustNotBeErased } from "./must-not-be-erased.ts";
import type { OpenedKey } from "./open-account-key.ts";
import type { Actor, Clock, Identifiers, Ledger, LedgerTransaction } from "./ports.ts";
import { auditProfile } from "./profile-audit.ts";
import { lockProfile } from "./profile-lock.ts";

export interface ChangeProfilesPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}

export interface WantedProfile {
  readonly content: ProfileContent;
  /** In the place of the one that is it now; false leaves that as it is. */
  readonly makeDefault: boolean;
}

/** A profile that is not there yet. */
export interface NewProfile extends WantedProfile {
  readonly account: AccountId;
  /** When whoever asks came in. */
  readonly since: Instant;
}

export type CreateProfileOutcome =
  | { readonly kind: "created"; readonly profile: KeptProfile }
  | { readonly kind: "too_many" | "not_found" };

/** Keeps a new profile; the first one of an account is its default. The answer says nothing of what the profile says. */
export async function createContactProfile(
  { ledger, clock, identifiers }: ChangeProfilesPorts,
  actor: Actor,
  { account, since, content, makeDefault }: NewProfile,
  key: OpenedKey,
): Promise<CreateProfileOutcome> {
  const id = identifiers.newId() as ContactProfileId;
  const locked = lockProfile(key.key, { account, id, revision: 1 }, content);
  return ledger.transaction(async (transaction): Promise<CreateProfileOutcome> => {
    if (!(await transaction.lockAccount(account))) return { kind: "not_found" };
    await mustNotBeErased(transaction, account, since);
    await mustBeCurrent(transaction, account, key);
    const others = await transaction.profilesOf(account);
    if (others.length >= MOST_PROFILES) return { kind: "too_many" };
    const at = clock.now();
    const isDefault = makeDefault || others.length === 0;
    if (isDefault) await unmarkDefault(transaction, others);
    const profile: KeptProfile = { account, id, revision: 1, isDefault, createdAt: at, changedAt: at };
    await transaction.insertProfile(profile, key.id, locked);
    await auditProfile(transaction, actor, "contact_profile.created", profile, at);
    return { kind: "created", profile };
  });
}

/** `outdated`: somebody else has changed it since, and what they wrote stays. */
export type ChangeProfileOutcome =
  | { readonly kind: "changed"; readonly profile: KeptProfile }
  | { readonly kind: "outdated" | "not_found" };

/** Replaces what a profile says, if it is still at the revision that was seen. Contracts keep what they say (R7). */
export async function changeContactProfile(
  { ledger, clock }: Pick<ChangeProfilesPorts, "ledger" | "clock">,
  actor: Actor,
  { account, id, revision: seen }: Pick<KeptProfile, "account" | "id" | "revision">,
  { content, makeDefault }: WantedProfile,
  key: OpenedKey,
): Promise<ChangeProfileOutcome> {
  const revision = seen + 1;
  const locked = lockProfile(key.key, { account, id, revision }, content);
  return ledger.transaction(async (transaction): Promise<ChangeProfileOutcome> => {
    if (!(await transaction.lockAccount(account))) return { kind: "not_found" };
    await mustBeCurrent(transaction, account, key);
    const all = await transaction.profilesOf(account);
    const before = all.find((each) => each.id === id);
    if (!before) return { kind: "not_found" };
    if (before.revision !== seen) return { kind: "outdated" };
    const changedAt = clock.now();
    const isDefault = before.isDefault || makeDefault;
    if (isDefault && !before.isDefault) await unmarkDefault(transaction, all);
    const profile: KeptProfile = { ...before, revision, isDefault, changedAt };
    await transaction.saveProfile(profile, key.id, locked);
    await auditProfile(transaction, actor, "contact_profile.changed", profile, changedAt);
    return { kind: "changed", profile };
  });
}

/** Forgets a profile, if it is still at the revision that was seen; where it was the default, the oldest one is from then on. */
export async function deleteContactProfile(
  { ledger, clock }: Pick<ChangeProfilesPorts, "ledger" | "clock">,
  actor: Actor,
  { account, id, revision: seen }: Pick<KeptProfile, "account" | "id" | "revision">,
): Promise<"deleted" | "outdated" | "not_found"> {
  return ledger.transaction(async (transaction) => {
    if (!(await transaction.lockAccount(account))) return "not_found";
    const all = await transaction.profilesOf(account);
    const profile = all.find((each) => each.id === id);
    if (!profile) return "not_found";
    if (profile.revision !== seen) return "outdated";
    await transaction.deleteProfile(account, id);
    const [oldest] = all.filter((each) => each.id !== id);
    if (profile.isDefault && oldest) await transaction.markDefault(account, oldest.id, true);
    await auditProfile(transaction, actor, "contact_profile.deleted", profile, clock.now());
    return "deleted";
  });
}

async function unmarkDefault(transaction: LedgerTransaction, profiles: readonly KeptProfile[]): Promise<void> {
  const former = profiles.find(({ isDefault }) => isDefault);
  if (former) await transaction.markDefault(former.account, former.id, false);
}

/** An erasure has destroyed the key while what it locks was on its way: asked again, another one is made. */
async function mustBeCurrent(transaction: LedgerTransaction, account: AccountId, { id }: OpenedKey): Promise<void> {
  if ((await transaction.currentKey(account))?.id === id) return;
  throw new KeysUnavailable("the account's key was erased while a contact profile was on its way");
}
