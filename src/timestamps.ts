import { join } from "node:path";
import type { Clock } from "./application/ports.ts";
import type { TimestampGate } from "./application/timestamp-gate.ts";
import type { TimestampClient } from "./document/seal/timestamp-client.ts";
import { readTimestampRoots } from "./document/timestamp-roots.ts";
import { NO_TIMESTAMPS, watchTimestamps } from "./document/timestamp-watch.ts";
import type { Environment } from "./environment.ts";
import { withSecondLook } from "./timestamp-second-look.ts";

const TIMESTAMP_TIMEOUT_MS = 5_000;

/** Where this installation has its timestamps from. */
export interface Timestamps {
  /** Null where no authority is configured: seals then carry no timestamp. */
  readonly client: TimestampClient | null;
  readonly gate: TimestampGate;
}

/** Asks nobody yet. Throws when the roots that the authority has to lead to cannot be read. */
export async function openTimestamps(
  { timestampUrl: url, home }: Environment,
  clock: Clock,
  log: (line: string) => void,
): Promise<Timestamps> {
  if (url === null) return { client: null, gate: NO_TIMESTAMPS };
  // Loaded where it is needed: most installations and commands ask no authority.
  const { createTimestampClient } = await import("./document/seal/timestamp-client.ts");
  const trustedCertificates = await readTimestampRoots(join(home, "keys"));
  const asking = createTimestampClient({
    url,
    timeoutMs: TIMESTAMP_TIMEOUT_MS,
    now: () => new Date(clock.now()),
    ...(trustedCertificates && { trustedCertificates }),
  });
  const watch = watchTimestamps(withSecondLook(asking, trustedCertificates, clock), () => performance.now(), log);
  return { client: watch.client, gate: watch };
}
