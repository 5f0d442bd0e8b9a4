import type { AccountId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import { KeysUnavailable } from "./account-keys.ts";
import type { LedgerTransaction } from "./ports.ts";

/**
 * An erasure ends the sessions of its account and takes what was kept: what was asked for before it is not kept after it. To be
 * asked under the account's lock, with the instant at which whoever asks came in. Throws `KeysUnavailable`; asked again, a session
 * that was ended is no longer one.
 */
export async function mustNotBeErased(
  transaction: LedgerTransaction,
  account: AccountId,
  since: Instant,
): Promise<void> {
  const last = await transaction.lastErasure(account);
  if (last && last.at > since) throw new KeysUnavailable("the account was erased while something of it was on its way");
}
