import { digestOf } from "./accepted-algorithms.ts";
import { type Certificate, identityOf, readCertificate } from "./certificate.ts";
import { allAreSigned, judgePath } from "./certificate-path.ts";
import { checkSigner } from "./cms-signature.ts";
import { type CmsSigner, cmsOid, readSignedData } from "./cms-signed-data.ts";
import { openDocument, type PdfDocument } from "./pdf-document.ts";
import { isString } from "./pdf-lexer.ts";
import { findLastTable } from "./pdf-tail.ts";
import { parsePdfTime } from "./pdf-time.ts";
import {
  findSignature,
  isCertified,
  type SignatureDictionary,
  signatureFormat,
  signatureValue,
  signedStretches,
} from "./signature-field.ts";
import { checkTimestamp, type Timestamp } from "./timestamp-token.ts";
import {
  type DocumentVerdict,
  Finding,
  refuse,
  type SealingTime,
  type SignerIdentity,
  type VerdictReason,
  verdictOfReason,
} from "./verdict.ts";

export type { DocumentVerdict } from "./verdict.ts";

export interface VerifyOptions {
  /** DER certificates of the authorities that may vouch for a seal. One that cannot be read is a bug: it throws. */
  readonly roots: readonly Uint8Array[];
  /**
   * DER certificates of time-stamping authorities' roots; `roots` when absent. Naming them says that stamps are
   * expected to chain to them: a sound stamp of anybody else is then `timestamp_untrusted`. Without, such a stamp is
   * passed over, as EN 319 102-1 §5.5.4 does with one it cannot validate, and the time stays the claimed one.
   */
  readonly timestampRoots?: readonly Uint8Array[];
  /** The instant to judge at where no trusted stamp proves an earlier one. */
  readonly at: Date;
}

interface Trust {
  readonly roots: readonly Certificate[];
  readonly timestampRoots: readonly Certificate[];
  readonly demandsTrustedStamp: boolean;
  readonly at: Date;
}

/** What is known so far; kept when a later check ends the examination. */
interface Examination {
  signer: SignerIdentity | null;
  time: SealingTime | null;
}

/**
 * Whether this file is, byte for byte, one that a holder of a certificate under `roots` sealed and certified against
 * any change. Pure and total over the bytes: no I/O, no clock, no network, and every file gets a verdict.
 *
 * Checks run in the order of `verdictOfReason`; the first finding is the reason. Sources: ISO 32000-2 §7.5 and §12.8,
 * EN 319 142-1 (PAdES), RFC 5652, RFC 5280, RFC 3161; values as in EN 319 102-1. Revocation is not looked at.
 */
export function verifyDocument(pdf: Uint8Array, options: VerifyOptions): DocumentVerdict {
  const roots = readRoots(options.roots);
  const timestampRoots = options.timestampRoots ? readRoots(options.timestampRoots) : roots;
  const trust = { roots, timestampRoots, demandsTrustedStamp: options.timestampRoots !== undefined, at: options.at };
  const examination: Examination = { signer: null, time: null };
  try {
    examine(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength), trust, examination);
    return conclude("intact", "The file is complete and unchanged since it was sealed.", examination);
  } catch (error) {
    if (error instanceof Finding) return conclude(error.reason, error.message, examination);
    // A bug of ours must neither accept a file nor stop the service that asked about it.
    return conclude("verifier_fault", "The verifier could not finish; the file was not judged.", examination);
  }
}

function readRoots(roots: readonly Uint8Array[]): Certificate[] {
  return roots.map((root) => readCertificate(Buffer.from(root.buffer, root.byteOffset, root.byteLength)));
}

function conclude(reason: VerdictReason, detail: string, { signer, time }: Examination): DocumentVerdict {
  return {
    verdict: verdictOfReason[reason],
    reason,
    detail,
    signer,
    sealedAt: time?.sealedAt ?? null,
    sealedAtSource: time?.source ?? null,
  };
}

function examine(bytes: Buffer, trust: Trust, examination: Examination): void {
  const document = openDocument(bytes, findLastTable(bytes));
  const signature = findSignature(document);
  const stretches = signedStretches(document, signature);
  if (signatureFormat(document, signature) !== "ETSI.CAdES.detached") {
    refuse(
      "signature_format_not_supported",
      "The signature is not of the kind PAdES prescribes (ETSI.CAdES.detached).",
    );
  }
  if (!isCertified(document, signature)) {
    refuse("not_certified", "The file is signed, but not certified against all later changes.");
  }
  const signed = readSignedData(signatureValue(document, signature));
  if (signed.content) refuse("malformed_signature", "The signature carries content of its own.");
  const certificate = checkSigner(signed, {
    contentType: cmsOid.data,
    digest: (hash) => digestOf(hash, ...stretches),
    acceptsFirstCertificateAttribute: false,
  });
  examination.signer = identityOf(certificate);
  examination.time = claimedTime(document, signature);
  const timestamp = readTimestamp(signed.signer, signed.carriesRevocationData, trust);
  if (timestamp?.trusted) examination.time = { sealedAt: timestamp.time.toISOString(), source: "timestamp" };
  checkTrust(certificate, signed.certificates, timestamp, trust);
}

function claimedTime(document: PdfDocument, signature: SignatureDictionary): SealingTime | null {
  const value = document.resolve(signature.entries.get("M"));
  if (!isString(value) || value.form !== "literal") return null;
  const instant = parsePdfTime(document.bytes.toString("latin1", value.start + 1, value.end - 1));
  return instant && { sealedAt: instant.toISOString(), source: "claimed" };
}

/** The only unsigned content a seal may carry is one time stamp; EN 319 142-1 §6.3 table 1. */
function readTimestamp(signer: CmsSigner, carriesRevocationData: boolean, trust: Trust): Timestamp | null {
  const [attribute, ...others] = signer.unsignedAttributes;
  if (carriesRevocationData || others.length > 0) {
    refuse("unsigned_content", "The signature carries data that nobody signed.");
  }
  if (!attribute) return null;
  const [token, ...moreTokens] = attribute.values;
  if (attribute.type !== cmsOid.signatureTimeStampToken || !token || moreTokens.length > 0) {
    return refuse("unsigned_content", "The signature carries data that nobody signed.");
  }
  return checkTimestamp(token, signer.signature, { roots: trust.timestampRoots, at: trust.at });
}

/** Document-signing purposes: RFC 9336, Microsoft, Adobe; e-mail protection and "any" as public authorities issue. */
const sealingPurposes: readonly string[] = [
  "1.3.6.1.5.5.7.3.36",
  "1.3.6.1.4.1.311.10.3.12",
  "1.2.840.113583.1.1.5",
  "1.3.6.1.5.5.7.3.4",
  "2.5.29.37.0",
];

function checkTrust(
  certificate: Certificate,
  carried: readonly Certificate[],
  timestamp: Timestamp | null,
  trust: Trust,
): void {
  const proven = timestamp?.trusted ? timestamp.time : null;
  const path = judgePath(certificate, carried, trust.roots, proven ?? trust.at);
  if (path === "untrusted") refuse("chain_untrusted", "The seal does not lead to a certificate that is trusted here.");
  if (!maySeal(certificate))
    refuse("certificate_not_for_sealing", "The signer's certificate is not for sealing documents.");
  if (path === "not_valid_then" && proven) {
    refuse("certificate_not_valid_at_signing", "The signer's certificate was not valid at the time of the seal.");
  }
  if (path === "not_valid_then") {
    refuse(
      "certificate_not_valid_at_check",
      "The signer's certificate is not valid now, and no time stamp proves it was.",
    );
  }
  if (timestamp && !timestamp.trusted && trust.demandsTrustedStamp) {
    refuse("timestamp_untrusted", "The time stamp is from an authority that is not trusted here.");
  }
  if (!allAreSigned(carried, trust.roots)) {
    refuse("unsigned_content", "The signature carries a certificate that nobody signed.");
  }
}

/** A time-stamping or server certificate under the same root must not pass for a seal. */
function maySeal({ keyUsage, extendedKeyUsage }: Certificate): boolean {
  if (!keyUsage?.has("digitalSignature") && !keyUsage?.has("nonRepudiation")) return false;
  return !extendedKeyUsage || sealingPurposes.some((purpose) => extendedKeyUsage.purposes.has(purpose));
}
