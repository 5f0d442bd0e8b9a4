import { createHash, verify, X509Certificate } from "node:crypto";
import { ContentInfo, id_signedData, SignedData, type SignerInfo } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import { id_ct_tstInfo, TSTInfo } from "@peculiar/asn1-tsp";
import { Certificate, ExtendedKeyUsage, id_ce_extKeyUsage, id_kp_timeStamping } from "@peculiar/asn1-x509";
import type { TimestampFault } from "../../domain/timestamp-fault.ts";
import { DER_OCTET_STRING, DER_SET, derElement, derObjectIdentifier, derSetOf } from "./der.ts";

export type TimestampOutcome = { readonly ok: true; readonly token: Uint8Array } | TimestampFailure;

export interface TimestampFailure {
  readonly ok: false;
  readonly reason: TimestampFault;
  /** For the operator's log, in English. */
  readonly detail: string;
}

/** A request as it was sent; the token has to answer exactly this one. */
export interface TimestampRequest {
  /** SHA-256 digest. */
  readonly imprint: Uint8Array;
  /** The content bytes of a DER INTEGER. */
  readonly nonce: Uint8Array;
}

/** What else an answer is judged by. */
export interface TimestampExpectation {
  /** By our clock: when the request was sent, and when the answer had come. */
  readonly askedAt: Date;
  readonly answeredAt: Date;
  /** DER certificates; when given, the token's signer must be one of them or lead to one of them. */
  readonly trustedCertificates?: readonly Uint8Array[];
}

export const ID_SHA256 = "2.16.840.1.101.3.4.2.1";

export function timestampFailure(reason: TimestampFault, detail: string): TimestampFailure {
  return { ok: false, reason, detail };
}

/**
 * Checks a token against the request it answers (RFC 3161, 2.4.2): imprint, nonce, the signature of its one signer,
 * that the signer's certificate is for timestamps only (2.3) and was valid at the stated time, and that the stated time
 * is near our clock. With trusted certificates the signer must be, or lead to, one of them. The first fault is returned.
 */
export function checkTimestampToken(
  token: Uint8Array,
  request: TimestampRequest,
  expectation: TimestampExpectation,
): TimestampOutcome {
  const parsed = parseToken(token);
  if (parsed === null)
    return timestampFailure("malformed", "no SignedData with TSTInfo, one signer and its certificate");
  return checkAnswer(parsed, request) ?? checkSigner(parsed, expectation) ?? { ok: true, token };
}

/** Whether it answers this request. */
function checkAnswer({ info }: ParsedToken, request: TimestampRequest): TimestampFailure | null {
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  if (hashAlgorithm.algorithm !== ID_SHA256 || !sameBytes(hashedMessage.buffer, request.imprint)) {
    return timestampFailure("wrong_imprint", "the token is for other bytes");
  }
  if (info.nonce === undefined) return timestampFailure("missing_nonce", "the token has no nonce");
  if (!sameBytes(info.nonce, request.nonce)) {
    return timestampFailure("wrong_nonce", "the token answers another request");
  }
  return null;
}

/** Whether somebody signed it who may, at a time that can be. */
function checkSigner(parsed: ParsedToken, expectation: TimestampExpectation): TimestampFailure | null {
  const { info, certificate } = parsed;
  if (!isTimestampCertificate(certificate)) {
    return timestampFailure("not_a_timestamp_certificate", `${certificate.subject} is not for timestamps only`);
  }
  const signatureFault = checkSignature(parsed);
  if (signatureFault !== null) return signatureFault;
  if (!isNearOurClock(info, expectation)) {
    return timestampFailure("clock", `it states ${info.genTime.toISOString()}`);
  }
  if (info.genTime.getTime() < Date.parse(certificate.validFrom)) {
    return timestampFailure("certificate_not_yet_valid", `${certificate.subject} from ${certificate.validFrom}`);
  }
  if (!isValidAt(certificate, info.genTime)) {
    return timestampFailure("certificate_expired", `${certificate.subject} until ${certificate.validTo}`);
  }
  const { trustedCertificates } = expectation;
  if (trustedCertificates !== undefined && !leadsTo(trustedCertificates, parsed)) {
    return timestampFailure("untrusted", `${certificate.subject}, serial ${certificate.serialNumber}`);
  }
  return null;
}

/** Clocks of honest parties differ a little; the verifier allows the same. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** Authorities state a second or less; whoever states more must not thereby be allowed any time at all. */
const MOST_ACCURACY_MS = 60_000;

function isNearOurClock({ genTime, accuracy }: TSTInfo, { askedAt, answeredAt }: TimestampExpectation): boolean {
  const statedMs = (accuracy?.seconds ?? 0) * 1_000 + (accuracy?.millis ?? 0);
  const toleranceMs = CLOCK_TOLERANCE_MS + Math.min(Math.max(statedMs, 0), MOST_ACCURACY_MS);
  const at = genTime.getTime();
  return askedAt.getTime() - toleranceMs <= at && at <= answeredAt.getTime() + toleranceMs;
}

interface ParsedToken {
  readonly info: TSTInfo;
  readonly content: Uint8Array;
  readonly signer: SignerInfo;
  readonly certificate: X509Certificate;
  readonly certificates: readonly X509Certificate[];
}

function parseToken(token: Uint8Array): ParsedToken | null {
  try {
    const outer = AsnConvert.parse(token, ContentInfo);
    if (outer.contentType !== id_signedData) return null;
    const signedData = AsnConvert.parse(outer.content, SignedData);
    const encapsulated = signedData.encapContentInfo;
    const content = encapsulated.eContent?.single;
    const [signer, ...otherSigners] = signedData.signerInfos;
    if (encapsulated.eContentType !== id_ct_tstInfo || content === undefined) return null;
    if (signer === undefined || otherSigners.length > 0) return null;
    const certificates = [...(signedData.certificates ?? [])]
      .flatMap((choice) => choice.certificate ?? [])
      .map((each) => new X509Certificate(Buffer.from(AsnConvert.serialize(each))));
    const certificate = certificates.find((each) => identifies(signer, each));
    if (certificate === undefined) return null;
    const info = AsnConvert.parse(content.buffer, TSTInfo);
    return { info, content: new Uint8Array(content.buffer), signer, certificate, certificates };
  } catch {
    // The parsers throw on whatever is not the structure asked for.
    return null;
  }
}

function identifies(signer: SignerInfo, certificate: X509Certificate): boolean {
  const tbs = AsnConvert.parse(certificate.raw, Certificate).tbsCertificate;
  const wanted = signer.sid.issuerAndSerialNumber;
  if (wanted === undefined) return false;
  return (
    sameBytes(wanted.serialNumber, new Uint8Array(tbs.serialNumber)) &&
    sameBytes(AsnConvert.serialize(wanted.issuer), new Uint8Array(AsnConvert.serialize(tbs.issuer)))
  );
}

const ID_CONTENT_TYPE = "1.2.840.113549.1.9.3";
const ID_MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
/** Version 1 hashes with SHA-1, version 2 with SHA-256 or better. */
const SIGNING_CERTIFICATES = ["1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.16.2.12"];

const DIGESTS: Readonly<Record<string, string>> = {
  [ID_SHA256]: "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};

/** Key type and, where the identifier fixes it, the digest. */
const SIGNATURES: Readonly<Record<string, { readonly key: "rsa" | "ec"; readonly digest?: string }>> = {
  "1.2.840.113549.1.1.1": { key: "rsa" },
  "1.2.840.113549.1.1.11": { key: "rsa", digest: "sha256" },
  "1.2.840.113549.1.1.12": { key: "rsa", digest: "sha384" },
  "1.2.840.113549.1.1.13": { key: "rsa", digest: "sha512" },
  "1.2.840.10045.4.3.2": { key: "ec", digest: "sha256" },
  "1.2.840.10045.4.3.3": { key: "ec", digest: "sha384" },
  "1.2.840.10045.4.3.4": { key: "ec", digest: "sha512" },
};

/** RFC 5652, 5.4 and 5.6: the signed attributes bind the content, the signature binds the attributes. */
function checkSignature({ signer, content, certificate }: ParsedToken): TimestampFailure | null {
  const digest = DIGESTS[signer.digestAlgorithm.algorithm];
  const algorithm = SIGNATURES[signer.signatureAlgorithm.algorithm];
  if (digest === undefined || algorithm === undefined || (algorithm.digest ?? digest) !== digest) {
    return timestampFailure("unsupported_algorithm", signer.signatureAlgorithm.algorithm);
  }
  const bad = (detail: string): TimestampFailure => timestampFailure("bad_signature", detail);
  const attributes = signer.signedAttrs ?? [];
  const attributeValue = (type: string): Buffer => {
    const [value, ...others] = attributes.filter((each) => each.attrType === type).flatMap((each) => each.attrValues);
    return Buffer.from(others.length === 0 && value !== undefined ? value : new ArrayBuffer(0));
  };
  const contentDigest = createHash(digest).update(content).digest();
  if (!attributeValue(ID_CONTENT_TYPE).equals(derObjectIdentifier(id_ct_tstInfo)))
    return bad("the content-type attribute");
  if (!attributeValue(ID_MESSAGE_DIGEST).equals(derElement(DER_OCTET_STRING, contentDigest))) {
    return bad("the message-digest attribute");
  }
  if (!SIGNING_CERTIFICATES.some((type) => namesCertificate(attributeValue(type), certificate))) {
    return bad("the signing-certificate attribute");
  }
  if (certificate.publicKey.asymmetricKeyType !== algorithm.key) return bad("the certificate's key is of another type");
  const signed = derSetOf(
    DER_SET,
    attributes.map((each) => new Uint8Array(AsnConvert.serialize(each))),
  );
  const signature = new Uint8Array(signer.signature.buffer);
  return verify(digest, signed, certificate.publicKey, signature) ? null : bad("the signature value");
}

/**
 * Whether the attribute (RFC 2634, 5.4, or RFC 5035) holds this certificate's hash. Its place inside is not looked at:
 * another place for the right 20 to 64 bytes would take a second preimage.
 */
function namesCertificate(attribute: Buffer, certificate: X509Certificate): boolean {
  return ["sha256", "sha384", "sha512", "sha1"].some((name) => {
    const hash = createHash(name).update(certificate.raw).digest();
    return attribute.includes(derElement(DER_OCTET_STRING, hash));
  });
}

/** RFC 3161, 2.3: the extended key usage is critical and names time stamping and nothing else. */
function isTimestampCertificate(certificate: X509Certificate): boolean {
  const { extensions } = AsnConvert.parse(certificate.raw, Certificate).tbsCertificate;
  const usage = extensions?.find((each) => each.extnID === id_ce_extKeyUsage);
  if (usage?.critical !== true) return false;
  const purposes = AsnConvert.parse(usage.extnValue, ExtendedKeyUsage);
  return purposes.length === 1 && purposes[0] === id_kp_timeStamping;
}

function isValidAt(certificate: X509Certificate, at: Date): boolean {
  return Date.parse(certificate.validFrom) <= at.getTime() && at.getTime() <= Date.parse(certificate.validTo);
}

// Signer, two intermediates and a root are common; a longer chain is a mistake or an attack.
const MAX_CHAIN_LENGTH = 6;

/** Follows issuers among the token's own certificates until one is trusted or was issued by one that is. */
function leadsTo(trustedCertificates: readonly Uint8Array[], token: ParsedToken): boolean {
  const trusted = trustedCertificates.map((der) => new X509Certificate(der));
  let current = token.certificate;
  for (let length = 1; length <= MAX_CHAIN_LENGTH; length += 1) {
    const subject = current;
    const issued = (issuer: X509Certificate): boolean =>
      issuer.ca &&
      isValidAt(issuer, token.info.genTime) &&
      subject.checkIssued(issuer) &&
      subject.verify(issuer.publicKey);
    if (trusted.some((each) => each.raw.equals(subject.raw) || issued(each))) return true;
    const next = token.certificates.find((each) => !each.raw.equals(subject.raw) && issued(each));
    if (next === undefined) return false;
    current = next;
  }
  return false;
}

function sameBytes(left: ArrayBuffer, right: Uint8Array): boolean {
  return Buffer.from(left).equals(right);
}
