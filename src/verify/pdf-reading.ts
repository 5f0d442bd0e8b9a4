import type { PdfDocument } from "./pdf-document.ts";
import {
  isArray,
  isDictionary,
  isName,
  isString,
  type PdfDictionary,
  type PdfString,
  type PdfValue,
} from "./pdf-lexer.ts";

type Container = PdfDictionary | null | undefined;

/** The entry's value behind all references; null where there is none. */
export function entryOf(document: PdfDocument, container: Container, key: string): PdfValue {
  return container ? document.resolve(container.entries.get(key)) : null;
}

export function dictionaryOf(document: PdfDocument, container: Container, key: string): PdfDictionary | null {
  const value = entryOf(document, container, key);
  return isDictionary(value) ? value : null;
}

/** The items of an array, unresolved; a missing or other value has none. */
export function itemsOf(document: PdfDocument, container: Container, key: string): readonly PdfValue[] {
  const value = entryOf(document, container, key);
  return isArray(value) ? value.items : [];
}

export function nameOf(document: PdfDocument, container: Container, key: string): string | null {
  const value = entryOf(document, container, key);
  return isName(value) ? value.name : null;
}

export function numberOf(document: PdfDocument, container: Container, key: string): number | null {
  const value = entryOf(document, container, key);
  return typeof value === "number" ? value : null;
}

/** Numbers only; null where there is no array or something else is in it. */
export function numbersOf(document: PdfDocument, container: Container, key: string): readonly number[] | null {
  const value = entryOf(document, container, key);
  if (!isArray(value)) return null;
  const numbers = value.items.map((item) => document.resolve(item)).filter((item) => typeof item === "number");
  return numbers.length === value.items.length ? numbers : null;
}

/** A text string (ISO 32000-2, 7.9.2.2); null where there is none. */
export function textOf(document: PdfDocument, container: Container, key: string): string | null {
  const value = entryOf(document, container, key);
  return isString(value) ? decodeText(stringBytes(document.bytes, value)) : null;
}

const ESCAPED: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** The bytes that a string stands for (ISO 32000-2, 7.3.4). */
export function stringBytes(bytes: Buffer, { form, start, end }: Pick<PdfString, "form" | "start" | "end">): Buffer {
  const inner = bytes.toString("latin1", start + 1, end - 1);
  if (form === "hex") {
    const digits = inner.replace(/[\0\t\n\f\r ]/g, "");
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex");
  }
  const plain = inner.replace(/\\(?:([0-7]{1,3})|(\r\n|[\s\S]))|\r\n?/g, (_whole, octal?: string, escaped?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    if (escaped === undefined) return "\n";
    if (/[\r\n]/.test(escaped)) return "";
    const code = ESCAPED[escaped];
    return code === undefined ? escaped : String.fromCharCode(code);
  });
  return Buffer.from(plain, "latin1");
}

/** UTF-16 or UTF-8 with their marks, else PDFDocEncoding, whose letters above ASCII are read as Latin-1. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString("utf16le");
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString("utf8", 3);
  return bytes.toString("latin1");
}
