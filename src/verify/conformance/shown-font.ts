import type { PdfDocument } from "../pdf-document.ts";
import { isArray, isDictionary, isName, isReference, type PdfDictionary } from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, itemsOf, nameOf, numberOf } from "../pdf-reading.ts";
import { type FontProgram, readFontProgram } from "./font-program.ts";
import { readUnicodeMap, type UnicodeMap } from "./unicode-map.ts";

/** A font in which the document shows text, and the codes it shows. */
export interface ShownFont {
  /** Such as "font object 192 (JTEJSP+NotoSans-Regular)". */
  readonly title: string;
  readonly dictionary: PdfDictionary;
  readonly descendant: PdfDictionary | null;
  readonly descriptor: PdfDictionary | null;
  readonly unicode: UnicodeMap | null;
  /** The /WMode in the dictionary of the ToUnicode stream. */
  readonly declaredWritingMode: number;
  /** Null where none is embedded, or it is not TrueType. */
  readonly program: FontProgram | null;
  /** The set of glyphs that the descriptor lists; null where it lists none. */
  readonly cidSet: Buffer | null;
  /** One mark by code of two bytes. */
  readonly shown: Uint8Array;
  glyphOf(code: number): number;
  declaredWidth(code: number): number;
}

/** The codes shown, in order. */
export function* shownCodes({ shown }: ShownFont): Iterable<number> {
  for (let code = shown.indexOf(1); code >= 0; code = shown.indexOf(1, code + 1)) yield code;
}

/** Reads a Type 0 font with one CID font; parts that are missing or of another kind are null. */
export function readShownFont(document: PdfDocument, dictionary: PdfDictionary, number: number | null): ShownFont {
  const [first] = itemsOf(document, dictionary, "DescendantFonts");
  const found = document.resolve(first);
  const descendant = isDictionary(found) ? found : null;
  const descriptor = dictionaryOf(document, descendant, "FontDescriptor");
  const toUnicode = dictionary.entries.get("ToUnicode");
  const file = descriptor?.entries.get("FontFile2");
  const set = descriptor?.entries.get("CIDSet");
  const map = descendant?.entries.get("CIDToGIDMap");
  const glyphs = isReference(map) && !isName(document.resolve(map)) ? document.readStream(map) : null;
  const widths = readWidths(document, descendant);
  return {
    title: `font ${number === null ? "" : `object ${number} `}(${nameOf(document, dictionary, "BaseFont") ?? "no name"})`,
    dictionary,
    descendant,
    descriptor,
    unicode: isReference(toUnicode) ? readUnicodeMap(document.readStream(toUnicode)) : null,
    declaredWritingMode: numberOf(document, dictionaryOf(document, dictionary, "ToUnicode"), "WMode") ?? 0,
    program: isReference(file) ? readFontProgram(document.readStream(file)) : null,
    cidSet: isReference(set) ? document.readStream(set) : null,
    shown: new Uint8Array(65_536),
    glyphOf: (code) => (glyphs === null ? code : 2 * code + 1 < glyphs.length ? glyphs.readUInt16BE(2 * code) : 0),
    declaredWidth: (code) => widths.get(code) ?? numberOf(document, descendant, "DW") ?? 1000,
  };
}

/** ISO 32000-2, 9.7.4.3: `first [w …]` or `first last w`. */
function readWidths(document: PdfDocument, descendant: PdfDictionary | null): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const value = entryOf(document, descendant, "W");
  const items = isArray(value) ? value.items.map((item) => document.resolve(item)) : [];
  for (let at = 0; at < items.length; ) {
    const [first, second, third] = [items[at], items[at + 1], items[at + 2]];
    if (typeof first !== "number") break;
    if (isArray(second)) {
      second.items.forEach((width, index) => {
        if (typeof width === "number") widths.set(first + index, width);
      });
      at += 2;
    } else if (typeof second === "number" && typeof third === "number") {
      for (let code = first; code <= Math.min(second, 65_535); code++) widths.set(code, third);
      at += 3;
    } else break;
  }
  return widths;
}
