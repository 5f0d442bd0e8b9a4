import { createHash } from "node:crypto";
import { digestOf, type HashName, hashAlgorithm, signatureHolds } from "./accepted-algorithms.ts";
import type { Certificate } from "./certificate.ts";
import { type CmsAttribute, type CmsSigner, cmsOid, type SignedData } from "./cms-signed-data.ts";
import { childrenOf, type DerNode, derTag, fieldsOf, objectIdentifier, readOnly } from "./der.ts";
import { refuse } from "./verdict.ts";

export interface SignatureExpectation {
  readonly contentType: string;
  /** The digest of what must have been signed. */
  digest(hash: HashName): Buffer;
  /** Time-stamp tokens may still name their certificate by SHA-1 (RFC 3161 §2.4.2 before RFC 5816). */
  readonly acceptsFirstCertificateAttribute: boolean;
}

/**
 * Holds the one signature of `signed` against what it should cover and returns the certificate that made it:
 * content-type and message-digest exactly once (RFC 5652 §11.1, §11.2), digest equal, the signing-certificate
 * attribute naming that very certificate (RFC 5035 §3), the signature over the attributes sound.
 */
export function checkSigner(signed: SignedData, expected: SignatureExpectation): Certificate {
  const { signer } = signed;
  const contentType = onlyValue(signer.signedAttributes, cmsOid.contentType);
  const messageDigest = onlyValue(signer.signedAttributes, cmsOid.messageDigest);
  if (!contentType || !messageDigest) {
    return refuse("signed_attributes_missing", "The signature does not sign its content type and message digest.");
  }
  if (signed.contentType !== expected.contentType || objectIdentifier(contentType) !== expected.contentType) {
    refuse("malformed_signature", "The signature is over another type of content than it should be.");
  }
  const found = octets(messageDigest);
  if (!found.equals(expected.digest(signer.hash))) {
    refuse("digest_mismatch", "The content was changed after it was sealed.");
  }
  const certificate = signed.certificates.find((one) => isNamedBy(one, signer));
  if (!certificate)
    return refuse("signing_certificate_mismatch", "The signature does not carry its signer's certificate.");
  checkCertificateAttribute(certificate, signer, expected.acceptsFirstCertificateAttribute);
  if (!signatureHolds(signer.algorithm, signer.hash, signer.signedBytes, certificate.key(), signer.signature)) {
    refuse("signature_invalid", "The signature was not made with the key of its certificate.");
  }
  return certificate;
}

export function onlyValue(attributes: readonly CmsAttribute[], type: string): DerNode | null {
  const attribute = attributes.find((one) => one.type === type);
  if (!attribute) return null;
  const [value] = attribute.values;
  if (!value || attribute.values.length > 1)
    return refuse("malformed_signature", "A signed attribute has not exactly one value.");
  return value;
}

export function octets(node: DerNode): Buffer {
  return readOnly(node.raw, derTag.octetString).content;
}

/** IssuerAndSerialNumber or [0] SubjectKeyIdentifier; RFC 5652 §5.3. */
export function isNamedBy(certificate: Certificate, { identifier }: Pick<CmsSigner, "identifier">): boolean {
  if (identifier.tag !== derTag.sequence) return certificate.subjectKeyIdentifier?.equals(identifier.content) ?? false;
  const fields = fieldsOf(identifier);
  const issuer = fields.take(derTag.sequence).raw;
  const serialNumber = fields.take(derTag.integer).content;
  fields.end();
  return certificate.issuer.equals(issuer) && certificate.serialNumber.equals(serialNumber);
}

/** Without this attribute another certificate for the same key could be put in the place of the signer's. */
export function checkCertificateAttribute(
  certificate: Certificate,
  signer: Pick<CmsSigner, "signedAttributes">,
  acceptsFirst: boolean,
): void {
  const second = onlyValue(signer.signedAttributes, cmsOid.signingCertificateV2);
  const first = acceptsFirst ? onlyValue(signer.signedAttributes, cmsOid.signingCertificate) : null;
  const attribute = second ?? first;
  if (!attribute) {
    refuse("signed_attributes_missing", "The signature does not sign which certificate made it.");
  }
  const [identifiers] = childrenOf(attribute, derTag.sequence);
  const [identifier] = identifiers ? childrenOf(identifiers, derTag.sequence) : [];
  if (!identifier) refuse("malformed_signature", "The signed certificate reference is empty.");
  const fields = fieldsOf(identifier);
  const hash = second ? fields.optional(derTag.sequence) : null;
  const digest = second ? digestOf(hash ? hashAlgorithm(hash) : "sha256", certificate.raw) : sha1(certificate.raw);
  const expected = fields.take(derTag.octetString).content;
  const issuerSerial = fields.optional(derTag.sequence);
  fields.end();
  if (!expected.equals(digest) || (issuerSerial && !matchesIssuerSerial(certificate, issuerSerial))) {
    refuse("signing_certificate_mismatch", "The signature was sealed for another certificate than the one it carries.");
  }
}

/** SHA-1 here names a certificate that is checked by its own signature too; a second preimage is out of reach. */
function sha1(bytes: Buffer): Buffer {
  return createHash("sha1").update(bytes).digest();
}

/** IssuerSerial ::= SEQUENCE { GeneralNames, serial }, the one name being [4] directoryName. */
function matchesIssuerSerial(certificate: Certificate, node: DerNode): boolean {
  const fields = fieldsOf(node);
  const [name, ...more] = childrenOf(fields.take(derTag.sequence));
  const serialNumber = fields.take(derTag.integer).content;
  const isIssuer = name?.tag === 0xa4 && name.content.equals(certificate.issuer) && more.length === 0;
  return isIssuer && serialNumber.equals(certificate.serialNumber);
}
