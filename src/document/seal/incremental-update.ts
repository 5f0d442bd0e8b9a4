import type { PdfStructure } from "./pdf-structure.ts";
import { type PdfDictionary, type PdfValue, pdfNumber, serializePdfValue, withEntries } from "./pdf-values.ts";

/** A stream object; its /Length is written from the data. */
export interface PdfStream {
  readonly kind: "stream";
  readonly dictionary: PdfDictionary;
  readonly data: Uint8Array;
}

export interface PlainUpdateContent {
  /** New and rewritten objects, by number. */
  readonly objects: ReadonlyMap<number, PdfValue | PdfStream>;
  /** The first object number that stays free: the new trailer's /Size. */
  readonly size: number;
}

export interface UpdateContent extends PlainUpdateContent {
  /** The signature dictionary without /ByteRange and /Contents, which the update adds. */
  readonly signature: { readonly number: number; readonly dictionary: PdfDictionary };
  /** Room for the CMS, in bytes. */
  readonly reservedBytes: number;
}

/** An incremental update that is complete but for the hexadecimal string of /Contents. */
export interface PreparedUpdate {
  readonly input: Uint8Array;
  readonly beforeContents: Uint8Array;
  readonly afterContents: Uint8Array;
  readonly reservedBytes: number;
}

/** The file with one incremental update behind the untouched input (ISO 32000-2, 7.5.6), without a signature. */
export function appendUpdate(structure: PdfStructure, { objects, size }: PlainUpdateContent): Uint8Array {
  const laid = layObjects(structure.pdf, objects);
  const { offsets, position: crossReferenceOffset } = laid;
  laid.append(serializeCrossReferences(structure, { offsets, size, crossReferenceOffset }));
  return Buffer.concat([structure.pdf, ...laid.parts]);
}

/**
 * Lays out one incremental update behind the untouched input (ISO 32000-2, 7.5.6), with a /ByteRange that covers the
 * whole file but the /Contents string (12.8.1).
 */
export function prepareUpdate(structure: PdfStructure, content: UpdateContent): PreparedUpdate {
  const { pdf } = structure;
  const laid = layObjects(pdf, content.objects);
  const { parts, offsets, append } = laid;
  offsets.set(content.signature.number, laid.position);
  append(`${content.signature.number} 0 obj\n${serializePdfValue(content.signature.dictionary).slice(0, -2)} `);
  const contentsStart = laid.position + BYTE_RANGE_LENGTH + "/Contents ".length;
  const contentsEnd = contentsStart + 2 * content.reservedBytes + 2;
  const closing = ">>\nendobj\n";
  const crossReferenceOffset = contentsEnd + closing.length;
  const afterContents = Buffer.from(
    closing + serializeCrossReferences(structure, { offsets, size: content.size, crossReferenceOffset }),
    "latin1",
  );
  append(`${serializeByteRange(contentsStart, contentsEnd, afterContents.length)}/Contents `);
  return { input: pdf, beforeContents: Buffer.concat(parts), afterContents, reservedBytes: content.reservedBytes };
}

/** The bytes the signature covers, in order and in pieces. */
export function signedPieces(update: PreparedUpdate): readonly Uint8Array[] {
  return [update.input, update.beforeContents, update.afterContents];
}

/** The finished file; throws when the CMS is larger than the room reserved for it. */
export function completeUpdate(update: PreparedUpdate, cms: Uint8Array): Uint8Array {
  if (cms.length > update.reservedBytes) {
    throw new Error(`The CMS has ${cms.length} bytes, only ${update.reservedBytes} were reserved`);
  }
  const hex = Buffer.from(cms)
    .toString("hex")
    .padEnd(2 * update.reservedBytes, "0");
  return Buffer.concat([update.input, update.beforeContents, Buffer.from(`<${hex}>`, "latin1"), update.afterContents]);
}

interface LaidObjects {
  readonly parts: Buffer[];
  readonly offsets: Map<number, number>;
  /** Where the next byte goes in the finished file. */
  readonly position: number;
  readonly append: (part: string | Uint8Array) => void;
}

function layObjects(pdf: Uint8Array, objects: PlainUpdateContent["objects"]): LaidObjects {
  const parts: Buffer[] = [];
  const offsets = new Map<number, number>();
  let position = pdf.length;
  const append = (part: string | Uint8Array): void => {
    const bytes = typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part);
    parts.push(bytes);
    position += bytes.length;
  };
  if (pdf[pdf.length - 1] !== 10) append("\n");
  for (const [number, value] of objects) {
    offsets.set(number, position);
    append(`${number} 0 obj\n`);
    for (const piece of serializeObject(value)) append(piece);
    append("\nendobj\n");
  }
  return {
    parts,
    offsets,
    append,
    get position() {
      return position;
    },
  };
}

// Room for three offsets of ten digits, the most that a classic cross-reference table can hold.
const BYTE_RANGE_LENGTH = "/ByteRange [0 ".length + 3 * 10 + 2 + "] ".length;

function serializeByteRange(contentsStart: number, contentsEnd: number, tailLength: number): string {
  return `${`/ByteRange [0 ${contentsStart} ${contentsEnd} ${tailLength}]`.padEnd(BYTE_RANGE_LENGTH)}`;
}

function serializeObject(value: PdfValue | PdfStream): readonly (string | Uint8Array)[] {
  if (value.kind !== "stream") return [serializePdfValue(value)];
  const dictionary = withEntries(value.dictionary, { Length: pdfNumber(value.data.length) });
  return [`${serializePdfValue(dictionary)}\nstream\n`, value.data, "\nendstream"];
}

interface CrossReferences {
  readonly offsets: ReadonlyMap<number, number>;
  readonly size: number;
  readonly crossReferenceOffset: number;
}

/** The new section, and a trailer that keeps /Root, /Info and /ID of the one before. */
function serializeCrossReferences(structure: PdfStructure, section: CrossReferences): string {
  const trailer = withEntries(structure.trailer, {
    Size: pdfNumber(section.size),
    Prev: pdfNumber(structure.crossReferenceOffset),
  });
  const lines = ["xref\n"];
  for (const run of consecutiveRuns([...section.offsets.keys()])) {
    lines.push(`${run[0]} ${run.length}\n`);
    for (const number of run) lines.push(`${String(section.offsets.get(number)).padStart(10, "0")} 00000 n \n`);
  }
  lines.push(`trailer\n${serializePdfValue(trailer)}\nstartxref\n${section.crossReferenceOffset}\n%%EOF\n`);
  return lines.join("");
}

function consecutiveRuns(numbers: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const number of numbers.toSorted((left, right) => left - right)) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run?.push(number);
    else runs.push([number]);
  }
  return runs;
}
