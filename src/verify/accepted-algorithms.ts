import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { childrenOf, type DerNode, derTag, fieldsOf, objectIdentifier, readOnly } from "./der.ts";
import { refuse } from "./verdict.ts";

export type HashName = "sha256" | "sha384" | "sha512";

const hashOfOid: ReadonlyMap<string, HashName> = new Map([
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"],
]);

export interface SignatureAlgorithm {
  readonly family: "ec" | "rsa";
  /** null where the identifier leaves the digest to the SignerInfo (rsaEncryption, RFC 3370 §3.2). */
  readonly hash: HashName | null;
}

export const signatureOfOid: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ["1.2.840.10045.4.3.2", { family: "ec", hash: "sha256" }],
  ["1.2.840.10045.4.3.3", { family: "ec", hash: "sha384" }],
  ["1.2.840.10045.4.3.4", { family: "ec", hash: "sha512" }],
  ["1.2.840.113549.1.1.1", { family: "rsa", hash: null }],
  ["1.2.840.113549.1.1.11", { family: "rsa", hash: "sha256" }],
  ["1.2.840.113549.1.1.12", { family: "rsa", hash: "sha384" }],
  ["1.2.840.113549.1.1.13", { family: "rsa", hash: "sha512" }],
]);

const ecPublicKey = "1.2.840.10045.2.1";

/** What keys may be: object identifiers of the curves, and of the kinds of RSA key. */
export interface KeyKinds {
  readonly curves: ReadonlySet<string>;
  readonly rsa: ReadonlySet<string>;
  readonly said: string;
}

const sealingKeys: KeyKinds = {
  curves: new Set(["1.2.840.10045.3.1.7", "1.3.132.0.34"]),
  rsa: new Set(["1.2.840.113549.1.1.1"]),
  said: "RSA nor on the curves P-256 or P-384",
};

/** The digest of an AlgorithmIdentifier; parameters are absent or NULL (RFC 5754 §2). */
export function hashAlgorithm(node: DerNode): HashName {
  const fields = fieldsOf(node);
  const oid = objectIdentifier(fields.take(derTag.objectIdentifier));
  takeNull(fields.optional(derTag.null));
  fields.end();
  const hash = hashOfOid.get(oid);
  return (
    hash ?? refuse("algorithm_not_accepted", `The digest algorithm ${oid} is not accepted (SHA-256, 384 and 512 are).`)
  );
}

/** A signature AlgorithmIdentifier; RSA needs a NULL parameter, ECDSA none (RFC 5754 §3, RFC 4055 §5). */
export function signatureAlgorithm(node: DerNode): SignatureAlgorithm {
  const fields = fieldsOf(node);
  const oid = objectIdentifier(fields.take(derTag.objectIdentifier));
  const algorithm = signatureOfOid.get(oid);
  if (!algorithm) return refuse("algorithm_not_accepted", `The signature algorithm ${oid} is not accepted.`);
  if (algorithm.family === "rsa") takeNull(fields.take(derTag.null));
  fields.end();
  return algorithm;
}

function takeNull(node: DerNode | null): void {
  if (node && node.content.length > 0) refuse("malformed_signature", "An algorithm has a parameter that is not empty.");
}

/**
 * A key from its SubjectPublicKeyInfo: RSA of 2048 to 8192 bits, or ECDSA on named curves, P-256 and P-384 for seals.
 * The curve is read from the bytes, so that explicit curve parameters (CVE-2020-0601) never reach the library.
 */
export function publicKey(spki: Buffer, kinds: KeyKinds = sealingKeys): KeyObject {
  const fields = fieldsOf(readOnly(spki));
  const [algorithm, parameter] = childrenOf(fields.take(derTag.sequence));
  fields.take(derTag.bitString);
  fields.end();
  const oid = algorithm ? objectIdentifier(algorithm) : "";
  const curve = oid === ecPublicKey && parameter?.tag === derTag.objectIdentifier ? objectIdentifier(parameter) : "";
  if (!kinds.rsa.has(oid) && !kinds.curves.has(curve)) {
    refuse("algorithm_not_accepted", `A key is neither ${kinds.said}.`);
  }
  const key = loadKey(spki);
  if (!kinds.rsa.has(oid)) return key;
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < 2048 || bits > 8192) {
    refuse("algorithm_not_accepted", `An RSA key has ${bits} bits; 2048 to 8192 are accepted.`);
  }
  return key;
}

function loadKey(spki: Buffer): KeyObject {
  try {
    return createPublicKey({ key: spki, format: "der", type: "spki" });
  } catch {
    return refuse("malformed_signature", "A certificate holds a broken key.");
  }
}

export function digestOf(hash: HashName, ...parts: readonly Buffer[]): Buffer {
  const hasher = createHash(hash);
  for (const part of parts) hasher.update(part);
  return hasher.digest();
}

/** Whether the signature over `data` holds; false too when algorithm and key do not belong together. */
export function signatureHolds(
  algorithm: SignatureAlgorithm,
  hash: HashName,
  data: Buffer,
  key: KeyObject,
  signature: Buffer,
): boolean {
  if (key.asymmetricKeyType !== algorithm.family || (algorithm.hash ?? hash) !== hash) return false;
  try {
    return verify(hash, data, key, signature);
  } catch {
    return false;
  }
}
