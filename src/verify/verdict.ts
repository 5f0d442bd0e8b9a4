/** The three values of ETSI EN 319 102-1 §5.1.3: TOTAL-PASSED, INDETERMINATE, TOTAL-FAILED. */
export type Verdict = "passed" | "indeterminate" | "failed";

/**
 * What each first finding means for the document, in the order in which the checks are made.
 *
 * `failed` is kept for findings that prove the file is not what was sealed (EN 319 102-1 table 5: FORMAT_FAILURE,
 * HASH_FAILURE, SIG_CRYPTO_FAILURE). What merely cannot be decided here is `indeterminate`; neither is acceptance.
 */
export const verdictOfReason = {
  too_large: "indeterminate",
  not_a_pdf: "failed",
  covers_not_whole_file: "failed",
  malformed_structure: "failed",
  structure_not_supported: "indeterminate",
  not_signed: "failed",
  more_than_one_signature: "indeterminate",
  later_revision: "indeterminate",
  byte_range_invalid: "failed",
  signature_format_not_supported: "indeterminate",
  not_certified: "indeterminate",
  malformed_signature: "failed",
  more_than_one_signer: "failed",
  signed_attributes_missing: "failed",
  algorithm_not_accepted: "indeterminate",
  digest_mismatch: "failed",
  signing_certificate_mismatch: "indeterminate",
  signature_invalid: "failed",
  unsigned_content: "indeterminate",
  timestamp_invalid: "failed",
  archive_data_invalid: "failed",
  chain_untrusted: "indeterminate",
  certificate_not_for_sealing: "indeterminate",
  certificate_not_valid_at_signing: "indeterminate",
  certificate_not_valid_at_check: "indeterminate",
  timestamp_untrusted: "indeterminate",
  certificate_revoked: "failed",
  too_complex: "indeterminate",
  verifier_fault: "indeterminate",
  intact: "passed",
} as const satisfies Record<string, Verdict>;

export type VerdictReason = keyof typeof verdictOfReason;

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
 * `signer` and `sealedAt` are filled only once the signature over the file holds; under any verdict but `passed`
 * they name somebody nobody vouches for.
 */
export interface DocumentVerdict {
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  readonly detail: string;
  readonly signer: SignerIdentity | null;
  readonly sealedAt: string | null;
  readonly sealedAtSource: "timestamp" | "claimed" | null;
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
