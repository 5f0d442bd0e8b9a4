import type { SignatureState } from "../domain/verification-reason.ts";
import { takeApart } from "./archive-revisions.ts";
import { identityOf } from "./certificate.ts";
import { checkForeignCms } from "./foreign-cms.ts";
import { openDocument, type PdfDocument } from "./pdf-document.ts";
import { isDictionary, isString } from "./pdf-lexer.ts";
import { findLastTable } from "./pdf-tail.ts";
import {
  claimedTime,
  otherSignatureObjects,
  type SignedField,
  signatureFormat,
  signatureValue,
  signedFields,
  signedRange,
  signedStretches,
} from "./signature-field.ts";
import { readStatedTime } from "./timestamp-token.ts";
import { Finding, refuse, type SealingTime, type SignerIdentity, type VerdictReason } from "./verdict.ts";

/** What the signatures of a file say of it; who signed is named where one holds, of several the last. */
export interface SignatureFinding {
  readonly state: SignatureState;
  readonly signer: SignerIdentity | null;
  readonly time: SealingTime | null;
  /** Why it is broken or unknown, where one finding says so. */
  readonly fault: Finding | null;
}

const unknown: SignatureFinding = { state: "unknown", signer: null, time: null, fault: null };
const maxSignatures = 16;

/** The findings about a signature that prove it wrong; after any other it is unknown. */
const provesBroken: ReadonlySet<VerdictReason> = new Set([
  "covers_not_whole_file",
  "byte_range_invalid",
  "digest_mismatch",
  "signature_invalid",
  "signing_certificate_mismatch",
  "timestamp_invalid",
]);

/**
 * Whether the signatures of a file hold, whoever made it and however: approval signatures, several of them each over its
 * revision, the kinds of other writers. Says nothing of whether anybody vouches for a signer, and so accepts no file.
 * Total over the bytes.
 */
export function judgeForeignSignatures(bytes: Buffer): SignatureFinding {
  try {
    return judge(bytes);
  } catch (error) {
    // A bug of ours must not stop the service that asked about the file, which this accepts in no case.
    return error instanceof Finding ? { ...unknown, fault: error } : unknown;
  }
}

function judge(bytes: Buffer): SignatureFinding {
  const whole = bytes.subarray(0, endOfFile(bytes));
  const document = openDocument(whole, findLastTable(whole), "read");
  const catalog = document.resolve(document.revisions[0].trailer.entries.get("Root"));
  if (!isDictionary(catalog)) return unknown;
  const fields = signedFields(document, catalog);
  if (fields.length === 0) {
    return otherSignatureObjects(document, fields) === 0 ? { ...unknown, state: "none" } : unknown;
  }
  if (fields.length > maxSignatures) return unknown;
  const outcomes = fields.map((field) => attempt(document, field));
  const faults = outcomes.filter((outcome) => outcome instanceof Finding);
  const proof = faults.find(({ reason }) => provesBroken.has(reason));
  if (proof) return { ...unknown, state: "broken", fault: proof };
  const [fault] = faults;
  if (fault) return { ...unknown, fault };
  const signatures = outcomes.flatMap((outcome) => (outcome instanceof Finding ? [] : [outcome]));
  const approvals = signatures.filter(({ isTimestamp }) => !isTimestamp);
  const [last] = (approvals.length > 0 ? approvals : signatures).toSorted((left, right) => right.end - left.end);
  if (!last) return unknown;
  const isWhole = whole.length === bytes.length && (last.end === bytes.length || isArchived(document, last.end));
  return { state: isWhole ? "sound" : "partial", signer: last.signer, time: last.time, fault: null };
}

/** Just behind the last end-of-file mark; what follows it belongs to no revision. */
function endOfFile(bytes: Buffer): number {
  const mark = bytes.lastIndexOf("%%EOF");
  const end = /^%%EOF(?:\r\n|\r|\n)?/.exec(bytes.toString("latin1", mark, mark + 7));
  return end ? mark + end[0].length : bytes.length;
}

interface CheckedSignature {
  readonly end: number;
  readonly isTimestamp: boolean;
  readonly signer: SignerIdentity;
  readonly time: SealingTime | null;
}

function attempt(document: PdfDocument, field: SignedField): CheckedSignature | Finding {
  try {
    return checkSignature(document, field);
  } catch (error) {
    if (error instanceof Finding) return error;
    throw error;
  }
}

/** Ends with a finding unless the signature covers a revision of the file but for its own value, and holds. */
function checkSignature(document: PdfDocument, { value: reference }: SignedField): CheckedSignature {
  const { bytes, revisions } = document;
  const value = document.resolve(reference);
  const written = revisions.find(({ objects }) => objects.has(reference.number))?.objects.get(reference.number);
  const contents = isDictionary(value) ? value.entries.get("Contents") : null;
  // In an object stream its value would stand where no range can leave it out.
  if (!isDictionary(value) || written?.kind !== "offset" || !isString(contents) || contents.form !== "hex") {
    return refuse("malformed_structure", "The signature has no hexadecimal /Contents of its own.");
  }
  const { holeStart, holeEnd, end } = signedRange(document, value.entries);
  if (holeStart !== contents.start || holeEnd !== contents.end || end > bytes.length) {
    refuse("byte_range_invalid", "The signature leaves out other bytes than its own value.");
  }
  const table = findLastTable(bytes.subarray(0, end));
  if (!revisions.some(({ offset }) => offset === table)) {
    refuse("covers_not_whole_file", "The signature ends where no revision of the file does.");
  }
  const stretches = [bytes.subarray(0, holeStart), bytes.subarray(holeEnd, end)];
  // Nothing but digits in the one place that nobody signed: there is no room for anything else, then.
  const hex = bytes.toString("latin1", holeStart + 1, holeEnd - 1);
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(hex))
    refuse("malformed_signature", "The signature value is not plain hexadecimal.");
  const cms = Buffer.from(hex, "hex");
  const format = signatureFormat(document, value.entries);
  const isTimestamp = format === "ETSI.RFC3161";
  if (isTimestamp) return { end, isTimestamp, ...checkStamp(cms, stretches) };
  if (format !== "adbe.pkcs7.detached" && format !== "ETSI.CAdES.detached") {
    refuse("signature_format_not_supported", "The signature is of a kind that is not read.");
  }
  const { certificate, content } = checkForeignCms(cms, () => stretches);
  if (content) refuse("malformed_signature", "The signature carries content of its own.");
  return { end, isTimestamp, signer: identityOf(certificate), time: claimedTime(document, value.entries) };
}

/** A document timestamp (ISO 32000-2 §12.8.5) signs what it states, and that is a digest of the file. */
function checkStamp(cms: Buffer, stretches: readonly Buffer[]): Pick<CheckedSignature, "signer" | "time"> {
  const { certificate, content } = checkForeignCms(cms, (stated) => (stated ? [stated] : []));
  const instant = readStatedTime(content ?? Buffer.alloc(0), stretches);
  return { signer: identityOf(certificate), time: { sealedAt: instant.toISOString(), source: "claimed" } };
}

/** Whether archive data is all that stands behind these bytes, and its timestamps, if there are any, hold. */
function isArchived(document: PdfDocument, end: number): boolean {
  try {
    for (const stamp of takeApart(document, end).timestamps) {
      checkStamp(signatureValue(stamp.document, stamp.signature), signedStretches(stamp.document, stamp.signature));
    }
    return true;
  } catch (error) {
    if (error instanceof Finding) return false;
    throw error;
  }
}
