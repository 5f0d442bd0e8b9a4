import { type HashName, hashAlgorithm, signatureAlgorithm } from "./accepted-algorithms.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { childrenOf, type DerNode, derTag, fieldsOf, objectIdentifier, readOnly, smallInteger } from "./der.ts";
import { refuse } from "./verdict.ts";

export const cmsOid = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  signatureTimeStampToken: "1.2.840.113549.1.9.16.2.14",
  timeStampInfo: "1.2.840.113549.1.9.16.1.4",
} as const;

export interface CmsAttribute {
  readonly type: string;
  readonly values: readonly DerNode[];
}

export interface CmsSigner {
  readonly identifier: DerNode;
  readonly hash: HashName;
  readonly algorithm: ReturnType<typeof signatureAlgorithm>;
  readonly signature: Buffer;
  /** The attributes as the SET OF that was signed (RFC 5652 §5.4), and read. */
  readonly signedBytes: Buffer;
  readonly signedAttributes: readonly CmsAttribute[];
  readonly unsignedAttributes: readonly CmsAttribute[];
}

export interface SignedData {
  readonly contentType: string;
  readonly content: Buffer | null;
  readonly certificates: readonly Certificate[];
  readonly carriesRevocationData: boolean;
  readonly signer: CmsSigner;
}

const maxCertificates = 16;

/**
 * Reads a ContentInfo with SignedData and exactly one SignerInfo; RFC 5652 §3, §5. The versions must be the ones
 * §5.1 and §5.3 prescribe and the digest list must name the signer's digest alone: none of these is signed, so each
 * is held to its one right value.
 */
export function readSignedData(bytes: Buffer): SignedData {
  const info = fieldsOf(readOnly(bytes, derTag.sequence));
  if (objectIdentifier(info.take(derTag.objectIdentifier)) !== cmsOid.signedData) {
    refuse("malformed_signature", "The signature data is not CMS SignedData.");
  }
  const wrapper = info.take(0xa0);
  info.end();
  const fields = fieldsOf(readOnly(wrapper.content));
  const version = smallInteger(fields.take(derTag.integer));
  const digests = childrenOf(fields.take(derTag.set));
  const encapsulated = readContent(fields.take(derTag.sequence));
  const certificateNodes = childrenOf(fields.optional(0xa0) ?? fields.takeAny(), 0xa0);
  const revocation = fields.optional(0xa1);
  const signers = childrenOf(fields.take(derTag.set));
  fields.end();
  const [signerNode] = signers;
  if (!signerNode || signers.length > 1) {
    return refuse("more_than_one_signer", `The signature has ${signers.length} signers; exactly one is expected.`);
  }
  const { signer, version: signerVersion } = readSigner(signerNode);
  const expected = encapsulated.contentType !== cmsOid.data || signerVersion === 3 ? 3 : 1;
  if (version !== expected) refuse("malformed_signature", "The version of the signed data is not the prescribed one.");
  if (digests.length !== 1 || digests.some((digest) => hashAlgorithm(digest) !== signer.hash)) {
    refuse("malformed_signature", "The digest list of the signature does not name its signer's digest alone.");
  }
  if (certificateNodes.length > maxCertificates) refuse("too_large", "The signature carries too many certificates.");
  const certificates = certificateNodes.map((node) => readCertificate(node.raw));
  return { ...encapsulated, certificates, carriesRevocationData: revocation !== null, signer };
}

export function readContent(node: DerNode): Pick<SignedData, "contentType" | "content"> {
  const fields = fieldsOf(node);
  const contentType = objectIdentifier(fields.take(derTag.objectIdentifier));
  const wrapper = fields.optional(0xa0);
  fields.end();
  return { contentType, content: wrapper ? readOnly(wrapper.content, derTag.octetString).content : null };
}

function readSigner(node: DerNode): { signer: CmsSigner; version: number } {
  const fields = fieldsOf(node);
  const version = smallInteger(fields.take(derTag.integer));
  const identifier = fields.takeAny();
  if (!(version === 1 && identifier.tag === derTag.sequence) && !(version === 3 && identifier.tag === 0x80)) {
    refuse("malformed_signature", "The version of the signer does not fit how its certificate is named.");
  }
  const hash = hashAlgorithm(fields.take(derTag.sequence));
  const signed = fields.optional(0xa0);
  if (!signed) return refuse("signed_attributes_missing", "The signature has no signed attributes.");
  const algorithm = signatureAlgorithm(fields.take(derTag.sequence));
  const signature = fields.take(derTag.octetString).content;
  const unsigned = fields.optional(0xa1);
  fields.end();
  const signedBytes = asSetOf(signed);
  const signer: CmsSigner = {
    identifier,
    hash,
    algorithm,
    signature,
    signedBytes,
    signedAttributes: readAttributes(signed),
    unsignedAttributes: unsigned ? readAttributes(unsigned) : [],
  };
  return { signer, version };
}

/** RFC 5652 §5.4: the DER encoding with the tag of SET OF, elements in ascending order (X.690 §11.6). */
function asSetOf(implicit: DerNode): Buffer {
  const stored = childrenOf(implicit).map((child) => child.raw);
  const sorted = stored.toSorted(Buffer.compare);
  if (stored.some((raw, index) => raw !== sorted[index])) {
    refuse("malformed_signature", "The signed attributes are not in the order DER prescribes.");
  }
  const header = Buffer.from(implicit.raw.subarray(0, implicit.raw.length - implicit.content.length));
  header[0] = derTag.set;
  return Buffer.concat([header, ...sorted]);
}

export function readAttributes(node: DerNode): CmsAttribute[] {
  const attributes = childrenOf(node).map((child) => {
    const fields = fieldsOf(child);
    const type = objectIdentifier(fields.take(derTag.objectIdentifier));
    const values = childrenOf(fields.take(derTag.set));
    fields.end();
    return { type, values };
  });
  if (new Set(attributes.map(({ type }) => type)).size !== attributes.length) {
    refuse("malformed_signature", "An attribute of the signature occurs twice.");
  }
  return attributes;
}
