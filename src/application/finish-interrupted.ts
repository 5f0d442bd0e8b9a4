import type { ContractNumber } from "../domain/identifiers.ts";
import { type IssueContractPorts, issueContract } from "./issue-contract.ts";

const SYSTEM = { kind: "system", id: "finish-interrupted" } as const;

/**
 * Finishes contracts that a crash or an error left in `issuing`; answers how many were finished. One that fails is
 * reported and comes back later, after longer and longer pauses; the others do not wait for it.
 */
export async function finishInterrupted(
  ports: IssueContractPorts,
  reportFailure: (contract: ContractNumber, error: unknown) => void,
): Promise<number> {
  for (let finished = 0; ; ) {
    const issuing = await ports.ledger.claimInterruptedContract();
    if (!issuing) return finished;
    try {
      await issueContract(ports, SYSTEM, issuing);
      finished++;
    } catch (error) {
      reportFailure(issuing.contract.number, error);
    }
  }
}
