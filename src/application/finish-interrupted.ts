import type { ContractNumber } from "../domain/identifiers.ts";
import { type IssueContractPorts, issueContract } from "./issue-contract.ts";
import { StorageUnavailable } from "./object-faults.ts";
import type { IssuingContract } from "./ports.ts";
import type { TimestampGate } from "./timestamp-gate.ts";
import type { ClaimOrder } from "./unfinished-contracts.ts";

const SYSTEM = { kind: "system", id: "finish-interrupted" } as const;
type FinishPorts = IssueContractPorts & { readonly timestamps: Pick<TimestampGate, "isConfigured"> };
type ReportFailure = (contract: ContractNumber, error: unknown) => void;

/**
 * Finishes contracts that a crash or an error left in `issuing`, then those that wait for a timestamp; answers how many
 * were finished. One that fails is reported and comes back later, after longer and longer pauses; the others do not wait
 * for it.
 */
export async function finishInterrupted(ports: FinishPorts, reportFailure: ReportFailure): Promise<number> {
  const finished = await finishBeingSealed(ports, reportFailure);
  // They were promised a timestamp: an authority that is no longer configured does not release them without one.
  return ports.timestamps.isConfigured ? finished + (await finishWaiting(ports, reportFailure)) : finished;
}

/**
 * As with those that wait already: an authority that hangs is asked once in a round, not once for each contract. So is a
 * store of files that is down; when it is back, all are finished within seconds, however long it was away.
 */
async function finishBeingSealed(ports: IssueContractPorts, reportFailure: ReportFailure): Promise<number> {
  for (let finished = 0; ; ) {
    const outcome = await finishNext(ports, "being_sealed", reportFailure);
    if (outcome === "none" || outcome === "waiting" || outcome === "no_storage") return finished;
    if (outcome === "issued") finished++;
  }
}

/**
 * The first that still gets no timestamp ends the round: the others would ask the same authority in vain. The first that
 * gets one shows that the authority is back, so that no other has to sit out its pause.
 */
async function finishWaiting(ports: IssueContractPorts, reportFailure: ReportFailure): Promise<number> {
  for (let finished = 0; ; ) {
    const outcome = await finishNext(ports, finished === 0 ? "waiting" : "waiting_early", reportFailure);
    if (outcome === "none" || outcome === "waiting" || outcome === "no_storage") return finished;
    if (outcome === "issued") finished++;
  }
}

async function finishNext(
  ports: IssueContractPorts,
  which: ClaimOrder,
  reportFailure: ReportFailure,
): Promise<"issued" | "waiting" | "taken_over" | "no_storage" | "failed" | "none"> {
  const issuing: IssuingContract | null = await ports.ledger.claimInterruptedContract(which);
  if (!issuing) return "none";
  try {
    return (await issueContract(ports, SYSTEM, issuing)).kind;
  } catch (error) {
    reportFailure(issuing.contract.number, error);
    return error instanceof StorageUnavailable ? "no_storage" : "failed";
  }
}
