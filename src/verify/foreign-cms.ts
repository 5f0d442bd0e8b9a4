import { digestOf, hashAlgorithm } from "./accepted-algorithms.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { checkCertificateAttribute, isNamedBy, octets, onlyValue } from "./cms-signature.ts";
import { type CmsAttribute, cmsOid, readAttributes, readContent } from "./cms-signed-data.ts";
import { withDefiniteLengths } from "./definite-lengths.ts";
import { childrenOf, type DerNode, derTag, fieldsOf, objectIdentifier, readOnly } from "./der.ts";
import { foreignSignatureHolds } from "./foreign-algorithms.ts";
import { Finding, refuse } from "./verdict.ts";

/** Who made a signature that holds, and what it carries inside; a timestamp carries what it states. */
export interface ForeignSigner {
  readonly certificate: Certificate;
  readonly content: Buffer | null;
}

const maxCertificates = 64;

/**
 * Holds a signature of any writer against what it must cover, given the content that it carries: CMS SignedData (RFC 5652 §5) with one signer. Less is asked
 * than of a seal: attributes may be missing or in another order, a certificate need not be named in them. Ends with
 * `digest_mismatch`, `signature_invalid` or `signing_certificate_mismatch` where the signature does not hold, and with
 * another finding where that cannot be told.
 */
export function checkForeignCms(bytes: Buffer, covered: (content: Buffer | null) => readonly Buffer[]): ForeignSigner {
  const info = fieldsOf(readOnly(withDefiniteLengths(bytes), derTag.sequence));
  if (objectIdentifier(info.take(derTag.objectIdentifier)) !== cmsOid.signedData) {
    refuse("malformed_signature", "The signature data is not CMS SignedData.");
  }
  const fields = fieldsOf(readOnly(info.take(0xa0).content));
  fields.take(derTag.integer);
  fields.take(derTag.set);
  const { contentType, content } = readContent(fields.take(derTag.sequence));
  const certificates = fields.optional(0xa0);
  fields.optional(0xa1);
  const [node, ...others] = childrenOf(fields.take(derTag.set));
  if (!node || others.length > 0) return refuse("more_than_one_signer", "The signature has not exactly one signer.");
  const signer = readForeignSigner(node);
  const certificate = certificates ? signersCertificate(certificates, signer.identifier) : null;
  if (!certificate) return refuse("malformed_signature", "The signature does not carry its signer's certificate.");
  const data = signer.signed
    ? checkAttributes(signer.signed, { contentType, digest: digestOf(signer.hash, ...covered(content)), certificate })
    : [Buffer.concat(covered(content))];
  const holds = data.some((one) =>
    foreignSignatureHolds(signer.algorithm, signer.hash, { data: one, signature: signer.signature }, certificate),
  );
  if (!holds) refuse("signature_invalid", "The signature was not made with the key of its certificate.");
  return { certificate, content };
}

function readForeignSigner(node: DerNode) {
  const fields = fieldsOf(node);
  fields.take(derTag.integer);
  const identifier = fields.takeAny();
  const hash = hashAlgorithm(fields.take(derTag.sequence));
  const signed = fields.optional(0xa0);
  const algorithm = fields.take(derTag.sequence);
  const signature = fields.take(derTag.octetString).content;
  return { identifier, hash, signed, algorithm, signature };
}

/** Certificates that cannot be read are left out: it need not be the signer's. */
function signersCertificate(node: DerNode, identifier: DerNode): Certificate | null {
  const found = childrenOf(node)
    .filter(({ tag }) => tag === derTag.sequence)
    .slice(0, maxCertificates)
    .flatMap(({ raw }) => readOrSkip(raw));
  return found.find((one) => isNamedBy(one, { identifier })) ?? null;
}

function readOrSkip(raw: Buffer): Certificate[] {
  try {
    return [readCertificate(raw)];
  } catch (error) {
    if (error instanceof Finding) return [];
    throw error;
  }
}

/** The attributes as they may have been signed: in the order of DER (RFC 5652 §5.4), or as they stand. */
function checkAttributes(
  implicit: DerNode,
  expected: { readonly contentType: string; readonly digest: Buffer; readonly certificate: Certificate },
): readonly Buffer[] {
  const attributes: readonly CmsAttribute[] = readAttributes(implicit);
  const contentType = onlyValue(attributes, cmsOid.contentType);
  const digest = onlyValue(attributes, cmsOid.messageDigest);
  if (!contentType || !digest) {
    return refuse("signed_attributes_missing", "The signature does not sign its content type and message digest.");
  }
  if (objectIdentifier(contentType) !== expected.contentType) {
    refuse("malformed_signature", "The signature is over another type of content than it should be.");
  }
  if (!octets(digest).equals(expected.digest))
    refuse("digest_mismatch", "The content was changed after it was signed.");
  const references: readonly string[] = [cmsOid.signingCertificate, cmsOid.signingCertificateV2];
  if (attributes.some(({ type }) => references.includes(type))) {
    checkCertificateAttribute(expected.certificate, { signedAttributes: attributes }, true);
  }
  const header = Buffer.from(implicit.raw.subarray(0, implicit.raw.length - implicit.content.length));
  header[0] = derTag.set;
  const sorted = childrenOf(implicit)
    .map(({ raw }) => raw)
    .toSorted(Buffer.compare);
  const inOrder = Buffer.concat([header, ...sorted]);
  const asTheyStand = Buffer.concat([header, implicit.content]);
  return inOrder.equals(asTheyStand) ? [inOrder] : [inOrder, asTheyStand];
}
