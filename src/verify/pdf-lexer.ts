import { refuse } from "./verdict.ts";

/** ISO 32000-2 §7.3. Strings keep their place in the file: the borders of /Contents decide what a seal covers. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfReference | PdfArray | PdfDictionary;
export interface PdfName {
  readonly kind: "name";
  readonly name: string;
}
/** `start` is the offset of the opening delimiter, `end` the offset just after the closing one. */
export interface PdfString {
  readonly kind: "string";
  readonly form: "literal" | "hex";
  readonly start: number;
  readonly end: number;
}
export interface PdfReference {
  readonly kind: "reference";
  readonly number: number;
  readonly generation: number;
}
export interface PdfArray {
  readonly kind: "array";
  readonly items: readonly PdfValue[];
}
export interface PdfDictionary {
  readonly kind: "dictionary";
  readonly entries: ReadonlyMap<string, PdfValue>;
}
interface Keyword {
  readonly kind: "keyword";
  readonly word: string;
}

/** A place in the bytes plus what may still be read: hostile files are stopped by the budget, not by memory. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
  valuesLeft: number;
}

const maxDepth = 64;
const maxTokenLength = 127;
function malformed(at: number, what: string): never {
  refuse("malformed_structure", `At byte ${at}: ${what}.`);
}

/** 0 regular, 1 white space, 2 delimiter (ISO 32000-2 tables 1 and 2). */
const classOf = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) classOf[code] = 1;
for (const character of "()<>[]{}/%") classOf[character.charCodeAt(0)] = 2;

export function skipSpace(cursor: Cursor): void {
  const { bytes } = cursor;
  for (; cursor.at < bytes.length; cursor.at++) {
    const code = bytes[cursor.at] ?? 0;
    if (code === 0x25) {
      while (cursor.at < bytes.length && bytes[cursor.at] !== 10 && bytes[cursor.at] !== 13) cursor.at++;
    } else if (classOf[code] !== 1) return;
  }
}

/** The run of regular characters here, possibly empty. */
function readRegular(cursor: Cursor): string {
  const start = cursor.at;
  while (cursor.at < cursor.bytes.length && classOf[cursor.bytes[cursor.at] ?? 0] === 0) cursor.at++;
  if (cursor.at - start > maxTokenLength) malformed(start, "a token is too long");
  return cursor.bytes.toString("latin1", start, cursor.at);
}

/** A file repeats a few dozen names thousands of times; the same object stands for all of one. Bounded. */
const knownNames = new Map<number, PdfName>();
const maxKnownNames = 2000;

function readName(cursor: Cursor): PdfName {
  const start = cursor.at++;
  const { bytes } = cursor;
  let hash = 0;
  let at = start + 1;
  for (let code = bytes[at]; code !== undefined && classOf[code] === 0; code = bytes[++at])
    hash = (hash * 31 + code) | 0;
  const known = knownNames.get(hash);
  if (known && isWritten(bytes, start + 1, at, known.name)) {
    cursor.at = at;
    return known;
  }
  const raw = readRegular(cursor);
  if (!raw.includes("#")) {
    const name: PdfName = { kind: "name", name: raw };
    if (knownNames.size < maxKnownNames) knownNames.set(hash, name);
    return name;
  }
  if (/#(?![0-9A-Fa-f]{2})|#00/.test(raw)) malformed(start, "a name has a broken escape");
  return {
    kind: "name",
    name: raw.replace(/#(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  };
}

function isWritten(bytes: Buffer, start: number, end: number, name: string): boolean {
  if (name.length !== end - start) return false;
  for (let index = 0; index < name.length; index++) if (bytes[start + index] !== name.charCodeAt(index)) return false;
  return true;
}

function readLiteral(cursor: Cursor): PdfString {
  const start = cursor.at;
  let open = 0;
  while (cursor.at < cursor.bytes.length) {
    const code = cursor.bytes[cursor.at++];
    if (code === 0x5c) cursor.at++;
    else if (code === 0x28) open++;
    else if (code === 0x29 && --open === 0) return { kind: "string", form: "literal", start, end: cursor.at };
  }
  return malformed(start, "a string does not end");
}

function readHex(cursor: Cursor): PdfString {
  const start = cursor.at;
  const close = cursor.bytes.indexOf(0x3e, start);
  if (close < 0) return malformed(start, "a hexadecimal string does not end");
  for (let at = start + 1; at < close; at++) {
    const code = cursor.bytes[at] ?? 0;
    const digit = (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
    if (!digit && classOf[code] !== 1) malformed(at, "a hexadecimal string holds something else");
  }
  cursor.at = close + 1;
  return { kind: "string", form: "hex", start, end: cursor.at };
}

/** A number of at most fifteen digits, which a double holds exactly; null, and nothing read, where here is none such. */
function readDigits(cursor: Cursor): number | null {
  const { bytes } = cursor;
  const sign = bytes[cursor.at];
  let at = sign === 0x2b || sign === 0x2d ? cursor.at + 1 : cursor.at;
  let value = 0;
  let digits = 0;
  let places = -1;
  for (let code = bytes[at]; code !== undefined && classOf[code] === 0; code = bytes[++at]) {
    if (code >= 0x30 && code <= 0x39) {
      value = 10 * value + code - 0x30;
      digits++;
      if (places >= 0) places++;
    } else if (code === 0x2e && places < 0) places = 0;
    else return null;
  }
  if (digits === 0 || digits > 15) return null;
  cursor.at = at;
  // Both are whole and exact, so that the quotient is the double nearest to what is written.
  if (places > 0) value /= 10 ** places;
  return sign === 0x2d ? -value : value;
}

/** The words that follow almost every value; the same object stands for all of one. */
const knownWords: readonly Keyword[] = ["R", "endobj", "stream"].map((word) => ({ kind: "keyword", word }));

function readKnownWord(cursor: Cursor): Keyword | null {
  const { bytes, at } = cursor;
  for (const known of knownWords) {
    const end = at + known.word.length;
    if (!isWritten(bytes, at, end, known.word) || (end < bytes.length && classOf[bytes[end] ?? 0] === 0)) continue;
    cursor.at = end;
    return known;
  }
  return null;
}

function readWord(cursor: Cursor): PdfValue | Keyword {
  const quickly = readDigits(cursor) ?? readKnownWord(cursor);
  if (quickly !== null) return quickly;
  const start = cursor.at;
  const word = readRegular(cursor);
  if (word === "") return malformed(start, "an unexpected character");
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word);
  if (word === "true" || word === "false") return word === "true";
  return word === "null" ? null : { kind: "keyword", word };
}

function readToken(cursor: Cursor, depth: number): PdfValue | Keyword {
  const { bytes, at } = cursor;
  const code = bytes[at];
  if (code === undefined) return malformed(at, "the data ends too early");
  if (code === 0x2f) return readName(cursor);
  if (code === 0x28) return readLiteral(cursor);
  if (code === 0x5b) {
    cursor.at++;
    return { kind: "array", items: readUntil(cursor, 0x5d, 1, depth + 1) };
  }
  if (code !== 0x3c) return readWord(cursor);
  if (bytes[at + 1] !== 0x3c) return readHex(cursor);
  cursor.at += 2;
  return toDictionary(readUntil(cursor, 0x3e, 2, depth + 1), at);
}

function toDictionary(items: readonly PdfValue[], at: number): PdfDictionary {
  const entries = new Map<string, PdfValue>();
  for (let index = 0; index < items.length; index += 2) {
    const key = items[index];
    const value = items[index + 1];
    if (!isName(key) || value === undefined) return malformed(at, "a dictionary is not made of pairs");
    // Readers differ in which of two equal keys they believe, so neither is believed.
    if (entries.has(key.name)) return malformed(at, `a dictionary has two entries /${key.name.slice(0, 40)}`);
    entries.set(key.name, value);
  }
  return { kind: "dictionary", entries };
}

/** Two integers before the keyword R become a reference; everything before was kept flat to need no look-ahead. */
function foldReference(items: PdfValue[], at: number): void {
  const generation = items.pop();
  const number = items.pop();
  if (!isIndex(number) || !isIndex(generation) || generation > 65535) malformed(at, "a broken reference");
  items.push({ kind: "reference", number, generation });
}

/** Up to one `close`, which ends an array, or two, which end a dictionary. */
function readUntil(cursor: Cursor, close: number, times: 1 | 2, depth: number): PdfValue[] {
  if (depth > maxDepth) malformed(cursor.at, "objects are nested too deeply");
  const { bytes } = cursor;
  const items: PdfValue[] = [];
  for (;;) {
    skipSpace(cursor);
    if (bytes[cursor.at] === close && (times === 1 || bytes[cursor.at + 1] === close)) {
      cursor.at += times;
      return items;
    }
    takeItem(cursor, items, depth);
  }
}

/** Adds the next value to `items`, or folds a reference; any other keyword is handed back. */
function takeItem(cursor: Cursor, items: PdfValue[], depth: number): string | null {
  const at = cursor.at;
  if (cursor.valuesLeft-- <= 0) refuse("too_large", "The file holds more values than this verifier reads.");
  const token = readToken(cursor, depth);
  if (token === null || typeof token !== "object" || token.kind !== "keyword") items.push(token);
  else if (token.word === "R") foldReference(items, at);
  else if (depth === 0) return token.word;
  else malformed(at, "an unexpected keyword");
  return null;
}

/** Reads exactly one value up to one of the keywords `ends`, or to the end of the bytes when `ends` is empty. */
export function readBody(cursor: Cursor, ends: readonly string[]): { value: PdfValue; keyword: string } {
  const start = cursor.at;
  const items: PdfValue[] = [];
  let keyword: string | null = null;
  while (keyword === null) {
    skipSpace(cursor);
    if (ends.length === 0 && cursor.at >= cursor.bytes.length) break;
    keyword = takeItem(cursor, items, 0);
  }
  const [value] = items;
  if (items.length !== 1 || value === undefined) return malformed(start, "an object is not exactly one value");
  if (keyword !== null && !ends.includes(keyword)) return malformed(start, "an object does not end as it should");
  return { value, keyword: keyword ?? "" };
}

export function isName(value: PdfValue | undefined): value is PdfName {
  return typeof value === "object" && value !== null && value.kind === "name";
}
export function isReference(value: PdfValue | undefined): value is PdfReference {
  return typeof value === "object" && value !== null && value.kind === "reference";
}
export function isArray(value: PdfValue | undefined): value is PdfArray {
  return typeof value === "object" && value !== null && value.kind === "array";
}
export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return typeof value === "object" && value !== null && value.kind === "dictionary";
}
export function isString(value: PdfValue | undefined): value is PdfString {
  return typeof value === "object" && value !== null && value.kind === "string";
}
/** A number that can be an offset, a length or an object number. */
export function isIndex(value: PdfValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
