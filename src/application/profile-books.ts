import type { ContactProfileId, KeptProfile } from "../domain/contact-profile.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { AccountKeyId, WrappedKey } from "./account-keys.ts";

/** A profile as the books keep it. */
interface LockedProfile {
  readonly profile: KeptProfile;
  readonly locked: Uint8Array;
}

/** Contact profiles, read outside of transactions. */
export interface ProfileShelf {
  /** The default first, then the oldest first, with the key that all are locked under; null when there is no such account. */
  lockedProfiles(
    account: AccountId,
  ): Promise<{ readonly key: WrappedKey | null; readonly profiles: readonly LockedProfile[] } | null>;
}

/** Contact profiles within the transaction that also records what is done; whoever changes them has locked the account. */
export interface ProfileBooks {
  /** The oldest first. */
  profilesOf(account: AccountId): Promise<readonly KeptProfile[]>;
  insertProfile(profile: KeptProfile, key: AccountKeyId, locked: Uint8Array): Promise<void>;
  saveProfile(profile: KeptProfile, key: AccountKeyId, locked: Uint8Array): Promise<void>;
  deleteProfile(account: AccountId, id: ContactProfileId): Promise<void>;
  /** Says whether it is the one that is filled in by itself; of an account, one at most is. */
  markDefault(account: AccountId, id: ContactProfileId, isDefault: boolean): Promise<void>;
  /** Deletes all of the account; says how many. */
  deleteProfiles(account: AccountId): Promise<number>;
}
