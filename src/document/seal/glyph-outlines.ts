import { create, type Font, type Glyph } from "fontkit";

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
  /** PDF path operators for the outline (ISO 32000-2, 8.5.2), without the painting operator. */
  path(placement: GlyphPlacement): string;
}

/** Throws when the bytes are no TrueType or OpenType font, or a collection of several. */
export function openFont(bytes: Uint8Array): Font {
  const font = create(Buffer.from(bytes));
  if (!("glyphForCodePoint" in font)) throw new Error("Expected a single font, not a font collection");
  return font;
}

/**
 * The outlines of the text's characters, one by one: no ligatures, no kerning. Throws when the font lacks a character,
 * naming it: a seal with a hole in the name must not be made.
 */
export function outlineText(font: Font, text: string): readonly OutlinedCharacter[] {
  return [...text].map((character) => outlineCharacter(font, character));
}

/** The full-width brackets of legal names such as 某某（深圳）有限公司 fill half of their square. */
const HALF_SQUARE = new Set("（）〔〕【】《》「」，、。：；·");
const HALF_SQUARE_ADVANCE = 0.56;

function outlineCharacter(font: Font, character: string): OutlinedCharacter {
  const codePoint = character.codePointAt(0) ?? 0;
  if (!font.hasGlyphForCodePoint(codePoint)) {
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

function drawOutline(glyph: Glyph, perEm: number, { a, b, c, d, e, f }: GlyphPlacement): string {
  const operators: string[] = [];
  let [penX, penY] = [0, 0];
  const at = (x: number, y: number): string => {
    const [emX, emY] = [x / perEm, y / perEm];
    return `${coordinate(a * emX + c * emY + e)} ${coordinate(b * emX + d * emY + f)}`;
  };
  for (const { command, args } of glyph.path.commands) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = args;
    if (command === "moveTo") operators.push(`${at(x1, y1)} m`);
    else if (command === "lineTo") operators.push(`${at(x1, y1)} l`);
    else if (command === "bezierCurveTo") operators.push(`${at(x1, y1)} ${at(x2, y2)} ${at(x3, y3)} c`);
    else if (command === "closePath") operators.push("h");
    else {
      // PDF has cubic curves only; a quadratic one is raised exactly by taking two thirds of the way to its control.
      const [in1, in2] = [penX + ((x1 - penX) * 2) / 3, penY + ((y1 - penY) * 2) / 3];
      const [out1, out2] = [x2 + ((x1 - x2) * 2) / 3, y2 + ((y1 - y2) * 2) / 3];
      operators.push(`${at(in1, in2)} ${at(out1, out2)} ${at(x2, y2)} c`);
    }
    if (args.length >= 2) [penX, penY] = [args.at(-2) ?? 0, args.at(-1) ?? 0];
  }
  return operators.join("\n");
}

/** Hundredths: 10 µm where the unit is a millimetre, a quarter of a dot at 600 dpi. */
export function coordinate(value: number): string {
  return String(Number(value.toFixed(2)));
}
