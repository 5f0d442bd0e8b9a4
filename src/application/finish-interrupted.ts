import { type IssueContractPorts, issueContract } from "./issue-contract.ts";

const SYSTEM = { kind: "system", id: "finish-interrupted" } as const;

/** Finishes contracts that a crash or an error left in `issuing`; answers how many were finished. */
export async function finishInterrupted(ports: IssueContractPorts): Promise<number> {
  for (let finished = 0; ; finished++) {
    const issuing = await ports.ledger.claimInterruptedContract();
    if (!issuing) return finished;
    await issueContract(ports, SYSTEM, issuing);
  }
}
