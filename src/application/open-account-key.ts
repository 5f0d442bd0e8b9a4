import type { AccountId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { AccountKeyId, AccountKeyVault, WrappedKey } from "./account-keys.ts";
import { mustNotBeErased } from "./must-not-be-erased.ts";
import type { Actor, Clock, Identifiers, Ledger } from "./ports.ts";

export interface AccountKeyPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly accountKeys: AccountKeyVault;
}

/** The key of an account, ready to lock with; held in memory, and for a moment only. */
export interface OpenedKey {
  readonly kind: "opened";
  readonly id: AccountKeyId;
  readonly key: Uint8Array;
}

/** The key that the account has cannot be opened: it was altered, or was wrapped by one that is not there any more. */
export type Unopened = { readonly kind: "unreadable" };

/** There is no such account, or it has no key, and so nothing that one has locked. */
type NoKey = { readonly kind: "not_found" };

/**
 * Has the account's key opened: before the transaction that enters what is locked under it, since a key service is asked
 * over a network. Throws `KeysUnavailable`.
 */
export async function openAccountKey(
  { ledger, accountKeys }: Pick<AccountKeyPorts, "ledger" | "accountKeys">,
  account: AccountId,
): Promise<OpenedKey | Unopened | NoKey> {
  const found = await ledger.accountKey(account);
  return found?.key ? openKey(accountKeys, account, found.key) : { kind: "not_found" };
}

/**
 * The same, and makes the key where the account has none, unless its personal data was erased since whoever asks came in.
 */
export async function openOrMakeAccountKey(
  ports: AccountKeyPorts,
  actor: Actor,
  account: AccountId,
  since: Instant,
): Promise<OpenedKey | Unopened | NoKey> {
  const found = await ports.ledger.accountKey(account);
  const key = found && (found.key ?? (await makeKey(ports, actor, account, since)));
  return key ? openKey(ports.accountKeys, account, key) : { kind: "not_found" };
}

async function openKey(
  accountKeys: AccountKeyVault,
  account: AccountId,
  { id, wrapped }: WrappedKey,
): Promise<OpenedKey | Unopened> {
  const key = await accountKeys.open(account, wrapped);
  return key ? { kind: "opened", id, key } : { kind: "unreadable" };
}

/** Of two who need the first key at once, one makes it and the other finds it; null when the account is gone. */
async function makeKey(
  { ledger, clock, identifiers, accountKeys }: AccountKeyPorts,
  actor: Actor,
  account: AccountId,
  since: Instant,
): Promise<WrappedKey | null> {
  const { wrapped } = await accountKeys.newKey(account);
  const made: WrappedKey = { id: identifiers.newId() as AccountKeyId, wrapped };
  return ledger.transaction(async (transaction) => {
    if (!(await transaction.lockAccount(account))) return null;
    const there = await transaction.currentKey(account);
    if (there) return there;
    await mustNotBeErased(transaction, account, since);
    const at = clock.now();
    await transaction.insertAccountKey(account, made, at);
    await transaction.audit({
      ...{ at, actor, account, policyVersion: null },
      action: "account_key.created",
      objectKind: "account",
      objectId: account,
      detail: { key: made.id },
    });
    return made;
  });
}
