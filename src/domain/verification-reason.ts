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
  /** An object of the sealed file is another one, or one that is no archive data came with it. */
  later_revision_changes_content: "failed",
  /** Something stands behind the seal that is not shown to leave the content alone: empty, or in a form not read here. */
  later_revision_unexplained: "indeterminate",
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
  /** A trusted timestamp proves that the seal is younger than the end of its certificate. */
  certificate_expired_before_signing: "indeterminate",
  certificate_not_yet_valid: "indeterminate",
  /** Over by now; no trusted timestamp proves that the seal is older. */
  certificate_expired_without_timestamp: "indeterminate",
  timestamp_untrusted: "indeterminate",
  certificate_revoked: "failed",
  too_complex: "indeterminate",
  verifier_fault: "indeterminate",
  intact: "passed",
} as const satisfies Record<string, Verdict>;

/** Why a file got its verdict, as far as its bytes tell. */
export type VerdictReason = keyof typeof verdictOfReason;

/** And what only the books tell: whether this very file was issued here (R20: or uploaded as the order's contract). */
export const verdictOfVerification = {
  ...verdictOfReason,
  not_issued_here: "indeterminate",
  uploaded_not_sealed_here: "indeterminate",
} as const satisfies Record<string, Verdict>;

export type VerificationReason = keyof typeof verdictOfVerification;

function isVerificationReason(text: string): text is VerificationReason {
  return Object.hasOwn(verdictOfVerification, text);
}
export const VERIFICATION_REASONS = Object.keys(verdictOfVerification).filter(isVerificationReason);

/**
 * Whether the signatures of a file fit its bytes, whoever made them and whatever they are good for here: `sound` over
 * the whole file, `partial` over an earlier state of it, `broken`, `unknown` where this cannot be told, `none`.
 */
export const SIGNATURE_STATES = ["sound", "partial", "broken", "unknown", "none"] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];
