import type { SignatureState, Verdict, VerdictReason } from "../domain/verification-reason.ts";
import { verdictOfReason } from "../domain/verification-reason.ts";

export { type VerdictReason, verdictOfReason } from "../domain/verification-reason.ts";

/** Who made a signature; the subject is one line of RFC 4514-like text, for people only. */
export interface SignerIdentity {
  readonly subject: string;
  readonly certificateSha256: string;
}

/** The levels of ETSI EN 319 142-1 §6.1: sealed, with a proven time, with validation data, with a timestamp over all. */
export type SealLevel = "B-B" | "B-T" | "B-LT" | "B-LTA";

/** When the document says, or a time-stamping authority proves, that it was sealed. */
export interface SealingTime {
  readonly sealedAt: string;
  readonly source: "timestamp" | "claimed";
}

/**
 * The answer about one file. `reason` is the first finding, `detail` one plain English sentence for it.
 * `signer` and `sealedAt` are filled only once a signature holds, of several the last; under any verdict but `passed`
 * they name somebody nobody vouches for.
 */
export interface DocumentVerdict {
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  readonly detail: string;
  readonly signer: SignerIdentity | null;
  readonly sealedAt: string | null;
  readonly sealedAtSource: "timestamp" | "claimed" | null;
  /** Whether the signatures fit the bytes; also of files that nobody here vouches for. Always `sound` when it passed. */
  readonly signature: SignatureState;
  /** What is proven of it; null under any verdict but `passed`. */
  readonly level: SealLevel | null;
}

/** The verdict on a file that used up the time or the memory set for one, given by whoever set them. */
export function tooComplex(): DocumentVerdict {
  return {
    verdict: verdictOfReason.too_complex,
    reason: "too_complex",
    detail: "Checking the file takes more time or memory than is spent on one; it was not judged.",
    signer: null,
    sealedAt: null,
    sealedAtSource: null,
    signature: "unknown",
    level: null,
  };
}

/**
 * Ends the examination with a named finding. Thrown inside this room only, because a finding may come from deep in
 * a recursive parser; `verifyDocument` turns every one into a verdict and lets none out.
 */
export class Finding extends Error {
  readonly reason: Exclude<VerdictReason, "intact" | "verifier_fault" | "too_complex">;

  constructor(reason: Finding["reason"], detail: string) {
    super(detail);
    this.reason = reason;
  }
}

export function refuse(reason: Finding["reason"], detail: string): never {
  throw new Finding(reason, detail);
}
