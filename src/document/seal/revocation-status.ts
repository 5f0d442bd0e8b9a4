import { type KeyObject, verify, type X509Certificate } from "node:crypto";

/** What an answer says of one certificate; `unusable` says why it cannot be believed, in English. */
export type RevocationStatus =
  | { readonly status: "good" }
  | { readonly status: "revoked"; readonly at: Date }
  | { readonly status: "unusable"; readonly detail: string };

export function unusable(detail: string): RevocationStatus {
  return { status: "unusable", detail };
}

/** A certificate and who issued it: the one whose word on it counts. */
export interface IssuedCertificate {
  readonly certificate: X509Certificate;
  readonly issuer: X509Certificate;
}

/** Clocks of honest parties differ a little. */
const TOLERANCE_MS = 5 * 60_000;
/** Services that name no next update are asked anew each time, so that older answers are leftovers (RFC 6960, 4.2.2.1). */
const LONGEST_WITHOUT_NEXT_UPDATE_MS = 24 * 3_600_000;

/** Null when an answer of these times is of today (RFC 6960, 4.2.2.1; RFC 5280, 6.3.3), else what is wrong. */
export function staleness(thisUpdate: Date, nextUpdate: Date | undefined, at: Date): string | null {
  if (thisUpdate.getTime() > at.getTime() + TOLERANCE_MS)
    return `its time ${thisUpdate.toISOString()} is still to come`;
  const end = nextUpdate ?? new Date(thisUpdate.getTime() + LONGEST_WITHOUT_NEXT_UPDATE_MS);
  return end.getTime() + TOLERANCE_MS < at.getTime() ? `it is out of date since ${end.toISOString()}` : null;
}

/** Signature algorithms with SHA-2, as our verifier accepts them: anything weaker would not stand in the archive. */
const ALGORITHMS: Readonly<Record<string, { readonly key: "rsa" | "ec"; readonly digest: string }>> = {
  "1.2.840.113549.1.1.11": { key: "rsa", digest: "sha256" },
  "1.2.840.113549.1.1.12": { key: "rsa", digest: "sha384" },
  "1.2.840.113549.1.1.13": { key: "rsa", digest: "sha512" },
  "1.2.840.10045.4.3.2": { key: "ec", digest: "sha256" },
  "1.2.840.10045.4.3.3": { key: "ec", digest: "sha384" },
  "1.2.840.10045.4.3.4": { key: "ec", digest: "sha512" },
};

/** Whether this key made the signature over these bytes; false for algorithms that are not accepted. */
export function isSignedWith(
  key: KeyObject,
  algorithm: string,
  signed: ArrayBuffer | undefined,
  signature: ArrayBuffer,
): boolean {
  const known = ALGORITHMS[algorithm];
  if (known === undefined || signed === undefined || key.asymmetricKeyType !== known.key) return false;
  return verify(known.digest, new Uint8Array(signed), key, new Uint8Array(signature));
}
