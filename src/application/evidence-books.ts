import type { Erasure } from "../domain/erasure.ts";
import type { Evidence, EvidenceId } from "../domain/evidence.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { AccountKeyId, WrappedKey } from "./account-keys.ts";

/** A piece with its ciphertext and its key, as the books keep both. */
interface LockedEvidence {
  readonly evidence: Evidence;
  readonly locked: Uint8Array;
  readonly key: WrappedKey;
}

/** Evidence of identities, read outside of transactions. */
export interface EvidenceShelf {
  /** Whether there is such an account, and the key of its evidence where it has one. */
  accountKey(account: AccountId): Promise<{ readonly key: WrappedKey | null } | null>;
  /** So many of the oldest keys that were not erased, and of the newest. */
  sampleAccountKeys(most: number): Promise<readonly { readonly account: AccountId; readonly key: WrappedKey }[]>;
  /** The oldest first; null when there is no such account. */
  listEvidence(account: AccountId): Promise<readonly Evidence[] | null>;
  lockedEvidence(account: AccountId, id: EvidenceId): Promise<LockedEvidence | null>;
  /** From `since` on, the oldest first. */
  listErasures(since: Instant | null): Promise<readonly Erasure[]>;
}

/** What ended with an erasure. */
interface ErasedAccess {
  readonly sessions: number;
  readonly links: number;
}

/** Evidence of identities within the transaction that also records what is done. */
export interface EvidenceBooks {
  /** Holds the account until the transaction ends; false when there is none. */
  lockAccount(account: AccountId): Promise<boolean>;
  /** The key of the account's evidence, if it has one that was not erased. */
  currentKey(account: AccountId): Promise<WrappedKey | null>;
  insertAccountKey(account: AccountId, key: WrappedKey, at: Instant): Promise<void>;
  countEvidence(account: AccountId): Promise<number>;
  insertEvidence(evidence: Evidence, key: AccountKeyId, locked: Uint8Array): Promise<void>;
  /** Whether it is still there; held so until the transaction ends. */
  holdEvidence(account: AccountId, id: EvidenceId): Promise<boolean>;
  /** Deletes all of the account; says how many. */
  deleteEvidence(account: AccountId): Promise<number>;
  /** The newest, if any. */
  lastErasure(account: AccountId): Promise<Erasure | null>;
  insertErasure(erasure: Erasure): Promise<void>;
  /** For good: it cannot be brought back. False when the account has none. */
  eraseAccountKey(account: AccountId, erasure: Erasure): Promise<boolean>;
  /** Ends every session of the account and every link into it, and forgets what was answered under keys to requests with personal data. */
  endAccess(account: AccountId): Promise<ErasedAccess>;
}
