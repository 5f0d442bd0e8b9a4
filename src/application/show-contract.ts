import type { Archive } from "../domain/archive.ts";
import type { Contract } from "../domain/contract.ts";
import { type Warning, warningsOn } from "../domain/decide-issuance.ts";
import type { AccountId, ContractNumber } from "../domain/identifiers.ts";
import type { Policy } from "../domain/policy.ts";
import { type Standing, standingOf, type Voided, voidedOf } from "../domain/standing.ts";
import type { Instant, TimeZone } from "../domain/time.ts";
import type { ContractFilter, ContractWithOrder } from "./listed.ts";
import type { Clock, Ledger, Page, PageRequest } from "./ports.ts";

export interface ShownContract {
  readonly contract: Contract;
  readonly standing: Standing;
  /** Since when and why it is void; null for one that is not. */
  readonly voided: Voided | null;
  /** When what was paid for it was given back: it is kept, and marked by this (R11). */
  readonly refundedAt: Instant | null;
  /** What its holder must know while it waits for payment (R8, R17). */
  readonly warnings: readonly Warning[];
  /** The seller's: the one to show times in. */
  readonly timeZone: TimeZone;
  /** Its long-term form, the newest one; null while there is none. */
  readonly archive: Archive | null;
}

interface ShowContractPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** A contract with what it is worth now; null when absent or not of the account (the two look alike). */
export async function showContract(
  { ledger, clock }: ShowContractPorts,
  number: ContractNumber,
  onlyAccount: AccountId | null,
): Promise<ShownContract | null> {
  const found = await ledger.contractWithOrder(number);
  if (!found || (onlyAccount !== null && found.contract.account !== onlyAccount)) return null;
  return shown(found, await ledger.currentPolicy(), clock.now());
}

/** Contracts, newest first. */
export async function listContracts(
  { ledger, clock }: ShowContractPorts,
  filter: ContractFilter,
  page: PageRequest,
): Promise<Page<ShownContract>> {
  const at = clock.now();
  const [policy, { items, next }] = [await ledger.currentPolicy(), await ledger.listContracts(filter, page)];
  return { items: items.map((item) => shown(item, policy, at)), next };
}

function shown({ contract, order, timeZone, archive }: ContractWithOrder, policy: Policy, at: Instant): ShownContract {
  const standing = standingOf(contract, order, at);
  const refundedAt = order?.life.refundedAt ?? null;
  const warnings = standing === "pending_payment" && order ? warningsOn(order, policy) : [];
  return { contract, standing, voided: voidedOf(contract, order, at), refundedAt, warnings, timeZone, archive };
}
