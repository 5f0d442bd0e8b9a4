import type { AccountId, Branded } from "../domain/identifiers.ts";

/** UUIDv7, lower case. */
export type AccountKeyId = Branded<string, "AccountKeyId">;

/** The key of an account's evidence as the books keep it: readable by whoever holds the key it was wrapped by. */
export interface WrappedKey {
  readonly id: AccountKeyId;
  readonly wrapped: Uint8Array;
}

/** 32 random bytes, and the same as they may be stored. */
interface NewAccountKey {
  readonly plain: Uint8Array;
  readonly wrapped: Uint8Array;
}

/**
 * Makes and unwraps the keys of accounts. By default that is done with the master key; a key service does it as well:
 * `newKey` is what services call GenerateDataKey, `open` is Decrypt, and the account goes into their encryption context.
 * Both may ask over a network, so that nobody calls them within a transaction, and both throw `KeysUnavailable`.
 */
export interface AccountKeyVault {
  newKey(account: AccountId): Promise<NewAccountKey>;
  /** Null when it was altered, belongs to another account, or was wrapped by a key that is not there any more. */
  open(account: AccountId, wrapped: Uint8Array): Promise<Uint8Array | null>;
}

/** The key service cannot be reached or will not answer at present; nothing was changed. The message says why in plain English. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}
