import { announceEndedHolds } from "../application/announce-ended-holds.ts";
import { finishInterrupted } from "../application/finish-interrupted.ts";
import type { IssueContractPorts } from "../application/issue-contract.ts";
import type { RequestContractPorts } from "../application/request-contract.ts";

const EVERY_MS = 1_000;

export interface Schedule {
  /** Resolves when the round that is running has ended; no other follows. */
  stop(): Promise<void>;
}

/**
 * Looks once a second for contracts that a crash or an error left in `issuing`, and finishes them; and for holds that
 * have ended, and announces them.
 */
export function startSchedule(
  ports: Pick<RequestContractPorts, keyof IssueContractPorts | "reportFailure">,
  reportBroken: (error: unknown) => void,
): Schedule {
  let running = Promise.resolve();
  let busy = false;
  const round = async (): Promise<void> => {
    busy = true;
    // Each on its own: what keeps one from going on must not keep the other.
    await finishInterrupted(ports, ports.reportFailure).catch(reportBroken);
    await announceEndedHolds(ports).catch(reportBroken);
    busy = false;
  };
  const timer = setInterval(() => {
    if (!busy) running = round();
  }, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}
