/**
 * A key that can seal. The port that a key file, a key management service or a hardware module implements; the private
 * key itself never crosses it.
 */
export interface SealKey {
  /** The seller's seal certificate, DER. */
  readonly certificate: Uint8Array;
  /** Its issuers, DER, nearest first; the root may be there or not. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SealAlgorithm;
  /**
   * Signs these bytes (it hashes them with SHA-256 itself). Returns a DER ECDSA-Sig-Value (RFC 3279, 2.2.3) or a
   * PKCS #1 v1.5 signature (RFC 8017, 8.2).
   */
  sign(signedAttributes: Uint8Array): Promise<Uint8Array>;
}

export type SealAlgorithm = "ecdsa-p256-sha256" | "rsa-sha256";
