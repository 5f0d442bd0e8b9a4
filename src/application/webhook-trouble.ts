import type { Instant } from "../domain/time.ts";
import type { ShownEndpoint } from "./webhook-books.ts";

/** Longer than the first pauses after a failure take together: until then a receiver may just have been restarted. */
const LONG_MS = 15 * 60_000;

/** Whether events wait for it so long that a restart does not explain it. */
export function isFarBehind({ endpoint, pendingSince }: ShownEndpoint, at: Instant): boolean {
  return endpoint.disabled === null && pendingSince !== null && at - pendingSince > LONG_MS;
}

/** Whether somebody should look at the endpoint: it was disabled by its own answer, gave events up, or is far behind. */
export function isInTrouble(shown: ShownEndpoint, at: Instant): boolean {
  return shown.endpoint.disabled === "gone" || shown.dead > 0 || isFarBehind(shown, at);
}
