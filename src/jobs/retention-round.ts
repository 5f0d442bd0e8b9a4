import { applyRetention, type RetentionPorts } from "../application/apply-retention.ts";

/** Periods are of days: some minutes more or less are none. */
const REST_MS = 600_000;

/** One round: a small batch, and the next one at once where more is left; else a rest. */
export function retentionRound(ports: RetentionPorts): () => Promise<void> {
  let restUntil = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = ports.clock.now();
    if (at < restUntil) return;
    // Set beforehand: a failure is no reason to try again every second.
    restUntil = at + REST_MS;
    if (await applyRetention(ports)) restUntil = at;
  };
}
