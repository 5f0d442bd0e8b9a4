import { isUtf8 } from "node:buffer";
import { isName } from "../pdf-lexer.ts";
import { entryOf, nameOf } from "../pdf-reading.ts";
import type { ExaminedFile } from "./examined-file.ts";
import type { Rule } from "./rule.ts";
import { type ShownFont, shownCodes } from "./shown-font.ts";

/** Fonts and every glyph shown: ISO 19005-3, 6.2.11; ISO 14289-1, 7.21. */
export const FONT_RULES: readonly Rule[] = [
  { name: "utf8-names", clause: "ISO 19005-3, 6.1.8 (veraPDF 6.1.8-1)", check: utf8Names },
  {
    name: "font-kind",
    clause: "ISO 19005-3, 6.2.11.2 (veraPDF 6.2.11.2-1 to 6.2.11.2-3); other kinds are not read here",
    check: ofFonts(fontKind),
  },
  { name: "subset-name", clause: "ISO 32000-1, 9.6.4 and 9.8.1", check: ofFonts(subsetName) },
  {
    name: "character-collection",
    clause: "ISO 19005-3, 6.2.11.3.1 and 6.2.11.3.3 (veraPDF 6.2.11.3-1, 6.2.11.3-3); ISO 14289-1, 7.21.3.1",
    check: ofFonts(characterCollection),
  },
  {
    name: "glyph-map",
    clause: "ISO 19005-3, 6.2.11.3.2 (veraPDF 6.2.11.3-2); ISO 14289-1, 7.21.3.2",
    check: ofFonts(glyphMap),
  },
  {
    name: "writing-mode",
    clause: "ISO 19005-3, 6.2.11.3.3 (veraPDF 6.2.11.3-4, 6.2.11.3-5); ISO 14289-1, 7.21.3.3",
    check: ofFonts(writingMode),
  },
  {
    name: "embedded",
    clause: "ISO 19005-3, 6.2.11.4.1 (veraPDF 6.2.11.4-1); ISO 14289-1, 7.21.4.1",
    check: ofFonts(embedded),
  },
  { name: "codes-of-two-bytes", clause: "ISO 32000-1, 9.7.6.2", check: ({ content }) => content.remarks("odd_text") },
  {
    name: "glyph-present",
    clause: "ISO 19005-3, 6.2.11.4.1 (veraPDF 6.2.11.4-2); ISO 14289-1, 7.21.4.1",
    check: ofFonts(glyphPresent),
  },
  {
    name: "glyph-set",
    clause: "ISO 19005-3, 6.2.11.4.2 (veraPDF 6.2.11.4-4); ISO 14289-1, 7.21.4.2",
    check: ofFonts(glyphSet),
  },
  {
    name: "glyph-widths",
    clause: "ISO 19005-3, 6.2.11.5 (veraPDF 6.2.11.5-1); ISO 14289-1, 7.21.5",
    check: ofFonts(glyphWidths),
  },
  {
    name: "unicode",
    clause: "ISO 19005-3, 6.2.11.7.2 (veraPDF 6.2.11.7-1); ISO 14289-1, 7.21.7",
    check: ofFonts(unicode),
  },
  {
    name: "unicode-values",
    clause: "ISO 19005-3, 6.2.11.7.2 (veraPDF 6.2.11.7-2); ISO 14289-1, 7.21.7",
    check: ofFonts(unicodeValues),
  },
  {
    name: "no-private-characters",
    clause: "ISO 19005-3, 6.2.11.7.3 (veraPDF 6.2.11.7-3)",
    check: ofFonts(noPrivateCharacters),
  },
  {
    name: "no-notdef",
    clause: "ISO 19005-3, 6.2.11.8 (veraPDF 6.2.11.8-1); ISO 14289-1, 7.21.8",
    check: ofFonts(noNotdef),
  },
  { name: "glyph-drawn", clause: "this house: no blank where a character should be", check: ofFonts(glyphDrawn) },
];

/** Names read as Latin-1, so that their bytes are still there. */
function* utf8Names({ content, structure }: ExaminedFile): Iterable<string> {
  const names = [
    ...content.fonts.map(({ dictionary }) => dictionary.entries.get("BaseFont")),
    ...new Set(structure.elements.map(({ type }) => type)),
  ].map((name) => (typeof name === "string" ? name : isName(name) ? name.name : ""));
  for (const name of names) {
    if (!isUtf8(Buffer.from(name, "latin1"))) yield `/${name}`;
  }
}

type FontCheck = (font: ShownFont, file: ExaminedFile) => Iterable<string>;

function ofFonts(check: FontCheck): Rule["check"] {
  return function* (file) {
    for (const font of file.content.fonts) for (const fault of check(font, file)) yield `${font.title}: ${fault}`;
  };
}

function* fontKind({ dictionary, descendant }: ShownFont, { document }: ExaminedFile): Iterable<string> {
  for (const [part, kind] of [
    [dictionary, "Type0"],
    [descendant, "CIDFontType2"],
  ] as const) {
    if (nameOf(document, part, "Type") !== "Font" || nameOf(document, part, "Subtype") !== kind) yield `no ${kind}`;
    if (nameOf(document, part, "BaseFont") === null) yield "no /BaseFont";
  }
}

/** Six capitals and a plus before the name, the same in all three places. */
function* subsetName({ dictionary, descendant, descriptor }: ShownFont, { document }: ExaminedFile): Iterable<string> {
  const name = nameOf(document, dictionary, "BaseFont") ?? "";
  if (!/^[A-Z]{6}\+./.test(name)) yield "a subset without its tag";
  if (nameOf(document, descendant, "BaseFont") !== name) yield "another /BaseFont in its descendant";
  if (nameOf(document, descriptor, "FontName") !== name) yield "another /FontName in its descriptor";
}

function* characterCollection({ dictionary, descendant }: ShownFont, { document }: ExaminedFile): Iterable<string> {
  const encoding = nameOf(document, dictionary, "Encoding");
  if (encoding !== "Identity-H" && encoding !== "Identity-V") yield "an encoding other than Identity";
  if (entryOf(document, descendant, "CIDSystemInfo") === null) yield "no /CIDSystemInfo";
}

function* glyphMap({ descendant }: ShownFont, { document }: ExaminedFile): Iterable<string> {
  const map = entryOf(document, descendant, "CIDToGIDMap");
  if (map === null || (nameOf(document, descendant, "CIDToGIDMap") ?? "Identity") !== "Identity")
    yield "no /CIDToGIDMap";
}

function* writingMode({ unicode: map, declaredWritingMode }: ShownFont): Iterable<string> {
  if (map !== null && map.writingMode !== declaredWritingMode)
    yield "its map and the dictionary of that differ in /WMode";
  if (map?.usesAnother) yield "its map uses another one";
}

function* embedded({ program }: ShownFont): Iterable<string> {
  if (program === null) yield "no TrueType program is embedded that can be read";
}

function* glyphPresent(font: ShownFont): Iterable<string> {
  const { program } = font;
  if (program === null) return;
  for (const code of shownCodes(font)) if (font.glyphOf(code) >= program.glyphs) yield titleOf(font, code);
}

/** The set lists all glyphs of the program but .notdef, used or not, and no other. */
function* glyphSet({ cidSet, program, descendant }: ShownFont, { document }: ExaminedFile): Iterable<string> {
  if (cidSet === null || program === null || nameOf(document, descendant, "CIDToGIDMap") !== "Identity") return;
  for (let cid = 1; cid < Math.max(program.glyphs, 8 * cidSet.length); cid++) {
    const isListed = (((cidSet[cid >> 3] ?? 0) >> (7 - (cid & 7))) & 1) === 1;
    if (isListed !== cid < program.glyphs) return yield `glyph ${cid} is ${isListed ? "" : "not "}listed in /CIDSet`;
  }
}

function* glyphWidths(font: ShownFont): Iterable<string> {
  const { program } = font;
  if (program === null) return;
  for (const code of shownCodes(font)) {
    const glyph = font.glyphOf(code);
    if (glyph >= program.glyphs) continue;
    const [told, real] = [font.declaredWidth(code), program.width(glyph)];
    if (Math.abs(told - real) > 1)
      yield `${titleOf(font, code)} is ${told} wide in the dictionary, ${real} in the program`;
  }
}

function* unicode(font: ShownFont): Iterable<string> {
  if (font.unicode === null) return yield "no /ToUnicode";
  for (const code of shownCodes(font)) if (!font.unicode.texts.get(code)) yield titleOf(font, code);
}

function* unicodeValues({ unicode: map }: ShownFont): Iterable<string> {
  for (const [code, text] of map?.texts ?? []) {
    if (/[\0\uFEFF\uFFFE]/.test(text)) yield `code ${code} stands for U+0000, U+FEFF or U+FFFE`;
  }
}

/** Our fonts draw no characters of ours, so that /ActualText, which would excuse them, is not asked for. */
function* noPrivateCharacters(font: ShownFont): Iterable<string> {
  for (const code of shownCodes(font))
    if (/\p{Co}/u.test(font.unicode?.texts.get(code) ?? "")) yield titleOf(font, code);
}

function* noNotdef(font: ShownFont): Iterable<string> {
  for (const code of shownCodes(font)) if (font.glyphOf(code) === 0) yield titleOf(font, code);
}

/** White space, and characters that only format others. */
const INVISIBLE = /^[\s\p{Cf}]*$/u;

function* glyphDrawn(font: ShownFont): Iterable<string> {
  const { program } = font;
  if (program === null) return;
  for (const code of shownCodes(font)) {
    const glyph = font.glyphOf(code);
    if (glyph >= program.glyphs || program.isDrawn(glyph)) continue;
    if (!INVISIBLE.test(font.unicode?.texts.get(code) ?? "?")) yield titleOf(font, code);
  }
}

/** "code 17 (人)". */
function titleOf(font: ShownFont, code: number): string {
  const text = font.unicode?.texts.get(code);
  return text ? `code ${code} (${text})` : `code ${code}`;
}
