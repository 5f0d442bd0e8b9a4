import type { Certificate } from "./certificate.ts";

export type PathResult = "trusted" | "untrusted" | "expired_then" | "not_yet_valid_then";

const maxDepth = 6;
/** Cross-signed certificates make paths multiply; a sound signature needs a handful of checks. */
const maxSignatureChecks = 48;

/**
 * Whether a path leads from `leaf` through `pool` to one of `roots`, judged at `instant`; RFC 5280 §6.1 without
 * policies and name constraints (a certificate with critical ones is not used). Every link: issuer and subject name
 * equal, signature holds, authority with the right to sign certificates, path length kept. Roots must meet this too.
 * `expired_then`: a path exists, but one of its certificates had ended by that instant; `not_yet_valid_then`: had not
 * begun.
 */
export function judgePath(
  leaf: Certificate,
  pool: readonly Certificate[],
  roots: readonly Certificate[],
  instant: Date,
): PathResult {
  const check = signatureChecker();
  if (leadsToRoot(leaf, { pool, roots, check, valid: (one) => isValidAt(one, instant) }, 0)) return "trusted";
  const leads = (valid: Search["valid"]): boolean => leadsToRoot(leaf, { pool, roots, check, valid }, 0);
  if (!leads(() => true)) return "untrusted";
  return leads(({ notBefore }) => notBefore <= instant) ? "expired_then" : "not_yet_valid_then";
}

interface Search {
  readonly pool: readonly Certificate[];
  readonly roots: readonly Certificate[];
  readonly check: SignatureChecker;
  readonly valid: (certificate: Certificate) => boolean;
}

/** `below` counts the authorities between this certificate and the leaf that are not self-issued. */
function leadsToRoot(certificate: Certificate, search: Search, below: number, depth = 0): boolean {
  if (depth > maxDepth || !search.valid(certificate) || certificate.hasUnknownCriticalExtension) return false;
  const mayIssue = (issuer: Certificate): boolean =>
    issuer.subject.equals(certificate.issuer) &&
    issuer.isAuthority &&
    (issuer.keyUsage?.has("keyCertSign") ?? true) &&
    (issuer.pathLength === null || below <= issuer.pathLength) &&
    !issuer.hasUnknownCriticalExtension &&
    search.valid(issuer) &&
    search.check(certificate, issuer);
  if (search.roots.some(mayIssue)) return true;
  return search.pool.some((issuer) => {
    if (issuer.raw.equals(certificate.raw) || !mayIssue(issuer)) return false;
    return leadsToRoot(issuer, search, issuer.subject.equals(issuer.issuer) ? below : below + 1, depth + 1);
  });
}

function isValidAt(certificate: Certificate, instant: Date): boolean {
  return certificate.notBefore <= instant && instant <= certificate.notAfter;
}

type SignatureChecker = (certificate: Certificate, issuer: Certificate) => boolean;

function signatureChecker(): SignatureChecker {
  let left = maxSignatureChecks;
  return (certificate, issuer) => left-- > 0 && certificate.isSignedBy(issuer);
}

/**
 * Whether every certificate that travels with a signature leads to one of `roots`, at whatever time, or is the self-signed
 * one that a root was made by. The set is not covered by the signature, and anybody can make certificates that sign each
 * other: what leads nowhere was put there by nobody knows whom.
 */
export function allLeadToRoots(
  carried: readonly Certificate[],
  others: readonly Certificate[],
  roots: readonly Certificate[],
): boolean {
  const search = { pool: [...carried, ...others], roots, check: signatureChecker(), valid: () => true };
  return carried.every((one) => leadsToRoot(one, search, 0) || roots.some((root) => madeBy(root, one)));
}

function madeBy(root: Certificate, one: Certificate): boolean {
  const isSelfSigned = one.subject.equals(one.issuer) && one.isSignedBy(one);
  return isSelfSigned && root.issuer.equals(one.subject) && root.isSignedBy(one);
}
