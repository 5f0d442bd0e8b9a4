import type { Erasure, ErasureId, ErasureReason } from "../domain/erasure.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor, Clock, Identifiers, Ledger, LedgerTransaction } from "./ports.ts";

export interface EraseAccountPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}

export interface WantedErasure {
  readonly reason: ErasureReason;
  readonly reference: string | null;
}

/**
 * Erases the personal data of an account, in one transaction: its key is destroyed and what that has locked with it, evidence
 * and contact profiles, its identity becomes unverified and names nobody, its sessions and links end. Contracts, orders, bills and the audit
 * stay, as the law demands of whoever trades. Null when there is no such account.
 */
export async function eraseAccount(
  ports: EraseAccountPorts,
  actor: Actor,
  account: AccountId,
  wanted: WantedErasure,
): Promise<Erasure | null> {
  return ports.ledger.transaction(async (transaction) =>
    (await transaction.lockAccount(account))
      ? erase(ports, transaction, actor, account, { ...wanted, repeats: null })
      : null,
  );
}

/** An erasure as the audit, an event or the list of erasures tells of it. */
export interface FormerErasure extends WantedErasure {
  readonly account: AccountId;
  readonly at: Instant;
}

/** `known`: these books have it, or a later one, so that what is there now was given afterwards. */
export type Repeated =
  | { readonly kind: "repeated"; readonly erasure: Erasure }
  | { readonly kind: "known" | "not_found" };

/** Applies an erasure again to books that were restored from a backup which is older than it. */
export async function repeatErasure(
  ports: EraseAccountPorts,
  actor: Actor,
  { account, at, reason, reference }: FormerErasure,
): Promise<Repeated> {
  return ports.ledger.transaction(async (transaction): Promise<Repeated> => {
    if (!(await transaction.lockAccount(account))) return { kind: "not_found" };
    const last = await transaction.lastErasure(account);
    if (last !== null && last.at >= at) return { kind: "known" };
    const erasure = await erase(ports, transaction, actor, account, { reason, reference, repeats: at });
    return { kind: "repeated", erasure };
  });
}

async function erase(
  { clock, identifiers }: EraseAccountPorts,
  transaction: LedgerTransaction,
  actor: Actor,
  account: AccountId,
  wanted: Pick<Erasure, "reason" | "reference" | "repeats">,
): Promise<Erasure> {
  const at = clock.now();
  const evidence = await transaction.deleteEvidence(account);
  const profiles = await transaction.deleteProfiles(account);
  const erasure: Erasure = { id: identifiers.newId() as ErasureId, account, at, ...wanted, evidence };
  await transaction.insertErasure(erasure);
  const hadKey = await transaction.eraseAccountKey(account, erasure);
  const { servedBy = null } = (await transaction.account(account)) ?? {};
  await transaction.saveAccount(account, { state: "unverified" }, servedBy?.id ?? null);
  const ended = await transaction.endAccess(account);
  const { reason, reference, repeats } = wanted;
  const detail = { reason, reference, repeats, evidence };
  await transaction.audit({
    ...{ at, actor, account, policyVersion: null },
    action: "account.erased",
    objectKind: "account",
    objectId: account,
    detail: { ...detail, profiles, key: hadKey ? "destroyed" : "none", ...ended },
  });
  await transaction.publish({ type: "account.erased", at, account, subject: account, data: detail });
  return erasure;
}
