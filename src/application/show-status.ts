import type { ContractNumber } from "../domain/identifiers.ts";
import type { Seller } from "../domain/parties.ts";
import type { Clock, Ledger } from "./ports.ts";
import { type ShownContract, showContract } from "./show-contract.ts";

export interface ContractStatus extends ShownContract {
  readonly seller: Seller;
}

/**
 * What the holder of a contract's number and code (both are in its QR code) may know: who sealed it, and what it is
 * worth now. Null when number and code do not fit together; a number alone tells nothing.
 */
export async function showStatus(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  number: ContractNumber,
  code: string,
): Promise<ContractStatus | null> {
  const shown = await showContract({ ledger, clock }, number, null);
  if (!shown) return null;
  const { contract } = shown;
  if (!(await ledger.verificationCodeFits(contract.id, contract.account, code))) return null;
  const seller = await ledger.seller(contract.seller);
  if (!seller) throw new Error(`contract ${number} names the unknown seller ${contract.seller}`);
  return { ...shown, seller };
}
