import { readFirst } from "./der.ts";
import type { PdfDocument } from "./pdf-document.ts";
import {
  isArray,
  isDictionary,
  isIndex,
  isName,
  isReference,
  isString,
  type PdfDictionary,
  type PdfReference,
  type PdfString,
  type PdfValue,
} from "./pdf-lexer.ts";
import { parsePdfTime } from "./pdf-time.ts";
import { refuse, type SealingTime } from "./verdict.ts";

/** The one signature value dictionary of a document and its /Contents; ISO 32000-2 §12.8.1. */
export interface SignatureDictionary {
  readonly reference: PdfReference;
  /** The form field that shows it. */
  readonly field: PdfReference;
  readonly entries: ReadonlyMap<string, PdfValue>;
  readonly contents: PdfString;
}

const maxFields = 10_000;
const maxFieldDepth = 32;

/** Finds the signature as a reader does: catalog, /AcroForm, /Fields, /V. Ends with a finding unless there is one. */
export function findSignature(document: PdfDocument): SignatureDictionary {
  const [newest] = document.revisions;
  const root = newest.trailer.entries.get("Root");
  const catalog = document.resolve(root);
  if (!isReference(root) || !isDictionary(catalog)) return refuse("malformed_structure", "The file has no catalog.");
  const fields = signedFields(document, catalog);
  const [field] = fields;
  const others = otherSignatureObjects(document, fields);
  if (!field && others === 0) return refuse("not_signed", "The file carries no signature.");
  if (!field) return refuse("malformed_structure", "The file holds a signature that no form field shows.");
  if (fields.length > 1 || others > 0) {
    refuse("more_than_one_signature", `The file holds ${fields.length + others} signatures; exactly one is expected.`);
  }
  const value = document.resolve(field.value);
  if (!isDictionary(value))
    return refuse("malformed_structure", "The value of the signature field is not a dictionary.");
  const contents = value.entries.get("Contents");
  if (!isString(contents) || contents.form !== "hex") {
    return refuse("malformed_structure", "The signature has no hexadecimal /Contents of its own.");
  }
  return { reference: field.value, field: field.reference, entries: value.entries, contents };
}

export interface SignedField {
  readonly reference: PdfReference;
  readonly value: PdfReference;
}

/** All terminal fields of type /Sig with a value; /FT and /V are inherited (ISO 32000-2 §12.7.4.1). */
export function signedFields(document: PdfDocument, catalog: PdfDictionary): SignedField[] {
  const form = document.resolve(catalog.entries.get("AcroForm"));
  if (!isDictionary(form)) return [];
  const found: SignedField[] = [];
  const seen = new Set<number>();
  const visit = (node: PdfValue, type: PdfValue, inherited: PdfValue, depth: number): void => {
    if (!isReference(node)) refuse("malformed_structure", "A form field is not an object of its own.");
    if (seen.has(node.number)) refuse("malformed_structure", "A form field is listed twice or holds itself.");
    seen.add(node.number);
    if (depth > maxFieldDepth || seen.size > maxFields)
      refuse("too_large", "The form has more fields than this verifier reads.");
    const field = document.resolve(node);
    if (!isDictionary(field)) return;
    const fieldType = document.resolve(field.entries.get("FT")) ?? type;
    const value = field.entries.get("V") ?? inherited;
    const kids = document.resolve(field.entries.get("Kids"));
    if (isArray(kids) && kids.items.length > 0) {
      for (const kid of kids.items) visit(kid, fieldType, value, depth + 1);
    } else if (isName(fieldType) && fieldType.name === "Sig" && document.resolve(value) !== null) {
      if (!isReference(value)) refuse("malformed_structure", "A signature is not an object of its own.");
      found.push({ reference: node, value });
    }
  };
  const fields = document.resolve(form.entries.get("Fields"));
  if (isArray(fields)) for (const field of fields.items) visit(field, null, null, 0);
  return found;
}

/** Counts signature dictionaries that the listed fields do not show; some readers find those by other roads. */
export function otherSignatureObjects(document: PdfDocument, fields: readonly SignedField[]): number {
  const shown = new Set(fields.map(({ value }) => value.number));
  let count = 0;
  for (const { number, value } of document.liveObjects()) {
    const inside = countSignatures(value);
    count += shown.has(number) ? Math.max(0, inside - 1) : inside;
  }
  return count;
}

function countSignatures(value: PdfValue): number {
  if (isArray(value)) return value.items.reduce((sum: number, item) => sum + countSignatures(item), 0);
  if (!isDictionary(value)) return 0;
  let count = isSignature(value) ? 1 : 0;
  for (const item of value.entries.values()) {
    if (typeof item === "object") count += countSignatures(item);
  }
  return count;
}

function isSignature({ entries }: PdfDictionary): boolean {
  const type = entries.get("Type");
  if (isName(type) && (type.name === "Sig" || type.name === "DocTimeStamp")) return true;
  return entries.has("ByteRange");
}

/** From the first byte, a hole, and whatever follows it. */
export function isPlainRange(numbers: readonly PdfValue[]): numbers is readonly [number, number, number, number] {
  const [first, holeStart, holeEnd, length, ...more] = numbers;
  const isHole = isIndex(holeStart) && isIndex(holeEnd) && 0 < holeStart && holeStart < holeEnd;
  return first === 0 && isHole && isIndex(length) && more.length === 0;
}

/**
 * The two signed stretches of the file, after holding /ByteRange against the file: from byte 0 to the `<` of this
 * signature's own /Contents and from its `>` to the end (ISO 32000-2 §12.8.1, EN 319 142-1 §5.3).
 */
export function signedStretches(document: PdfDocument, signature: SignatureDictionary): readonly [Buffer, Buffer] {
  const { bytes, revisions } = document;
  const { holeStart, holeEnd, end: coveredEnd } = signedRange(document, signature.entries);
  const { start, end } = signature.contents;
  for (const { number } of [signature.reference, signature.field]) {
    // An update that seals must write both, so older ones would be a signature moved under another field.
    const written = revisions[0].objects.get(number);
    if (written?.kind === "compressed") {
      refuse("structure_not_supported", `Object ${number} of the signature is kept in another one.`);
    }
    if (written?.kind !== "offset") {
      refuse("malformed_structure", `Object ${number} of the signature is not part of the last revision.`);
    }
  }
  if (holeStart !== start || holeEnd !== end) {
    refuse("byte_range_invalid", "The signature leaves out other bytes than its own value.");
  }
  if (coveredEnd !== bytes.length) {
    refuse("covers_not_whole_file", `The signature covers ${coveredEnd} bytes of a file of ${bytes.length}.`);
  }
  return [bytes.subarray(0, holeStart), bytes.subarray(holeEnd)];
}

/**
 * The DER bytes in /Contents without the zeros that fill the reserved space. The hole is the only part of the file
 * nobody signed, so nothing in it may vary: digits only, letters of one case, zeros alone after the last element.
 */
export function signatureValue(document: PdfDocument, { contents }: SignatureDictionary): Buffer {
  const hex = document.bytes.toString("latin1", contents.start + 1, contents.end - 1);
  if (hex.length % 2 !== 0 || !(/^[0-9a-f]*$/.test(hex) || /^[0-9A-F]*$/.test(hex))) {
    refuse("malformed_signature", "The signature value is not plain hexadecimal of one case.");
  }
  const filled = Buffer.from(hex, "hex");
  const { raw } = readFirst(filled);
  if (filled.subarray(raw.length).some((byte) => byte !== 0)) {
    refuse("malformed_signature", "The space reserved for the signature holds something else after it.");
  }
  return raw;
}

/** ISO 32000-2 §12.8.2.2: certified with no changes permitted, and named by the catalog as the certification. */
export function isCertified(document: PdfDocument, signature: SignatureDictionary): boolean {
  const catalog = document.resolve(document.revisions[0].trailer.entries.get("Root"));
  const permissions = isDictionary(catalog) ? document.resolve(catalog.entries.get("Perms")) : null;
  const certification = isDictionary(permissions) ? permissions.entries.get("DocMDP") : null;
  if (!isReference(certification) || certification.number !== signature.reference.number) return false;
  if (certification.generation !== signature.reference.generation) return false;
  const references = document.resolve(signature.entries.get("Reference"));
  const transforms = isArray(references) ? references.items.map((item) => document.resolve(item)) : [];
  const certifying = transforms.filter(
    (item) => isDictionary(item) && nameIn(document, item, "TransformMethod") === "DocMDP",
  );
  const [only] = certifying;
  if (certifying.length !== 1 || !isDictionary(only)) return false;
  const parameters = document.resolve(only.entries.get("TransformParams"));
  return isDictionary(parameters) && document.resolve(parameters.entries.get("P")) === 1;
}

/** What /ByteRange says: everything up to `end` but the hole (ISO 32000-2 §12.8.1). Not yet held against the file. */
export function signedRange(
  document: PdfDocument,
  entries: SignatureDictionary["entries"],
): { readonly holeStart: number; readonly holeEnd: number; readonly end: number } {
  const range = document.resolve(entries.get("ByteRange"));
  const numbers = isArray(range) ? range.items : [];
  if (!isPlainRange(numbers)) {
    return refuse("byte_range_invalid", "The signature does not say plainly which bytes it covers.");
  }
  const [, holeStart, holeEnd, length] = numbers;
  return { holeStart, holeEnd, end: holeEnd + length };
}

/** The instant in /M, which whoever signed has written there. */
export function claimedTime(document: PdfDocument, entries: SignatureDictionary["entries"]): SealingTime | null {
  const value = document.resolve(entries.get("M"));
  if (!isString(value) || value.form !== "literal") return null;
  const instant = parsePdfTime(document.bytes.toString("latin1", value.start + 1, value.end - 1));
  return instant && { sealedAt: instant.toISOString(), source: "claimed" };
}

function nameIn(document: PdfDocument, dictionary: PdfDictionary, key: string): string | null {
  const value = document.resolve(dictionary.entries.get(key));
  return isName(value) ? value.name : null;
}

/** The /SubFilter: how the signature value is built. */
export function signatureFormat(document: PdfDocument, entries: SignatureDictionary["entries"]): string | null {
  const value = document.resolve(entries.get("SubFilter"));
  return isName(value) ? value.name : null;
}
