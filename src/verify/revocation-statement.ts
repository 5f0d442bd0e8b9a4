import type { Certificate } from "./certificate.ts";

/** What a revocation list or an OCSP response says, as far as it is signed by whom it should be. */
export interface RevocationStatement {
  /**
   * Good, or since when it is revoked; null when the statement is not about this certificate of this issuer, or was
   * not current at `used`, the time for which the question is asked.
   */
  statusOf(certificate: Certificate, issuer: Certificate, used: Date): "good" | { readonly revokedAt: Date } | null;
}

/** Clocks of honest parties differ a little. */
const toleranceMs = 5 * 60 * 1000;

/**
 * Whether a statement of these times tells of the time of use: it was still current then, or came after, and was made
 * while the certificate had not expired: afterwards lists may drop it (RFC 5280 §3.3).
 */
export function tellsOf(
  used: Date,
  { thisUpdate, nextUpdate }: { readonly thisUpdate: Date; readonly nextUpdate: Date | null },
  { notAfter }: Certificate,
): boolean {
  return (
    thisUpdate <= notAfter &&
    (nextUpdate ?? thisUpdate).getTime() + toleranceMs >= Math.min(used.getTime(), notAfter.getTime())
  );
}
