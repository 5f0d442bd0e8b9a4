import { inflateSync } from "node:zlib";
import {
  type Cursor,
  isArray,
  isDictionary,
  isIndex,
  isName,
  type PdfDictionary,
  type PdfValue,
  readBody,
} from "./pdf-lexer.ts";
import { refuse } from "./verdict.ts";

/** An indirect object read in its place. `streamStart` is the offset of the first data byte of a stream. */
export interface PdfObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfValue;
  readonly streamStart: number | null;
  /** Just behind the keyword that ended the reading: `endobj`, or `stream`. */
  readonly end: number;
}

/** What one examination may still spend; shared by all its steps, so that overlapping objects cannot multiply work. */
export interface Allowance {
  bytesToParse: number;
  /** An object of its own: the views of one file that an archive is judged by share what they may unpack. */
  readonly unpacking: Unpacking;
}

export interface Unpacking {
  bytesLeft: number;
}

export const maxValuesPerObject = 200_000;
const header = /^(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj(?![^\0\t\n\f\r ()<>[\]{}/%])/;

/** Reads `N G obj … endobj` (or up to the data of a stream) at exactly this offset; ISO 32000-2 §7.3.10. */
export function readObjectAt(bytes: Buffer, offset: number, allowance: Allowance): PdfObject {
  const found = header.exec(bytes.toString("latin1", offset, offset + 40));
  if (!found) return refuse("malformed_structure", `No object begins at byte ${offset}, where the table says so.`);
  const cursor: Cursor = { bytes, at: offset + found[0].length, valuesLeft: maxValuesPerObject };
  const { value, keyword } = readBody(cursor, ["endobj", "stream"]);
  spendParsing(allowance, cursor.at - offset);
  const streamStart = keyword === "stream" ? startOfData(bytes, cursor.at) : null;
  if (streamStart !== null && !isDictionary(value)) {
    refuse("malformed_structure", `The stream at byte ${offset} has no dictionary.`);
  }
  return { number: Number(found[1]), generation: Number(found[2]), value, streamStart, end: cursor.at };
}

export function spendParsing(allowance: Allowance, bytes: number): void {
  allowance.bytesToParse -= bytes;
  if (allowance.bytesToParse < 0) refuse("too_large", "The file is more complex than this verifier reads.");
}

function startOfData(bytes: Buffer, at: number): number {
  if (bytes[at] === 10) return at + 1;
  if (bytes[at] === 13 && bytes[at + 1] === 10) return at + 2;
  return refuse("malformed_structure", `The stream before byte ${at} does not begin with a line end.`);
}

/**
 * The decoded data of a stream whose /Length is already known; ISO 32000-2 §7.3.8, §7.4.4.
 * Knows no filter and FlateDecode with or without a PNG predictor, which is what tables and object streams use.
 */
export function decodeStream(bytes: Buffer, object: PdfObject, length: number, allowance: Allowance): Buffer {
  const { value } = object;
  const data = encodedData(bytes, object, length);
  if (!isDictionary(value)) return data;
  const filter = onlyItem(value.entries.get("Filter"));
  if (filter === undefined || filter === null) return data;
  if (!isName(filter) || filter.name !== "FlateDecode") {
    refuse("structure_not_supported", `Object ${object.number} is compressed in a way this verifier does not read.`);
  }
  const inflated = inflate(data, object.number, allowance);
  const parameters = onlyItem(value.entries.get("DecodeParms"));
  return isDictionary(parameters) ? undoPredictor(inflated, parameters) : inflated;
}

/** A stream as it stands in the file, which must end where its length says. */
export function encodedData(bytes: Buffer, object: PdfObject, length: number): Buffer {
  const { value, streamStart } = object;
  if (!isDictionary(value) || streamStart === null) {
    return refuse("malformed_structure", `Object ${object.number} is not the stream it should be.`);
  }
  const end = streamStart + length;
  if (!/^\r?\n?endstream/.test(bytes.toString("latin1", end, end + 11))) {
    refuse("malformed_structure", `The stream of object ${object.number} does not end where its length says.`);
  }
  return bytes.subarray(streamStart, end);
}

function onlyItem(value: PdfValue | undefined): PdfValue | undefined {
  if (!isArray(value)) return value;
  if (value.items.length > 1) refuse("structure_not_supported", "A table of the file is compressed more than once.");
  return value.items[0];
}

function inflate(data: Buffer, number: number, allowance: Allowance): Buffer {
  const { unpacking } = allowance;
  let inflated: Buffer;
  try {
    inflated = inflateSync(data, { maxOutputLength: Math.max(1, unpacking.bytesLeft) });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ERR_BUFFER_TOO_LARGE")
      return refuse("too_large", "The file unpacks to more than this verifier reads.");
    return refuse("malformed_structure", `The compressed data of object ${number} is broken.`);
  }
  unpacking.bytesLeft = Math.max(0, unpacking.bytesLeft - inflated.length);
  allowance.bytesToParse += inflated.length;
  return inflated;
}

/** PNG predictors (ISO 32000-2 §7.4.4.4) for one-byte components, the only form tables are written in. */
function undoPredictor(data: Buffer, parameters: PdfDictionary): Buffer {
  const predictor = parameters.entries.get("Predictor") ?? 1;
  if (predictor === 1) return data;
  const columns = parameters.entries.get("Columns") ?? 1;
  if (!isIndex(predictor) || predictor < 10 || !isIndex(columns) || columns < 1 || columns > 64) {
    return refuse("structure_not_supported", "A table of the file uses a predictor this verifier does not read.");
  }
  if ((parameters.entries.get("Colors") ?? 1) !== 1 || (parameters.entries.get("BitsPerComponent") ?? 8) !== 8) {
    refuse("structure_not_supported", "A table of the file uses a predictor this verifier does not read.");
  }
  const rows = Math.floor(data.length / (columns + 1));
  const output = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) undoRow(data, output, row, columns);
  return output;
}

function undoRow(data: Buffer, output: Buffer, row: number, columns: number): void {
  const type = data[row * (columns + 1)] ?? 0;
  if (type > 4) refuse("malformed_structure", "A table of the file has an unknown row type.");
  for (let column = 0; column < columns; column++) {
    const at = row * columns + column;
    const left = column > 0 ? (output[at - 1] ?? 0) : 0;
    const up = row > 0 ? (output[at - columns] ?? 0) : 0;
    const upLeft = row > 0 && column > 0 ? (output[at - columns - 1] ?? 0) : 0;
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][type] ?? 0;
    output[at] = ((data[row * (columns + 1) + 1 + column] ?? 0) + guess) & 255;
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const [toLeft, toUp, toUpLeft] = [Math.abs(up - upLeft), Math.abs(left - upLeft), Math.abs(left + up - 2 * upLeft)];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
