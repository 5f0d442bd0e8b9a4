import { type ForgetPorts, forgetExpired } from "../application/forget-expired.ts";

/** What is to be forgotten can wait for a minute. */
const REST_MS = 60_000;

/** One round: a small batch, and the next one at once where more is left; else a rest. */
export function forgettingRound(ports: ForgetPorts): () => Promise<void> {
  let restUntil = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = ports.clock.now();
    if (at < restUntil) return;
    // Set beforehand: a failure is no reason to try again every second.
    restUntil = at + REST_MS;
    if (await forgetExpired(ports)) restUntil = at;
  };
}
