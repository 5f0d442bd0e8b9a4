import type { AccountId, Branded } from "./identifiers.ts";
import type { RequestDetails } from "./snapshot-parties.ts";
import type { Instant } from "./time.ts";

/** UUIDv7, lower case. */
export type ContactProfileId = Branded<string, "ContactProfileId">;

/** What may be known of a profile without its account's key: nothing that names anybody. */
export interface KeptProfile {
  readonly account: AccountId;
  readonly id: ContactProfileId;
  /** Counts the changes; whoever makes one names the revision that they have seen. */
  readonly revision: number;
  /** Filled in by itself; of each account that has profiles, exactly one is. */
  readonly isDefault: boolean;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** What a buyer fills into requests (R6), under a name that the buyer gave it. */
export interface ProfileContent extends RequestDetails {
  readonly label: string;
}

export interface ContactProfile extends KeptProfile {
  readonly content: ProfileContent;
}

/** Of one account: every department may have one, and a list of them is still looked through at a glance. */
export const MOST_PROFILES = 20;

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function parseContactProfileId(text: string): ContactProfileId | null {
  return ID.test(text) ? (text as ContactProfileId) : null;
}
