import type { Contract } from "../domain/contract.ts";
import type { AccountId, ContractNumber } from "../domain/identifiers.ts";
import { type Standing, standingOf } from "../domain/standing.ts";
import type { Clock, Ledger, Page, PageRequest } from "./ports.ts";

export interface ShownContract {
  readonly contract: Contract;
  readonly standing: Standing;
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
  return { contract: found.contract, standing: standingOf(found.contract, found.order, clock.now()) };
}

/** Contracts, newest first. */
export async function listContracts(
  { ledger, clock }: ShowContractPorts,
  account: AccountId | null,
  page: PageRequest,
): Promise<Page<ShownContract>> {
  const at = clock.now();
  const { items, next } = await ledger.listContracts(account, page);
  return { items: items.map(({ contract, order }) => ({ contract, standing: standingOf(contract, order, at) })), next };
}
