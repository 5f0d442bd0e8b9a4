import type { Contract } from "../domain/contract.ts";
import type { AccountId, ContractNumber } from "../domain/identifiers.ts";
import { type Standing, standingOf } from "../domain/standing.ts";
import type { Instant, TimeZone } from "../domain/time.ts";
import type { Clock, ContractWithOrder, Ledger, Page, PageRequest } from "./ports.ts";

export interface ShownContract {
  readonly contract: Contract;
  readonly standing: Standing;
  /** The seller's: the one to show times in. */
  readonly timeZone: TimeZone;
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
  return shown(found, clock.now());
}

/** Contracts, newest first. */
export async function listContracts(
  { ledger, clock }: ShowContractPorts,
  account: AccountId | null,
  page: PageRequest,
): Promise<Page<ShownContract>> {
  const at = clock.now();
  const { items, next } = await ledger.listContracts(account, page);
  return { items: items.map((item) => shown(item, at)), next };
}

function shown({ contract, order, timeZone }: ContractWithOrder, at: Instant): ShownContract {
  return { contract, standing: standingOf(contract, order, at), timeZone };
}
