import type { ContactProfile } from "../domain/contact-profile.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { AccountKeyVault } from "./account-keys.ts";
import type { Ledger } from "./ports.ts";
import { openProfile } from "./profile-lock.ts";

export type ListProfilesOutcome =
  | { readonly kind: "listed"; readonly profiles: readonly ContactProfile[] }
  /** One was altered, or the key that locks them cannot be opened: none is given out. */
  | { readonly kind: "unreadable" }
  | { readonly kind: "not_found" };

/** The account's profiles with what they say, the default first, then the oldest first. Throws `KeysUnavailable`. */
export async function listContactProfiles(
  { ledger, accountKeys }: { readonly ledger: Ledger; readonly accountKeys: AccountKeyVault },
  account: AccountId,
): Promise<ListProfilesOutcome> {
  const found = await ledger.lockedProfiles(account);
  if (!found) return { kind: "not_found" };
  const { key: wrapped, profiles: kept } = found;
  if (kept.length === 0) return { kind: "listed", profiles: [] };
  const key = wrapped && (await accountKeys.open(account, wrapped.wrapped));
  if (!key) return { kind: "unreadable" };
  const profiles = kept.flatMap(({ profile, locked }) => {
    const content = openProfile(key, profile, locked);
    return content ? [{ ...profile, content }] : [];
  });
  return profiles.length === kept.length ? { kind: "listed", profiles } : { kind: "unreadable" };
}
