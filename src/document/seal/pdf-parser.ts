import type { PdfDictionary, PdfValue } from "./pdf-values.ts";

/** A value and the offset of the first byte behind it. */
export interface Parsed<Value> {
  readonly value: Value;
  readonly end: number;
}

/** Deeper nesting than this has no business in a contract and would only exhaust the stack. */
const MAX_DEPTH = 64;

/**
 * Reads one PDF value that starts at `offset`, white space and comments before it allowed (ISO 32000-2, 7.2 and 7.3).
 * Throws when the bytes there are no PDF value.
 */
export function parsePdfValue(pdf: Uint8Array, offset: number, depth = 0): Parsed<PdfValue> {
  if (depth > MAX_DEPTH) throw expected("less nesting", offset);
  const start = skipWhiteSpace(pdf, offset);
  const first = charAt(pdf, start);
  if (first === "/") return parseName(pdf, start);
  if (first === "(") return parseLiteralString(pdf, start);
  if (first === "<") {
    return charAt(pdf, start + 1) === "<" ? parseDictionary(pdf, start, depth) : parseHexString(pdf, start);
  }
  if (first === "[") return parseArray(pdf, start, depth);
  return parseNumberOrKeyword(pdf, start);
}

/** Like {@link parsePdfValue}, and throws when the value is no dictionary. */
export function parsePdfDictionary(pdf: Uint8Array, offset: number): Parsed<PdfDictionary> {
  const { value, end } = parsePdfValue(pdf, offset);
  if (value.kind !== "dictionary") throw expected("a dictionary", offset);
  return { value, end };
}

/** Reads a run of regular characters such as `obj`, `xref` or `12`; the text is empty when there is none. */
export function readToken(pdf: Uint8Array, offset: number): Parsed<string> {
  const start = skipWhiteSpace(pdf, offset);
  let end = start;
  while (end < pdf.length && isRegular(pdf[end])) end += 1;
  return { value: latin1(pdf, start, end), end };
}

/** Reads a token that must be a whole number of zero or more, and throws naming `what` when it is not. */
export function readInteger(pdf: Uint8Array, offset: number, what: string): Parsed<number> {
  const token = readToken(pdf, offset);
  if (!/^\d{1,10}$/.test(token.value)) throw expected(what, offset);
  return { value: Number(token.value), end: token.end };
}

/** Reads a token that must be this word, and returns the offset behind it. */
export function readKeyword(pdf: Uint8Array, offset: number, keyword: string): number {
  const token = readToken(pdf, offset);
  if (token.value !== keyword) throw expected(`"${keyword}"`, offset);
  return token.end;
}

function skipWhiteSpace(pdf: Uint8Array, offset: number): number {
  let at = offset;
  for (;;) {
    while (at < pdf.length && WHITE_SPACE.has(pdf[at] ?? 0)) at += 1;
    if (charAt(pdf, at) !== "%") return at;
    while (at < pdf.length && pdf[at] !== LF && pdf[at] !== CR) at += 1;
  }
}

export function latin1(pdf: Uint8Array, start: number, end: number): string {
  return Buffer.from(pdf.buffer, pdf.byteOffset + start, end - start).toString("latin1");
}

export function expected(what: string, offset: number): Error {
  return new Error(`Cannot read the PDF: expected ${what} at byte ${offset}`);
}

const LF = 10;
const CR = 13;
const WHITE_SPACE: ReadonlySet<number> = new Set([0, 9, LF, 12, CR, 32]);
const DELIMITERS: ReadonlySet<number> = new Set(Buffer.from("()<>[]{}/%", "latin1"));

function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && !WHITE_SPACE.has(byte) && !DELIMITERS.has(byte);
}

function charAt(pdf: Uint8Array, offset: number): string {
  const byte = pdf[offset];
  return byte === undefined ? "" : String.fromCharCode(byte);
}

function parseName(pdf: Uint8Array, start: number): Parsed<PdfValue> {
  let end = start + 1;
  while (isRegular(pdf[end])) end += 1;
  return { value: { kind: "name", name: latin1(pdf, start + 1, end) }, end };
}

function parseLiteralString(pdf: Uint8Array, start: number): Parsed<PdfValue> {
  let open = 0;
  for (let at = start; at < pdf.length; at += 1) {
    const char = charAt(pdf, at);
    if (char === "\\") at += 1;
    else if (char === "(") open += 1;
    else if (char === ")") {
      open -= 1;
      if (open === 0) return { value: { kind: "string", source: latin1(pdf, start, at + 1) }, end: at + 1 };
    }
  }
  throw expected("the end of a string", start);
}

function parseHexString(pdf: Uint8Array, start: number): Parsed<PdfValue> {
  const close = pdf.indexOf(">".charCodeAt(0), start);
  if (close < 0) throw expected("the end of a hexadecimal string", start);
  const source = latin1(pdf, start, close + 1);
  if (!/^<[0-9A-Fa-f\s]*>$/.test(source)) throw expected("a hexadecimal string", start);
  return { value: { kind: "string", source }, end: close + 1 };
}

function parseArray(pdf: Uint8Array, start: number, depth: number): Parsed<PdfValue> {
  const items: PdfValue[] = [];
  let at = skipWhiteSpace(pdf, start + 1);
  while (charAt(pdf, at) !== "]") {
    const item = parsePdfValue(pdf, at, depth + 1);
    items.push(item.value);
    at = skipWhiteSpace(pdf, item.end);
  }
  return { value: { kind: "array", items }, end: at + 1 };
}

function parseDictionary(pdf: Uint8Array, start: number, depth: number): Parsed<PdfDictionary> {
  const entries = new Map<string, PdfValue>();
  let at = skipWhiteSpace(pdf, start + 2);
  while (charAt(pdf, at) !== ">") {
    const key = parsePdfValue(pdf, at, depth + 1);
    if (key.value.kind !== "name") throw expected("a dictionary key", at);
    // Readers disagree on which of two equal keys counts, so a file with both could be shown in two ways.
    if (entries.has(key.value.name)) throw expected(`only one /${key.value.name} in a dictionary`, at);
    const entry = parsePdfValue(pdf, key.end, depth + 1);
    entries.set(key.value.name, entry.value);
    at = skipWhiteSpace(pdf, entry.end);
  }
  if (charAt(pdf, at + 1) !== ">") throw expected('">>"', at);
  return { value: { kind: "dictionary", entries }, end: at + 2 };
}

function parseNumberOrKeyword(pdf: Uint8Array, start: number): Parsed<PdfValue> {
  const token = readToken(pdf, start);
  const source = token.value;
  if (source === "true" || source === "false" || source === "null") {
    return { value: { kind: "keyword", source }, end: token.end };
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(source)) throw expected("a PDF value", start);
  return parseReference(pdf, source, token.end) ?? { value: { kind: "number", source }, end: token.end };
}

/** A whole number may be the beginning of `12 0 R`; null when it is not. */
function parseReference(pdf: Uint8Array, source: string, end: number): Parsed<PdfValue> | null {
  if (!/^\d{1,10}$/.test(source)) return null;
  const generation = readToken(pdf, end);
  if (!/^\d{1,5}$/.test(generation.value)) return null;
  const keyword = readToken(pdf, generation.end);
  if (keyword.value !== "R") return null;
  const value: PdfValue = { kind: "reference", object: Number(source), generation: Number(generation.value) };
  return { value, end: keyword.end };
}
