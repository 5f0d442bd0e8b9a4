import { constants, type KeyObject, verify } from "node:crypto";
import { type HashName, hashAlgorithm, type KeyKinds, publicKey, signatureOfOid } from "./accepted-algorithms.ts";
import type { Certificate } from "./certificate.ts";
import { type DerNode, derTag, fieldsOf, objectIdentifier, readOnly, smallInteger } from "./der.ts";
import { refuse } from "./verdict.ts";

const rsaPss = "1.2.840.113549.1.1.10";
const maskGeneration1 = "1.2.840.113549.1.1.8";

/** Sound by today's measure, but more than seals of ours are made with. */
const foreignKeys: KeyKinds = {
  curves: new Set(["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"]),
  rsa: new Set(["1.2.840.113549.1.1.1", rsaPss]),
  said: "RSA nor on the curves P-256, P-384 or P-521",
};

/**
 * Whether a signature of somebody else holds over `data`: RSA (PKCS #1 v1.5 and PSS) and ECDSA with SHA-256, 384, 512.
 * Anything else ends with `algorithm_not_accepted`; SHA-1 too, with which two documents can be made for one signature.
 */
export function foreignSignatureHolds(
  algorithm: DerNode,
  hash: HashName,
  { data, signature }: { readonly data: Buffer; readonly signature: Buffer },
  certificate: Certificate,
): boolean {
  const key = publicKey(certificate.spki, foreignKeys);
  const fields = fieldsOf(algorithm);
  const oid = objectIdentifier(fields.take(derTag.objectIdentifier));
  if (oid === rsaPss) {
    const { hash: pssHash, saltLength } = readPss(fields.takeAny());
    return attempt(pssHash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);
  }
  const known = signatureOfOid.get(oid);
  if (!known) return refuse("algorithm_not_accepted", `The signature algorithm ${oid} is not accepted.`);
  if (key.asymmetricKeyType !== known.family) return false;
  return attempt(known.hash ?? hash, data, { key }, signature);
}

interface VerifyKey {
  readonly key: KeyObject;
  readonly padding?: number;
  readonly saltLength?: number;
}

function attempt(hash: HashName, data: Buffer, key: VerifyKey, signature: Buffer): boolean {
  try {
    return verify(hash, data, key, signature);
  } catch {
    return false;
  }
}

/** RSASSA-PSS-params (RFC 4055 §3.1). Whatever they leave out is SHA-1, which is not accepted. */
function readPss(node: DerNode): { readonly hash: HashName; readonly saltLength: number } {
  const fields = fieldsOf(node);
  const digest = fields.optional(0xa0);
  const mask = fields.optional(0xa1);
  const salt = fields.optional(0xa2);
  fields.optional(0xa3);
  fields.end();
  if (!digest || !mask) return refuse("algorithm_not_accepted", "The signature algorithm rests on SHA-1.");
  const hash = hashAlgorithm(readOnly(digest.content));
  const generation = fieldsOf(readOnly(mask.content));
  const isKnown = objectIdentifier(generation.take(derTag.objectIdentifier)) === maskGeneration1;
  if (!isKnown || hashAlgorithm(generation.takeAny()) !== hash) {
    return refuse("algorithm_not_accepted", "The signature algorithm uses two digests.");
  }
  return { hash, saltLength: salt ? smallInteger(readOnly(salt.content)) : 20 };
}
