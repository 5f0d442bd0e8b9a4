import { create, type Font, type Glyph } from "fontkit";
import { type PathStep, type Point, quadraticCurve, type VectorPath } from "./vector-path.ts";

/** Where a glyph's own coordinates end up on the page: x' = a·x + c·y + e, y' = b·x + d·y + f, for x and y in em. */
interface GlyphPlacement {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** A character ready to be set; lengths in em. */
export interface OutlinedCharacter {
  /** The width that the character takes in a line. */
  readonly advance: number;
  /** Where the outline's origin lies in that width. */
  readonly origin: number;
  /** The outline where it is placed. */
  path(placement: GlyphPlacement): VectorPath;
}

/** An opened font that outlines are taken from. It keeps what it has read of itself, so one is best used again. */
export type OutlineFont = Font;

/** Throws when the bytes, which must not change from now on, are no TrueType or OpenType font, or several in one. */
export function openFont(bytes: Uint8Array): OutlineFont {
  const font = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!("glyphForCodePoint" in font)) throw new Error("Expected a single font, not a font collection");
  return font;
}

/**
 * The outlines of the text's characters, one by one, each from the first of the fonts that has it: no ligatures, no
 * kerning. Throws when all fonts lack a character, naming it: a seal with a hole in the name must not be made.
 */
export function outlineText(fonts: readonly OutlineFont[], text: string): readonly OutlinedCharacter[] {
  return [...text].map((character) => outlineCharacter(fonts, character));
}

/** The full-width brackets of legal names such as 某某（深圳）有限公司 fill half of their square. */
const HALF_SQUARE = new Set("（）〔〕【】《》「」，、。：；·");
const HALF_SQUARE_ADVANCE = 0.56;

function outlineCharacter(fonts: readonly OutlineFont[], character: string): OutlinedCharacter {
  const codePoint = character.codePointAt(0) ?? 0;
  const font = fonts.find((one) => one.hasGlyphForCodePoint(codePoint));
  if (font === undefined) {
    throw new Error(`The seal's font has no glyph for "${character}" (U+${codePoint.toString(16).toUpperCase()})`);
  }
  const glyph = font.glyphForCodePoint(codePoint);
  const perEm = font.unitsPerEm;
  const half = HALF_SQUARE.has(character);
  const advance = half ? HALF_SQUARE_ADVANCE : glyph.advanceWidth / perEm;
  const middle = half ? (glyph.bbox.minX + glyph.bbox.maxX) / 2 / perEm : advance / 2;
  return {
    advance,
    origin: advance / 2 - middle,
    path: (placement) => drawOutline(glyph, perEm, placement),
  };
}

function drawOutline(glyph: Glyph, perEm: number, { a, b, c, d, e, f }: GlyphPlacement): VectorPath {
  const at = (x = 0, y = 0): Point => {
    const [emX, emY] = [x / perEm, y / perEm];
    return [a * emX + c * emY + e, b * emX + d * emY + f];
  };
  let pen = at();
  return glyph.path.commands.map(({ command, args }): PathStep => {
    if (command === "closePath") return { kind: "close" };
    const [x1, y1, x2, y2, x3, y3] = args;
    const from = pen;
    pen = at(args.at(-2), args.at(-1));
    if (command === "moveTo") return { kind: "move", to: pen };
    if (command === "lineTo") return { kind: "line", to: pen };
    if (command === "bezierCurveTo") return { kind: "curve", first: at(x1, y1), second: at(x2, y2), to: at(x3, y3) };
    return quadraticCurve(from, at(x1, y1), pen);
  });
}
