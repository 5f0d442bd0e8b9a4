import {
  expected,
  latin1,
  type Parsed,
  parsePdfDictionary,
  parsePdfValue,
  readInteger,
  readKeyword,
  readToken,
} from "./pdf-parser.ts";
import type { PdfDictionary, PdfReference, PdfValue } from "./pdf-values.ts";

/** An object of the file together with its number. */
export interface PdfObject {
  readonly number: number;
  readonly value: PdfDictionary;
}

/** Where each object starts in the file, by number; null for one that was freed. */
type ObjectOffsets = ReadonlyMap<number, number | null>;

/** What an incremental update has to know about the file it continues. */
export interface PdfStructure {
  readonly pdf: Uint8Array;
  /** Offset of the newest cross-reference section: the update's /Prev. */
  readonly crossReferenceOffset: number;
  readonly trailer: PdfDictionary;
  /** The first object number that is free. */
  readonly size: number;
  readonly catalog: PdfObject;
  readonly offsets: ObjectOffsets;
}

/**
 * Reads the skeleton of a PDF that we made ourselves: classic cross-reference tables (ISO 32000-2, 7.5.4), which is
 * what Typst 0.14 writes for every standard. Cross-reference streams, hybrid files, encryption and generations other
 * than zero throw: supporting what we never produce would only be code that no test of ours exercises.
 */
export function readPdfStructure(pdf: Uint8Array): PdfStructure {
  if (latin1(pdf, 0, Math.min(5, pdf.length)) !== "%PDF-") throw expected('"%PDF-"', 0);
  const crossReferenceOffset = readStartXref(pdf);
  const offsets = new Map<number, number | null>();
  const visited = new Set<number>();
  let newest: PdfDictionary | undefined;
  for (let at: number | undefined = crossReferenceOffset; at !== undefined; ) {
    if (visited.has(at)) throw expected("a /Prev that was not visited yet", at);
    visited.add(at);
    const trailer = readCrossReferenceSection(pdf, at, offsets);
    newest ??= trailer;
    at = trailer.entries.has("Prev") ? integerEntry(trailer, "Prev", "trailer") : undefined;
  }
  if (newest === undefined) throw expected("a trailer", crossReferenceOffset);
  for (const forbidden of ["Encrypt", "XRefStm"]) {
    if (newest.entries.has(forbidden)) throw new Error(`Expected a trailer without /${forbidden}`);
  }
  const root = referenceEntry(newest, "Root", "trailer");
  const size = integerEntry(newest, "Size", "trailer");
  // A new object would take the number, and so the place, of one that is there already.
  if (Math.max(...offsets.keys()) >= size) throw new Error("Expected /Size of the trailer above every object number");
  const catalog = { number: root.object, value: dictionaryAt(pdf, offsets, root.object) };
  return { pdf, crossReferenceOffset, trailer: newest, size, catalog, offsets };
}

/** The value of an indirect object; throws when the file has no such object. */
export function readObject(structure: PdfStructure, number: number): PdfValue {
  return objectAt(structure.pdf, structure.offsets, number);
}

/** A stream's dictionary and its data as they are in the file; throws unless /Length is written directly. */
export function readStreamObject(
  { pdf, offsets }: PdfStructure,
  reference: PdfReference,
): { readonly dictionary: PdfDictionary; readonly data: Uint8Array } {
  const { end, ...object } = parsedObjectAt(pdf, offsets, reference.object);
  if (object.value.kind !== "dictionary") throw new Error(`Expected a stream as object ${reference.object}`);
  const length = integerEntry(object.value, "Length", "stream");
  const keyword = readKeyword(pdf, end, "stream");
  const start = keyword + (pdf[keyword] === 13 ? 2 : 1);
  return { dictionary: object.value, data: pdf.subarray(start, start + length) };
}

/** The indirect object behind a reference, which must be a dictionary (a stream's dictionary counts). */
export function readDictionary(structure: PdfStructure, reference: PdfReference): PdfObject {
  return { number: reference.object, value: dictionaryAt(structure.pdf, structure.offsets, reference.object) };
}

/** The value itself, or what it refers to. */
export function resolve(structure: PdfStructure, value: PdfValue): PdfValue {
  return value.kind === "reference" ? readObject(structure, value.object) : value;
}

/** The page with this 1-based number; throws when the document has fewer pages. */
export function readPage(structure: PdfStructure, page: number): PdfObject {
  const visited = new Set<number>();
  const pending = [referenceEntry(structure.catalog.value, "Pages", "catalog")];
  let seen = 0;
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (visited.has(next.object))
      throw new Error(`Expected a page tree without loops, found object ${next.object} twice`);
    visited.add(next.object);
    const node = readDictionary(structure, next);
    const type = node.value.entries.get("Type");
    if (type?.kind === "name" && type.name === "Page") {
      seen += 1;
      if (seen === page) return node;
      continue;
    }
    pending.unshift(...referenceItems(structure, node.value.entries.get("Kids"), "/Kids of the page tree"));
  }
  throw new Error(`Expected page ${page}, but the document has ${seen} pages`);
}

export function integerEntry(dictionary: PdfDictionary, key: string, of: string): number {
  const value = dictionary.entries.get(key);
  if (value?.kind !== "number" || !/^\d+$/.test(value.source)) {
    throw new Error(`Expected a whole number as /${key} of the ${of}`);
  }
  return Number(value.source);
}

export function referenceEntry(dictionary: PdfDictionary, key: string, of: string): PdfReference {
  const value = dictionary.entries.get(key);
  if (value?.kind !== "reference") throw new Error(`Expected a reference as /${key} of the ${of}`);
  return value;
}

/** Four coordinates in PDF points, or an Error naming `what`. */
export function rectangleEntry(dictionary: PdfDictionary, key: string, of: string): readonly number[] {
  const value = dictionary.entries.get(key);
  const numbers =
    value?.kind === "array"
      ? value.items.map((item) => (item.kind === "number" ? Number(item.source) : Number.NaN))
      : [];
  if (numbers.length !== 4 || numbers.some(Number.isNaN))
    throw new Error(`Expected four numbers as /${key} of the ${of}`);
  return numbers;
}

function referenceItems(structure: PdfStructure, value: PdfValue | undefined, what: string): readonly PdfReference[] {
  const array = value === undefined ? undefined : resolve(structure, value);
  if (array?.kind !== "array") throw new Error(`Expected an array as ${what}`);
  return array.items.map((item) => {
    if (item.kind !== "reference") throw new Error(`Expected references only in ${what}`);
    return item;
  });
}

function readStartXref(pdf: Uint8Array): number {
  // ISO 32000-2, Annex I.2: the end marker is looked for in the last kilobyte.
  const from = Math.max(0, pdf.length - 1024);
  const at = latin1(pdf, from, pdf.length).lastIndexOf("startxref");
  if (at < 0) throw expected('"startxref" in the last kilobyte', from);
  return readInteger(pdf, readKeyword(pdf, from + at, "startxref"), "the offset of the cross-reference table").value;
}

/** Adds the section's objects to `offsets`, newer sections first: an offset already there stays. */
function readCrossReferenceSection(pdf: Uint8Array, start: number, offsets: Map<number, number | null>): PdfDictionary {
  if (readToken(pdf, start).value !== "xref") throw expected('a classic cross-reference table ("xref")', start);
  let at = readKeyword(pdf, start, "xref");
  while (readToken(pdf, at).value !== "trailer") {
    const first = readInteger(pdf, at, "an object number or trailer");
    const count = readInteger(pdf, first.end, "a number of entries");
    at = readEntries(pdf, count.end, { first: first.value, count: count.value }, offsets);
  }
  return parsePdfDictionary(pdf, readKeyword(pdf, at, "trailer")).value;
}

/** "0000000017 00000 n" and two characters that end the line (ISO 32000-2, 7.5.4). */
const ENTRY_LENGTH = 20;
const IN_USE = "n".charCodeAt(0);
const FREE = "f".charCodeAt(0);

/** Without making strings of them: there are hundreds in every file. Null where something else stands. */
function readDigits(pdf: Uint8Array, from: number, to: number): number | null {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (pdf[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}

function readEntries(
  pdf: Uint8Array,
  from: number,
  run: { readonly first: number; readonly count: number },
  offsets: Map<number, number | null>,
): number {
  let at = from;
  while (pdf[at] === 32 || pdf[at] === 13 || pdf[at] === 10) at += 1;
  const end = at + run.count * ENTRY_LENGTH;
  if (end > pdf.length) throw expected(`${run.count} cross-reference entries`, at);
  for (let index = 0; index < run.count; index += 1, at += ENTRY_LENGTH) {
    const number = run.first + index;
    if (offsets.has(number)) continue;
    const isUsed = pdf[at + 17] === IN_USE;
    const [offset, generation] = [readDigits(pdf, at, at + 10), readDigits(pdf, at + 11, at + 16)];
    if (offset === null || generation === null || !(isUsed || pdf[at + 17] === FREE)) {
      throw expected("a cross-reference entry of 20 bytes", at);
    }
    if (isUsed && generation !== 0) throw expected("an object of generation 0", at);
    offsets.set(number, isUsed ? offset : null);
  }
  return end;
}

function objectAt(pdf: Uint8Array, offsets: ObjectOffsets, number: number): PdfValue {
  return parsedObjectAt(pdf, offsets, number).value;
}

function parsedObjectAt(pdf: Uint8Array, offsets: ObjectOffsets, number: number): Parsed<PdfValue> {
  const offset = offsets.get(number);
  if (offset === undefined || offset === null)
    throw new Error(`Expected object ${number} in the cross-reference table`);
  const found = readInteger(pdf, offset, "an object number");
  if (found.value !== number) throw expected(`object ${number}`, offset);
  const generation = readInteger(pdf, found.end, "a generation number");
  return parsePdfValue(pdf, readKeyword(pdf, generation.end, "obj"));
}

function dictionaryAt(pdf: Uint8Array, offsets: ObjectOffsets, number: number): PdfDictionary {
  const value = objectAt(pdf, offsets, number);
  if (value.kind !== "dictionary") throw new Error(`Expected a dictionary as object ${number}`);
  return value;
}
