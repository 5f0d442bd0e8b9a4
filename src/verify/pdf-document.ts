import { isDictionary, isIndex, isReference, type PdfReference, type PdfValue, readBody } from "./pdf-lexer.ts";
import {
  type Allowance,
  decodeStream,
  encodedData,
  maxValuesPerObject,
  type PdfObject,
  readObjectAt,
  spendParsing,
  type Unpacking,
} from "./pdf-object.ts";
import { type CrossReference, type HybridFiles, type Revision, readRevisions } from "./pdf-xref.ts";
import { refuse } from "./verdict.ts";

/** A PDF seen through its own cross-reference tables; nothing here searches the bytes for text. */
export interface PdfDocument {
  readonly bytes: Buffer;
  /** Newest first. */
  readonly revisions: readonly [Revision, ...Revision[]];
  readonly unpacked: Unpacked;
  /** Follows a reference (or returns the direct value); a missing object is null, as ISO 32000-2 §7.3.10 says. */
  resolve(value: PdfValue | undefined): PdfValue;
  /** The decoded data behind a reference to a stream. */
  readStream(reference: PdfReference): Buffer;
  /** Every object that the newest view of the file can reach by number. */
  liveObjects(): Iterable<{ readonly number: number; readonly value: PdfValue }>;
}

interface ObjectStream {
  readonly data: Buffer;
  /** Object number and offset into the data, in the order of the stream. */
  readonly members: readonly { readonly number: number; readonly offset: number }[];
}

/** Eight times what our longest contract needs; a bomb of object streams unpacks to this at most. */
const maxUnpackedBytes = 16 * 1024 * 1024;

/** Writers put a hundred or two into one. */
const maxMembers = 50_000;

/** What has been unpacked of a file, by the place of each stream and its length there. */
export interface Unpacked extends Unpacking {
  readonly objectStreams: Map<number, { readonly length: number; readonly stream: ObjectStream }>;
}

/**
 * Reads all tables of a file whose last `startxref` is given. Ends with a finding when the structure is unsound. A view of
 * a file's first bytes is given what was `unpacked` of the whole: the same bytes need not be unpacked, or kept, twice.
 */
export function openDocument(
  bytes: Buffer,
  startxref: number,
  hybrids: HybridFiles = "refused",
  unpacked: Unpacked = { bytesLeft: maxUnpackedBytes, objectStreams: new Map() },
): PdfDocument {
  const allowance: Allowance = { bytesToParse: bytes.length * 2 + 65_536, unpacking: unpacked };
  const revisions = readRevisions(bytes, startxref, allowance, hybrids);
  const table = new Map<number, CrossReference>();
  for (const revision of revisions.toReversed()) {
    for (const [number, entry] of revision.objects) table.set(number, entry);
  }
  const readValue = objectReader({ bytes, table, allowance }, unpacked);
  const values = new Map<number, PdfValue>();

  const lookUp = (reference: PdfReference): PdfValue => {
    const entry = table.get(reference.number);
    const generation = entry?.kind === "offset" ? entry.generation : 0;
    if (generation !== reference.generation) return null;
    const known = values.get(reference.number);
    if (known !== undefined) return known;
    const value = readValue(reference.number);
    values.set(reference.number, value);
    return value;
  };

  return {
    bytes,
    revisions,
    unpacked,
    resolve(value) {
      let current = value ?? null;
      for (let hops = 0; isReference(current); hops++) {
        if (hops > 16) refuse("malformed_structure", "References run in a circle.");
        current = lookUp(current);
      }
      return current;
    },
    readStream({ number, generation }) {
      const entry = table.get(number);
      if (entry?.kind !== "offset" || entry.generation !== generation) {
        return refuse("malformed_structure", `Object ${number} is not the stream it should be.`);
      }
      const source = { bytes, table, allowance };
      const object = readPlain(source, number, entry);
      return decodeStream(bytes, object, streamLength(source, object), allowance);
    },
    *liveObjects() {
      // Values are not kept: a large file is scanned once and must not stay in memory as objects.
      for (const number of table.keys()) yield { number, value: values.get(number) ?? readValue(number) };
    },
  };
}

interface Source {
  readonly bytes: Buffer;
  readonly table: ReadonlyMap<number, CrossReference>;
  readonly allowance: Allowance;
}

/** Reads the value of an object by number, in its place or in its object stream; null when there is none. */
function objectReader(source: Source, { objectStreams }: Unpacked): (number: number) => PdfValue {
  const { bytes, table, allowance } = source;
  const opened = new Map<number, ObjectStream>();

  const openObjectStream = (number: number): ObjectStream => {
    const known = opened.get(number);
    if (known) return known;
    const entry = table.get(number);
    if (entry?.kind !== "offset") return refuse("malformed_structure", `Object ${number} should hold other objects.`);
    const object = readPlain(source, number, entry);
    const length = streamLength(source, object);
    // Whatever another view has unpacked: in this one the stream must end before its last byte, too.
    encodedData(bytes, object, length);
    const elsewhere = objectStreams.get(entry.offset);
    const isUnpacked = elsewhere?.length === length;
    const stream = isUnpacked ? elsewhere.stream : readObjectStream(bytes, object, length, allowance);
    if (isUnpacked) allowance.bytesToParse += stream.data.length;
    opened.set(number, stream);
    objectStreams.set(entry.offset, { length, stream });
    return stream;
  };

  return (number) => {
    const entry = table.get(number);
    if (!entry || entry.kind === "free") return null;
    if (entry.kind === "offset") return readPlain(source, number, entry).value;
    return readMember(openObjectStream(entry.stream), entry.index, number, allowance);
  };
}

function readPlain(
  { bytes, allowance }: Source,
  number: number,
  entry: Extract<CrossReference, { kind: "offset" }>,
): PdfObject {
  if (entry.offset >= bytes.length) refuse("malformed_structure", `Object ${number} is listed beyond the file.`);
  const object = readObjectAt(bytes, entry.offset, allowance);
  if (object.number !== number || object.generation !== entry.generation) {
    refuse("malformed_structure", `Object ${number} is listed at byte ${entry.offset}, where another one begins.`);
  }
  return object;
}

/** /Length, directly or one reference away, as writers that stream their output put it. */
function streamLength(source: Source, object: PdfObject): number {
  const length = isDictionary(object.value) ? object.value.entries.get("Length") : undefined;
  if (isIndex(length)) return length;
  const entry = isReference(length) ? source.table.get(length.number) : undefined;
  const target = isReference(length) && entry?.kind === "offset" ? readPlain(source, length.number, entry).value : null;
  return isIndex(target) ? target : refuse("malformed_structure", `Object ${object.number} has no /Length.`);
}

/** ISO 32000-2 §7.5.7: N pairs of object number and offset, then the objects themselves from /First on. */
function readObjectStream(bytes: Buffer, object: PdfObject, length: number, allowance: Allowance): ObjectStream {
  const entries = isDictionary(object.value) ? object.value.entries : new Map<string, PdfValue>();
  const [first, count] = [entries.get("First"), entries.get("N")];
  const data = decodeStream(bytes, object, length, allowance);
  if (!isIndex(first) || !isIndex(count) || first > data.length || count > first) {
    return refuse("malformed_structure", `The object stream ${object.number} is not well formed.`);
  }
  if (count > maxMembers)
    refuse("too_large", `The object stream ${object.number} holds more than this verifier reads.`);
  const words = data
    .toString("latin1", 0, first)
    .trim()
    .split(/[\0\t\n\f\r ]+/, 2 * count);
  const members = Array.from({ length: count }, (_, index) => {
    const [number, offset] = [Number(words[index * 2]), Number(words[index * 2 + 1])];
    if (!isIndex(number) || !isIndex(offset)) {
      return refuse("malformed_structure", `The object stream ${object.number} has a broken index.`);
    }
    return { number, offset: first + offset };
  });
  return { data, members };
}

function readMember(stream: ObjectStream, index: number, number: number, allowance: Allowance): PdfValue {
  const member = stream.members[index];
  if (member?.number !== number) {
    return refuse("malformed_structure", `Object ${number} is not where its object stream should have it.`);
  }
  const end = stream.members[index + 1]?.offset ?? stream.data.length;
  if (end < member.offset || end > stream.data.length) {
    refuse("malformed_structure", `Object ${number} has no place in its object stream.`);
  }
  spendParsing(allowance, end - member.offset);
  const bytes = stream.data.subarray(member.offset, end);
  return readBody({ bytes, at: 0, valuesLeft: maxValuesPerObject }, []).value;
}
