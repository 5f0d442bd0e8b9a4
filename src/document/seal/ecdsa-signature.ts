import { DER_SEQUENCE, derElement } from "./der.ts";

const DER_INTEGER = 0x02;

/**
 * An ECDSA signature as PKCS #11 gives it (r and s side by side, each as long as the curve's order; PKCS #11 2.40
 * mechanisms, 2.3.1) as DER ECDSA-Sig-Value (RFC 3279, 2.2.3). Throws when it cannot be halved.
 */
export function ecdsaSigValue(raw: Uint8Array): Uint8Array {
  if (raw.length === 0 || raw.length % 2 !== 0) {
    throw new Error(`an ECDSA signature of ${raw.length} bytes cannot be halved into r and s`);
  }
  const half = raw.length / 2;
  return derElement(DER_SEQUENCE, positiveInteger(raw.subarray(0, half)), positiveInteger(raw.subarray(half)));
}

/** Without leading zeros, but with one where the first bit would make it negative (ITU-T X.690, 8.3). */
function positiveInteger(magnitude: Uint8Array): Uint8Array {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? magnitude.subarray(-1) : magnitude.subarray(first);
  const sign = (digits[0] ?? 0) >= 0x80 ? Buffer.of(0) : Buffer.alloc(0);
  return derElement(DER_INTEGER, sign, digits);
}
