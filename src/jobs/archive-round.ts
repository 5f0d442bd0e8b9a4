import { type ArchiveContractPorts, archiveNextContract } from "../application/archive-contract.ts";
import type { SellerId } from "../domain/identifiers.ts";
import { type Instant, instantOf } from "../domain/time.ts";

/** While an authority is down, the next contract would only learn the same. */
const REST_MS = 60_000;

/**
 * One round: one contract at most, so that issuing never waits for an authority's answers. After the timestamp authority
 * failed nobody is archived for a minute, after a revocation service failed nobody of that seller: others have theirs. A
 * failure is said once, in one line.
 */
export function archiveRound(ports: ArchiveContractPorts, log: (line: string) => void): () => Promise<void> {
  let restUntil = Number.NEGATIVE_INFINITY;
  const sellersRestUntil = new Map<SellerId, Instant>();
  return async () => {
    const at = ports.clock.now();
    if (at < restUntil) return;
    for (const [seller, until] of sellersRestUntil) if (until <= at) sellersRestUntil.delete(seller);
    const round = await archiveNextContract(ports, [...sellersRestUntil.keys()]);
    if (round.kind !== "put_off") return;
    const { contract, seller, trouble, detail } = round;
    const until = instantOf(ports.clock.now() + REST_MS);
    if (trouble === "timestamp_unavailable") restUntil = until;
    if (trouble === "revocation_unavailable") sellersRestUntil.set(seller, until);
    const loud = trouble === "revoked" ? "ATTENTION: " : "";
    log(`${loud}contract ${contract} is not archived (${trouble}): ${detail}`);
  };
}
