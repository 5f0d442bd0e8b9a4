import {
  type ArchiveContractPorts,
  type ArchiveTroubleCode,
  archiveNextContract,
} from "../application/archive-contract.ts";

/** While an authority is down, the next contract would only learn the same. */
const REST_MS = 60_000;
const AUTHORITY_DOWN = new Set<ArchiveTroubleCode>(["revocation_unavailable", "timestamp_unavailable"]);

/**
 * One round: one contract at most, so that issuing never waits for an authority's answers; none for a minute after an
 * authority failed. A failure is said once, in one line.
 */
export function archiveRound(ports: ArchiveContractPorts, log: (line: string) => void): () => Promise<void> {
  let restUntil = Number.NEGATIVE_INFINITY;
  return async () => {
    if (ports.clock.now() < restUntil) return;
    const round = await archiveNextContract(ports);
    if (round.kind !== "put_off") return;
    const { contract, trouble, detail } = round;
    if (AUTHORITY_DOWN.has(trouble)) restUntil = ports.clock.now() + REST_MS;
    const loud = trouble === "revoked" ? "ATTENTION: " : "";
    log(`${loud}contract ${contract} is not archived (${trouble}): ${detail}`);
  };
}
