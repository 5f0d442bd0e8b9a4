import { setTimeout } from "node:timers/promises";
import { announceEndedHolds } from "../application/announce-ended-holds.ts";
import type { RetentionPorts } from "../application/apply-retention.ts";
import type { ArchiveContractPorts } from "../application/archive-contract.ts";
import { finishInterrupted } from "../application/finish-interrupted.ts";
import type { ForgetPorts } from "../application/forget-expired.ts";
import type { IssueContractPorts } from "../application/issue-contract.ts";
import type { RequestContractPorts } from "../application/request-contract.ts";
import { archiveRound } from "./archive-round.ts";
import { failingRounds } from "./failing-rounds.ts";
import { forgettingRound } from "./forgetting-round.ts";
import { retentionRound } from "./retention-round.ts";

const EVERY_MS = 1_000;
const ARCHIVE_PATIENCE_MS = 2_000;

export interface Schedule {
  /** Resolves when the round that is running has ended; no other follows. */
  stop(): Promise<void>;
}

/**
 * Looks at once, and then every second, for contracts that a crash or an error left in `issuing`, and finishes them; and
 * for holds that have ended, and announces them. Forgets what is kept for a while only, and deletes what its time is over for. Archives one contract at a time
 * beside that, where it can be done at all.
 */
export function startSchedule(
  ports: Pick<RequestContractPorts, keyof IssueContractPorts | "timestamps" | "reportFailure"> &
    ForgetPorts &
    RetentionPorts,
  log: (line: string) => void,
  archiving: { readonly ports: ArchiveContractPorts; readonly log: (line: string) => void } | null = null,
): Schedule {
  const finish = failingRounds("finishing contracts", () => finishInterrupted(ports, ports.reportFailure), log);
  const announce = failingRounds("announcing ended holds", () => announceEndedHolds(ports), log);
  const forget = failingRounds("forgetting what is old", forgettingRound(ports), log);
  const retain = failingRounds("deleting what its time is over for", retentionRound(ports), log);
  const archive = archiving && failingRounds("archiving", archiveRound(archiving.ports, archiving.log), log);
  // A line of its own: an authority may take seconds to answer, and nobody's contract must wait for that.
  let archived: Promise<void> | null = null;
  let running = Promise.resolve();
  let busy = false;
  const round = async (): Promise<void> => {
    busy = true;
    // Each on its own: what keeps one from going on must not keep the other.
    await finish();
    await announce();
    await forget();
    await retain();
    busy = false;
  };
  const look = (): void => {
    if (!busy) running = round();
    if (archive && !archived) {
      archived = archive().finally(() => {
        archived = null;
      });
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      // Cut short, it is only tried again later; an authority that hangs must not keep the service from stopping.
      await Promise.race([archived, setTimeout(ARCHIVE_PATIENCE_MS, undefined, { ref: false })]);
    },
  };
}
