import type { Sha256 } from "./identifiers.ts";
import { type Instant, instantOf } from "./time.ts";

/** The levels of ETSI EN 319 142-1, 6.1, that need nobody to be asked later: with validation data, and with a timestamp over it. */
export type ArchiveLevel = "B-LT" | "B-LTA";

/** The long-term form of a sealed file: a file of its own that begins with the sealed one, byte for byte (R5). */
export interface Archive {
  readonly level: ArchiveLevel;
  readonly document: Sha256;
  readonly madeAt: Instant;
  /** When the certificate of its newest timestamp ends. */
  readonly renewBefore: Instant;
}

const LONGEST_AHEAD_MS = 90 * 86_400_000;

/** When it is renewed: 90 days before it has to be, or when nine tenths of a shorter time are over. */
export function renewalDueAt({ madeAt, renewBefore }: Pick<Archive, "madeAt" | "renewBefore">): Instant {
  return instantOf(renewBefore - Math.min(LONGEST_AHEAD_MS, Math.floor((renewBefore - madeAt) / 10)));
}
