import type { IssuedContract } from "../domain/contract.ts";
import type { ContractNumber } from "../domain/identifiers.ts";
import type { BooksChecker } from "./books-checker.ts";
import { downloadContract } from "./download-contract.ts";
import { EVERY_CONTRACT } from "./listed.ts";
import type { Clock, Ledger, Objects } from "./ports.ts";
import type { SealChecker } from "./verify-contract.ts";

interface VerifyRestoredPorts {
  readonly books: BooksChecker;
  readonly ledger: Ledger;
  readonly objects: Objects;
  readonly seals: SealChecker;
  readonly clock: Clock;
}

export interface RestoredContracts {
  readonly verified: number;
  /** Decided and not sealed yet; the service finishes them. */
  readonly issuing: number;
  readonly faulty: readonly { readonly number: ContractNumber; readonly fault: string }[];
  /** Ids of the invariants that do not hold; `orderseal audit verify` says what breaks them. */
  readonly brokenInvariants: readonly string[];
}

const READ_AT_ONCE = 200;

/**
 * Looks at the file of every contract as a stranger would: it is there, has the hash that the books name, and a sealed
 * one's seal holds. Uploaded ones (R20) are compared by their hash alone. Then looks the books through, since what watches
 * over them stood aside while they were loaded.
 */
export async function verifyRestored({ ledger, books, ...ports }: VerifyRestoredPorts): Promise<RestoredContracts> {
  const faulty: { number: ContractNumber; fault: string }[] = [];
  let [verified, issuing] = [0, 0];
  for (let cursor: string | null = null; ; ) {
    const page = await ledger.listContracts(EVERY_CONTRACT, { limit: READ_AT_ONCE, cursor });
    for (const { contract } of page.items) {
      const fault = contract.state === "issued" ? await faultOf({ ledger, books, ...ports }, contract) : null;
      if (contract.state !== "issued") issuing += 1;
      else if (fault === null) verified += 1;
      else faulty.push({ number: contract.number, fault });
    }
    if (page.next === null) break;
    cursor = page.next;
  }
  const brokenInvariants: string[] = [];
  await books.checkBooks(1, ({ invariant, violations }) => {
    if (violations.length > 0) brokenInvariants.push(invariant.id);
  });
  return { verified, issuing, faulty, brokenInvariants };
}

async function faultOf(ports: VerifyRestoredPorts, contract: IssuedContract): Promise<string | null> {
  try {
    const pdf = await downloadContract(ports, contract);
    if (contract.form === "offline") return null;
    const { verdict, reason } = ports.seals.check(pdf, ports.clock.now());
    return verdict === "passed" ? null : `${verdict} (${reason})`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
