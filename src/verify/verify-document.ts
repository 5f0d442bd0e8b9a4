import { digestOf } from "./accepted-algorithms.ts";
import { checkRevocation, type Evidence, noEvidence, readEvidence } from "./archive-evidence.ts";
import { type Archive, goesOn, readArchive, takeApart } from "./archive-revisions.ts";
import { type Certificate, identityOf, readCertificate } from "./certificate.ts";
import { allLeadToRoots, judgePath } from "./certificate-path.ts";
import { checkSigner } from "./cms-signature.ts";
import { type CmsSigner, cmsOid, readSignedData } from "./cms-signed-data.ts";
import { readOnly } from "./der.ts";
import { judgeForeignSignatures, type SignatureFinding } from "./foreign-signatures.ts";
import { openDocument, type PdfDocument } from "./pdf-document.ts";
import { findLastTable } from "./pdf-tail.ts";
import {
  claimedTime,
  findSignature,
  isCertified,
  type SignatureDictionary,
  signatureFormat,
  signatureValue,
  signedRange,
  signedStretches,
} from "./signature-field.ts";
import { checkTimestamp, type Timestamp } from "./timestamp-token.ts";
import {
  type DocumentVerdict,
  Finding,
  refuse,
  type SealingTime,
  type SealLevel,
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
  level: SealLevel | null;
}

/**
 * Whether this file is, byte for byte, one that a holder of a certificate under `roots` sealed and certified against
 * any change. Pure and total over the bytes: no I/O, no clock, no network, and every file gets a verdict.
 *
 * Archive data and document timestamps may follow the seal (EN 319 142-1 §5.4, levels B-LT and B-LTA), and nothing else:
 * they are held against the file as it was before, and may prove an earlier time and tell of revocation. Where the file
 * brings no such data, revocation is not looked at.
 *
 * Checks run in the order of `verdictOfReason`; the first finding is the reason. Sources: ISO 32000-2 §7.5 and §12.8,
 * EN 319 142-1 (PAdES), RFC 5652, RFC 5280, RFC 6960, RFC 3161; values as in EN 319 102-1.
 */
export function verifyDocument(pdf: Uint8Array, options: VerifyOptions): DocumentVerdict {
  const roots = readRoots(options.roots);
  const timestampRoots = options.timestampRoots ? readRoots(options.timestampRoots) : roots;
  const trust = { roots, timestampRoots, demandsTrustedStamp: options.timestampRoots !== undefined, at: options.at };
  const examination: Examination = { signer: null, time: null, level: null };
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  try {
    examine(bytes, trust, examination);
    return conclude("intact", "The file is complete and unchanged since it was sealed.", bytes, examination);
  } catch (error) {
    if (error instanceof Finding) return conclude(error.reason, error.message, bytes, examination);
    // A bug of ours must neither accept a file nor stop the service that asked about it.
    return conclude("verifier_fault", "The verifier could not finish; the file was not judged.", bytes, examination);
  }
}

function readRoots(roots: readonly Uint8Array[]): Certificate[] {
  return roots.map((root) => readCertificate(Buffer.from(root.buffer, root.byteOffset, root.byteLength)));
}

function conclude(
  first: VerdictReason,
  detail: string,
  bytes: Buffer,
  { signer: vouched, time: known, level }: Examination,
): DocumentVerdict {
  const found = vouched ? null : findingOf(first, bytes);
  const { signer, time } = found ?? { signer: vouched, time: known };
  const said = { reason: first, detail };
  const { reason, ...rest } = (found && replaceable.has(first) && algorithmFault(found)) || said;
  return {
    verdict: verdictOfReason[reason],
    reason,
    ...rest,
    signature: found ? found.state : reason === "archive_data_invalid" ? "partial" : "sound",
    signer,
    sealedAt: time?.sealedAt ?? null,
    sealedAtSource: time?.source ?? null,
    level: reason === "intact" ? level : null,
  };
}

/** Of a signature that is not of our kind anyway, it is worth more to know that it rests on SHA-1. */
const replaceable: ReadonlySet<VerdictReason> = new Set(["signature_format_not_supported", "not_certified"]);

function algorithmFault({ fault }: SignatureFinding): Pick<DocumentVerdict, "reason" | "detail"> | null {
  return fault?.reason === "algorithm_not_accepted" ? { reason: fault.reason, detail: fault.message } : null;
}

const told: Readonly<Partial<Record<VerdictReason, SignatureFinding["state"]>>> = {
  too_large: "unknown",
  not_a_pdf: "none",
  not_signed: "none",
  digest_mismatch: "broken",
  signature_invalid: "broken",
  verifier_fault: "unknown",
};

/** Of a file whose examination ended before its signature was found to hold: a seal of ours must meet more than others. */
function findingOf(reason: VerdictReason, bytes: Buffer): SignatureFinding {
  const state = told[reason];
  return state ? { state, signer: null, time: null, fault: null } : judgeForeignSignatures(bytes);
}

function examine(bytes: Buffer, trust: Trust, examination: Examination): void {
  const file = openDocument(bytes, findLastTable(bytes));
  const archive = readArchive(file);
  const document = archive?.sealed ?? file;
  const signature = findSignature(document);
  if (!archive) refuseLaterRevisions(document, signature);
  const stretches = signedStretches(document, signature);
  checkFormat(signatureFormat(document, signature.entries));
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
  examination.time = claimedTime(document, signature.entries);
  const timestamp = readTimestamp(signed.signer, signed.carriesRevocationData, trust);
  const later = archive ? checkDocumentTimestamps(archive, trust) : [];
  const stamps = [...(timestamp ? [timestamp] : []), ...later];
  const roots = [...trust.roots, ...trust.timestampRoots];
  const carried = [...signed.certificates, ...stamps.flatMap((stamp) => stamp.carried)];
  const evidence = archive ? readEvidence(archive, signature, carried, roots) : noEvidence;
  const proven = stamps.find(({ trusted }) => trusted)?.time ?? null;
  if (proven) examination.time = { sealedAt: proven.toISOString(), source: "timestamp" };
  checkTrust(certificate, { own: signed.certificates, others: evidence.certificates }, { stamps, proven }, trust);
  // A stamp of an unknown authority is passed over, and so is what the archive has of that authority's certificates.
  const strangers = stamps.flatMap((stamp) => (stamp.trusted ? [] : stamp.carried));
  if (!allLeadToRoots(evidence.certificates, carried, [...roots, ...strangers])) {
    refuse("archive_data_invalid", "The archive data holds a certificate that nobody vouches for.");
  }
  const isCovered = isRevocationCovered(
    { certificate, used: proven ?? trust.at, timestamp, later },
    evidence,
    carried,
    roots,
  );
  examination.level = levelOf(isCovered && archive !== null, timestamp, later);
}

/** Behind a signature that certifies nothing, too, it matters whether only archive data was added. */
function refuseLaterRevisions(document: PdfDocument, { entries }: SignatureDictionary): void {
  const { end } = signedRange(document, entries);
  if (!goesOn(document, end)) return;
  takeApart(document, end);
  refuse("not_certified", "Archive data was added to a file that is signed, but not certified.");
}

/** Two kinds of old rest on SHA-1 alone; ISO 32000-2 §12.8.3.3 deprecates them. */
function checkFormat(format: string | null): void {
  if (format === "ETSI.CAdES.detached") return;
  if (format === "adbe.pkcs7.sha1" || format === "adbe.x509.rsa_sha1") {
    refuse(
      "algorithm_not_accepted",
      `The signature is of a kind (${format}) that rests on SHA-1, which is not accepted.`,
    );
  }
  refuse("signature_format_not_supported", "The signature is not of the kind PAdES prescribes (ETSI.CAdES.detached).");
}

/** EN 319 142-1 §6.1, by what is proven: data that leaves a certificate out makes no B-LT. */
function levelOf(hasEvidence: boolean, timestamp: Timestamp | null, later: readonly Timestamp[]): SealLevel {
  const isStamped = timestamp?.trusted || later.some(({ trusted }) => trusted);
  if (!isStamped) return "B-B";
  if (!hasEvidence) return "B-T";
  return later.at(-1)?.trusted ? "B-LTA" : "B-LT";
}

/** Each over the file as it was when it was made, and none earlier than the one before it. */
function checkDocumentTimestamps({ timestamps }: Archive, { timestampRoots, at }: Trust): readonly Timestamp[] {
  const stamps = timestamps.map(({ document, signature }) => {
    const stretches = signedStretches(document, signature);
    return checkTimestamp(readOnly(signatureValue(document, signature)), stretches, { roots: timestampRoots, at });
  });
  for (const [index, { time }] of stamps.entries()) {
    const former = stamps[index - 1];
    if (former && former.time > time) refuse("timestamp_invalid", "A document timestamp is older than the one before.");
  }
  return stamps;
}

/** Whether the evidence knows every certificate that the seal and its own timestamp rest on; a revoked one ends it. */
function isRevocationCovered(
  sealed: { certificate: Certificate; used: Date; timestamp: Timestamp | null; later: readonly Timestamp[] },
  evidence: Evidence,
  carried: readonly Certificate[],
  roots: readonly Certificate[],
): boolean {
  const coverage = (signer: Certificate, used: Date) => checkRevocation(signer, used, evidence, carried, roots);
  const ofStamp = (stamp: Timestamp | null) => (stamp?.trusted ? coverage(stamp.authority, stamp.time) : "complete");
  // What the newest document timestamp rests on, only a later archive can know.
  for (const stamp of sealed.later) ofStamp(stamp);
  return coverage(sealed.certificate, sealed.used) === "complete" && ofStamp(sealed.timestamp) === "complete";
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
  return checkTimestamp(token, [signer.signature], { roots: trust.timestampRoots, at: trust.at });
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
  pool: { readonly own: readonly Certificate[]; readonly others: readonly Certificate[] },
  { stamps, proven }: { readonly stamps: readonly Timestamp[]; readonly proven: Date | null },
  trust: Trust,
): void {
  const path = judgePath(certificate, [...pool.own, ...pool.others], trust.roots, proven ?? trust.at);
  if (path === "untrusted") refuse("chain_untrusted", "The seal does not lead to a certificate that is trusted here.");
  if (!maySeal(certificate))
    refuse("certificate_not_for_sealing", "The signer's certificate is not for sealing documents.");
  if (path === "not_yet_valid_then") {
    refuse("certificate_not_yet_valid", "The seal was made before the signer's certificate was valid.");
  }
  if (path === "expired_then" && proven) {
    refuse("certificate_expired_before_signing", "The signer's certificate had expired by the time of the seal.");
  }
  if (path === "expired_then") {
    refuse(
      "certificate_expired_without_timestamp",
      "The signer's certificate has expired, and no time stamp proves that the seal is older.",
    );
  }
  if (trust.demandsTrustedStamp && stamps.some(({ trusted }) => !trusted)) {
    refuse("timestamp_untrusted", "The time stamp is from an authority that is not trusted here.");
  }
  if (!allLeadToRoots(pool.own, [], trust.roots)) {
    refuse("unsigned_content", "The signature carries a certificate that nobody vouches for.");
  }
}

/** A time-stamping or server certificate under the same root must not pass for a seal. */
function maySeal({ keyUsage, extendedKeyUsage }: Certificate): boolean {
  if (!keyUsage?.has("digitalSignature") && !keyUsage?.has("nonRepudiation")) return false;
  return !extendedKeyUsage || sealingPurposes.some((purpose) => extendedKeyUsage.purposes.has(purpose));
}
