import {
  type Cursor,
  isArray,
  isDictionary,
  isIndex,
  isName,
  type PdfDictionary,
  readBody,
  skipSpace,
} from "./pdf-lexer.ts";
import { type Allowance, decodeStream, maxValuesPerObject, readObjectAt, spendParsing } from "./pdf-object.ts";
import { refuse } from "./verdict.ts";

/** Where one object lives; ISO 32000-2 §7.5.4 and §7.5.8.3. */
export type CrossReference =
  | { readonly kind: "free" }
  | { readonly kind: "offset"; readonly offset: number; readonly generation: number }
  | { readonly kind: "compressed"; readonly stream: number; readonly index: number };

/** One revision: the objects it (re)defines and its trailer. */
export interface Revision {
  readonly offset: number;
  readonly objects: ReadonlyMap<number, CrossReference>;
  readonly trailer: PdfDictionary;
}

const maxRevisions = 256;
/** Measured: a Map entry with its value takes about 120 bytes, so that a hostile table stays under 40 MB. */
const maxObjects = 300_000;

/** A hybrid file shows different objects to different readers by design (ISO 32000-2 §7.5.8.4). */
export type HybridFiles = "refused" | "read";

/** All revisions from `startxref` back through /Prev, newest first; never empty. */
export function readRevisions(
  bytes: Buffer,
  startxref: number,
  allowance: Allowance,
  hybrids: HybridFiles,
): readonly [Revision, ...Revision[]] {
  const newest = readRevision(bytes, startxref, allowance, hybrids);
  const revisions: [Revision, ...Revision[]] = [newest];
  const seen = new Set([startxref]);
  let count = newest.objects.size;
  for (let last = newest; last.trailer.entries.has("Prev"); ) {
    const previous = last.trailer.entries.get("Prev");
    if (!isIndex(previous)) return refuse("malformed_structure", "A /Prev entry is not an offset.");
    if (seen.has(previous)) refuse("malformed_structure", "The revisions of the file run in a circle.");
    seen.add(previous);
    last = readRevision(bytes, previous, allowance, hybrids);
    revisions.push(last);
    count += last.objects.size;
    if (revisions.length > maxRevisions || count > maxObjects) {
      refuse("too_large", "The file has more revisions or objects than this verifier reads.");
    }
  }
  return revisions;
}

function readRevision(bytes: Buffer, offset: number, allowance: Allowance, hybrids: HybridFiles): Revision {
  if (offset >= bytes.length) refuse("malformed_structure", `The cross-reference offset ${offset} is beyond the file.`);
  const classic = /^xref[\t ]*(\r\n|\r|\n)/.exec(bytes.toString("latin1", offset, offset + 40));
  const revision = classic
    ? withHiddenObjects(bytes, readTable(bytes, offset, offset + classic[0].length, allowance), allowance, hybrids)
    : readTableStream(bytes, offset, allowance);
  const size = revision.trailer.entries.get("Size");
  if (!isIndex(size)) return refuse("malformed_structure", "A trailer has no /Size.");
  for (const number of revision.objects.keys()) {
    if (number >= size) refuse("malformed_structure", `Object ${number} is outside the /Size of its revision.`);
  }
  if (revision.trailer.entries.has("Encrypt")) refuse("structure_not_supported", "The file is encrypted.");
  return revision;
}

/** A table together with the stream beside it, whose objects only newer readers look up: where the table has none. */
function withHiddenObjects(bytes: Buffer, table: Revision, allowance: Allowance, hybrids: HybridFiles): Revision {
  const at = table.trailer.entries.get("XRefStm");
  if (at === undefined) return table;
  if (hybrids === "refused") refuse("structure_not_supported", "The file is a hybrid-reference file.");
  if (!isIndex(at) || at >= bytes.length) return refuse("malformed_structure", "An /XRefStm entry is not an offset.");
  const objects = new Map(table.objects);
  for (const [number, entry] of readTableStream(bytes, at, allowance).objects) {
    const listed = objects.get(number);
    if (!listed || listed.kind === "free") objects.set(number, entry);
  }
  return { ...table, objects };
}

/** Collects one section and refuses what would let two readers see two different files. */
function sectionBuilder(): { objects: Map<number, CrossReference>; add(number: number, entry: CrossReference): void } {
  const objects = new Map<number, CrossReference>();
  const offsets = new Set<number>();
  const add = (number: number, entry: CrossReference): void => {
    if (objects.has(number)) refuse("malformed_structure", `Object ${number} is listed twice in one revision.`);
    if (entry.kind === "offset") {
      if (offsets.has(entry.offset)) refuse("malformed_structure", `Two objects are listed at byte ${entry.offset}.`);
      offsets.add(entry.offset);
    }
    if (objects.size >= maxObjects) refuse("too_large", "The file has more objects than this verifier reads.");
    objects.set(number, entry);
  };
  return { objects, add };
}

/** A classic table (ISO 32000-2 §7.5.4): subsections of entries of exactly 20 bytes, then the trailer. */
function readTable(bytes: Buffer, offset: number, start: number, allowance: Allowance): Revision {
  const { objects, add } = sectionBuilder();
  let at = start;
  for (;;) {
    const line = /^(\d{1,10}) (\d{1,10})[\t ]*(\r\n|\r|\n)/.exec(bytes.toString("latin1", at, at + 40));
    if (!line) break;
    const [first, count] = [Number(line[1]), Number(line[2])];
    at += line[0].length;
    if (count * 20 > bytes.length - at)
      refuse("malformed_structure", "A cross-reference table is longer than the file.");
    for (let index = 0; index < count; index++, at += 20) add(first + index, readEntry(bytes, at));
  }
  const cursor: Cursor = { bytes, at, valuesLeft: maxValuesPerObject };
  skipSpace(cursor);
  if (bytes.toString("latin1", cursor.at, cursor.at + 7) !== "trailer") {
    refuse("malformed_structure", `The cross-reference table at byte ${offset} has no trailer.`);
  }
  cursor.at += 7;
  const { value } = readBody(cursor, ["startxref"]);
  spendParsing(allowance, cursor.at - offset);
  if (!isDictionary(value)) return refuse("malformed_structure", "A trailer is not a dictionary.");
  return { offset, objects, trailer: value };
}

function readEntry(bytes: Buffer, at: number): CrossReference {
  const [offset, generation] = [readFixed(bytes, at, 10), readFixed(bytes, at + 11, 5)];
  const kind = bytes[at + 17];
  const isWellFormed =
    bytes[at + 10] === SPACE &&
    bytes[at + 16] === SPACE &&
    (kind === FREE || kind === IN_USE) &&
    ENTRY_ENDS.has(((bytes[at + 18] ?? 0) << 8) | (bytes[at + 19] ?? 0));
  if (offset === null || generation === null || !isWellFormed) {
    return refuse("malformed_structure", `The cross-reference entry at byte ${at} is not well formed.`);
  }
  return kind === FREE ? { kind: "free" } : { kind: "offset", offset, generation };
}

const SPACE = 0x20;
const FREE = 0x66;
const IN_USE = 0x6e;
/** CR LF, space LF, space CR: an entry has twenty bytes whatever ends its line. */
const ENTRY_ENDS: ReadonlySet<number> = new Set([0x0d0a, 0x200a, 0x200d]);

/** The number that exactly these digits write. */
function readFixed(bytes: Buffer, at: number, digits: number): number | null {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return null;
    value = 10 * value + digit;
  }
  return value;
}

/** A cross-reference stream (ISO 32000-2 §7.5.8); its dictionary is the trailer. */
function readTableStream(bytes: Buffer, offset: number, allowance: Allowance): Revision {
  const object = readObjectAt(bytes, offset, allowance);
  const trailer = object.value;
  const type = isDictionary(trailer) ? trailer.entries.get("Type") : null;
  if (!isDictionary(trailer) || !isName(type) || type.name !== "XRef") {
    return refuse("malformed_structure", `There is no cross-reference table at byte ${offset}.`);
  }
  const length = trailer.entries.get("Length");
  if (!isIndex(length)) return refuse("malformed_structure", "A cross-reference stream has no direct /Length.");
  const data = decodeStream(bytes, object, length, allowance);
  const widths = indexes(trailer, "W");
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const rowLength = typeWidth + secondWidth + thirdWidth;
  if (widths.length !== 3 || rowLength === 0 || widths.some((width) => width > 6)) {
    refuse("malformed_structure", "A cross-reference stream has a wrong /W.");
  }
  const ranges = trailer.entries.has("Index") ? indexes(trailer, "Index") : [0, ...indexes(trailer, "Size")];
  const { objects, add } = sectionBuilder();
  let at = 0;
  for (let range = 0; range < ranges.length; range += 2) {
    const [first = 0, count = 0] = ranges.slice(range, range + 2);
    if (count * rowLength > data.length - at) refuse("malformed_structure", "A cross-reference stream is too short.");
    for (let index = 0; index < count; index++, at += rowLength) {
      const field = (skip: number, width: number): number => (width === 0 ? 0 : data.readUIntBE(at + skip, width));
      const kind = typeWidth === 0 ? 1 : field(0, typeWidth);
      const [second, third] = [field(typeWidth, secondWidth), field(typeWidth + secondWidth, thirdWidth)];
      if (kind === 0) add(first + index, { kind: "free" });
      else if (kind === 1) add(first + index, { kind: "offset", offset: second, generation: third });
      else if (kind === 2) add(first + index, { kind: "compressed", stream: second, index: third });
      else refuse("malformed_structure", "A cross-reference stream has an entry of unknown type.");
    }
  }
  return { offset, objects, trailer };
}

function indexes(dictionary: PdfDictionary, key: string): number[] {
  const value = dictionary.entries.get(key);
  const items = isArray(value) ? value.items : [value];
  return items.map((item) => (isIndex(item) ? item : refuse("malformed_structure", `The /${key} entry is broken.`)));
}
