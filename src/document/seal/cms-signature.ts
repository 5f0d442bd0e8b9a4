import { createHash } from "node:crypto";
import { DigestAlgorithmIdentifier, IssuerAndSerialNumber, id_data, id_signedData } from "@peculiar/asn1-cms";
import { AsnConvert, AsnIntegerArrayBufferConverter } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Certificate, GeneralName, GeneralNames } from "@peculiar/asn1-x509";
import {
  DER_OCTET_STRING,
  DER_SEQUENCE,
  DER_SET,
  derContextTag,
  derElement,
  derObjectIdentifier,
  derSetOf,
} from "./der.ts";
import type { SealAlgorithm, SealKey } from "./seal-key.ts";

/** What can be written before the document is known: everything but its digest, the signature and the timestamp. */
export interface PreparedCms {
  /** The signed attributes as DER SET, with zeros for the digest. */
  readonly signedAttributes: Uint8Array;
  readonly digestOffset: number;
  /** SignedData from its version to the certificates. */
  readonly signedDataStart: Uint8Array;
  /** SignerInfo from its version to the digest algorithm. */
  readonly signerInfoStart: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  /** Bytes of a finished CMS without its signature value and unsigned attributes, rounded up. */
  readonly fixedLength: number;
}

const ID_CONTENT_TYPE = "1.2.840.113549.1.9.3";
const ID_MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const ID_SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const ID_TIMESTAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";
const ID_SHA256 = "2.16.840.1.101.3.4.2.1";
const SHA256_LENGTH = 32;
const SIGNED_DATA = derObjectIdentifier(id_signedData);

const prepared = new WeakMap<SealKey, PreparedCms>();

/**
 * The static part of this key's signatures, made once per key: it takes 0.6 ms, a whole seal with P-256 after it 0.3 ms.
 * Throws when the certificate is not DER.
 */
export function prepareCms(key: SealKey): PreparedCms {
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const made = makePreparedCms(key);
  prepared.set(key, made);
  return made;
}

/** The bytes to be signed for this SHA-256 digest of the document (RFC 5652, 5.4). */
export function signedAttributesFor(cms: PreparedCms, documentDigest: Uint8Array): Uint8Array {
  if (documentDigest.length !== SHA256_LENGTH) throw new Error(`Expected a digest of ${SHA256_LENGTH} bytes`);
  const attributes = Buffer.from(cms.signedAttributes);
  attributes.set(documentDigest, cms.digestOffset);
  return attributes;
}

/**
 * The finished ContentInfo (RFC 5652, 3 and 5; ETSI EN 319 142-1, 6.3): detached, one signer, and the timestamp token
 * of the signature value, when there is one, as unsigned attribute (RFC 3161, appendix A).
 */
export function assembleCms(
  cms: PreparedCms,
  signed: { readonly attributes: Uint8Array; readonly signature: Uint8Array; readonly timestampToken?: Uint8Array },
): Uint8Array {
  // Signed as SET OF, stored under the implicit tag [0] (RFC 5652, 5.4).
  const storedAttributes = Buffer.from(signed.attributes);
  storedAttributes[0] = derContextTag(0);
  const unsigned = signed.timestampToken === undefined ? [] : [unsignedAttributes(signed.timestampToken)];
  const signerInfo = derElement(
    DER_SEQUENCE,
    cms.signerInfoStart,
    storedAttributes,
    cms.signatureAlgorithm,
    derElement(DER_OCTET_STRING, signed.signature),
    ...unsigned,
  );
  const signedData = derElement(DER_SEQUENCE, cms.signedDataStart, derElement(DER_SET, signerInfo));
  return derElement(DER_SEQUENCE, SIGNED_DATA, derElement(derContextTag(0), signedData));
}

function makePreparedCms(key: SealKey): PreparedCms {
  const certificate = AsnConvert.parse(key.certificate, Certificate);
  const { issuer, serialNumber } = certificate.tbsCertificate;
  // Issuer and serial number are written from the parsed form; that is exact only when the certificate was DER.
  if (!serialize(certificate).equals(key.certificate)) {
    throw new Error("Expected the seal certificate in DER, and nothing behind it");
  }
  const digestAlgorithm = serialize(new DigestAlgorithmIdentifier({ algorithm: ID_SHA256 }));
  const version1 = Buffer.from([2, 1, 1]);
  const signerInfoStart = Buffer.concat([
    version1,
    serialize(new IssuerAndSerialNumber({ issuer, serialNumber })),
    digestAlgorithm,
  ]);
  const signedDataStart = Buffer.concat([
    version1,
    derElement(DER_SET, digestAlgorithm),
    derElement(DER_SEQUENCE, derObjectIdentifier(id_data)),
    derSetOf(derContextTag(0), [key.certificate, ...key.chain]),
  ]);
  const messageDigest = attribute(ID_MESSAGE_DIGEST, derElement(DER_OCTET_STRING, new Uint8Array(SHA256_LENGTH)));
  const signedAttributes = derSetOf(DER_SET, [
    attribute(ID_CONTENT_TYPE, derObjectIdentifier(id_data)),
    messageDigest,
    attribute(ID_SIGNING_CERTIFICATE_V2, signingCertificateV2(key.certificate, certificate)),
  ]);
  const digestOffset = signedAttributes.indexOf(messageDigest) + messageDigest.length - SHA256_LENGTH;
  const signatureAlgorithm = serialize(signatureAlgorithmOf(key.algorithm));
  const partLengths = [signedAttributes, signedDataStart, signerInfoStart, signatureAlgorithm].map(
    (part) => part.length,
  );
  // The 64 bytes are the tags and lengths around the parts.
  const fixedLength = partLengths.reduce((sum, length) => sum + length, 64);
  return { signedAttributes, digestOffset, signedDataStart, signerInfoStart, signatureAlgorithm, fixedLength };
}

/** SigningCertificateV2 with one ESSCertIDv2 (RFC 5035, 3 and 4); SHA-256 is the default and so left out in DER. */
function signingCertificateV2(der: Uint8Array, { tbsCertificate }: Certificate): Uint8Array {
  const issuer = new GeneralName({ directoryName: tbsCertificate.issuer });
  const serialNumber = AsnIntegerArrayBufferConverter.toASN(tbsCertificate.serialNumber);
  const issuerSerial = derElement(
    DER_SEQUENCE,
    serialize(new GeneralNames([issuer])),
    new Uint8Array(serialNumber.toBER()),
  );
  const certHash = derElement(DER_OCTET_STRING, createHash("sha256").update(der).digest());
  return derElement(DER_SEQUENCE, derElement(DER_SEQUENCE, derElement(DER_SEQUENCE, certHash, issuerSerial)));
}

function signatureAlgorithmOf(algorithm: SealAlgorithm): AlgorithmIdentifier {
  switch (algorithm) {
    case "ecdsa-p256-sha256":
      return new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" });
    case "rsa-sha256":
      // RFC 5754, 3.2: sha256WithRSAEncryption, with NULL parameters.
      return new AlgorithmIdentifier({ algorithm: "1.2.840.113549.1.1.11", parameters: null });
  }
}

function unsignedAttributes(timestampToken: Uint8Array): Uint8Array {
  return derElement(derContextTag(1), attribute(ID_TIMESTAMP_TOKEN, timestampToken));
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return derElement(DER_SEQUENCE, derObjectIdentifier(type), derElement(DER_SET, value));
}

function serialize(value: object): Buffer {
  return Buffer.from(AsnConvert.serialize(value));
}
