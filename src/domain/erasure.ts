import type { AccountId, Branded } from "./identifiers.ts";
import type { Instant } from "./time.ts";

/** Why personal data is erased; a closed list, so that the record of an erasure cannot hold what was erased. */
export const ERASURE_REASONS = [
  /** What it was collected for is done, or it is not needed any more. */
  "purpose_ended",
  /** The seller does not serve the account any more, or the time for which it is kept is over. */
  "service_ended",
  "consent_withdrawn",
  /** The person or the company asked for it on another ground. */
  "requested",
  /** It should not have been collected. */
  "unlawful",
] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

export type ErasureId = Branded<string, "ErasureId">;

/** That the personal data of an account was erased; names nobody. */
export interface Erasure {
  readonly id: ErasureId;
  readonly account: AccountId;
  readonly at: Instant;
  readonly reason: ErasureReason;
  /** The number of a case elsewhere. */
  readonly reference: string | null;
  /** When it was erased first, where it is erased again because a restored backup was older than that. */
  readonly repeats: Instant | null;
  /** How many pieces of evidence were deleted with their key. */
  readonly evidence: number;
}

export function parseErasureReason(text: string): ErasureReason | null {
  return ERASURE_REASONS.find((reason) => reason === text) ?? null;
}

/** The number of a case: no spaces and no letters beyond ASCII, so that nobody writes a name there. */
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,59}$/;

export function isErasureReference(text: string): boolean {
  return REFERENCE.test(text);
}
