import { deflateSync } from "node:zlib";
import { coordinate, openFont, outlineText } from "./glyph-outlines.ts";
import { codeSpan, letterCaption, letterCode, letterName } from "./seal-lettering.ts";

/** Name of the graphics state that the sealer provides: how the colour mixes with what is printed below. */
export const INK = "Ink";

/** The picture of a seal as PDF content: vector paths in one colour, no fonts and no images. */
export interface SealArt {
  /** PDF points. */
  readonly width: number;
  readonly height: number;
  /** Content stream operators (ISO 32000-2, 8.5), origin bottom left. */
  readonly content: Uint8Array;
  /** The same, compressed for /FlateDecode. */
  readonly deflated: Uint8Array;
}

export interface SealArtOptions {
  /** The seller's registered name: 4 to about 30 Chinese characters, or a Latin name. */
  readonly legalName: string;
  /** Digits for the lower arc, such as the number under which the seal is registered. */
  readonly code?: string;
  /** A short line below the star, such as "合同专用章" or "DEMO 演示". */
  readonly caption?: string;
  /** The bytes of a TrueType font that has all these characters. */
  readonly font: Uint8Array;
  /** Default 42. */
  readonly diameterMm?: number;
}

/**
 * Draws a round company seal (公章): a ring, a star in the middle, the name around it from left to right. Takes
 * 10 to 25 ms, so it is made once per seller and kept by the caller. Throws when the font lacks a character, naming it, or
 * when the name is too long to be legible.
 */
export function drawSealArt(options: SealArtOptions): SealArt {
  const diameter = ((options.diameterMm ?? DIAMETER) * 72) / 25.4;
  const font = openFont(options.font);
  const name = outlineText(font, options.legalName);
  const code = outlineText(font, options.code ?? "");
  const caption = outlineText(font, options.caption ?? "");
  if (name.length === 0) throw new Error("Expected a legal name for the seal");
  const bottom = code.length > 0 ? codeSpan(code, CODE) + 2 * GAP_BESIDE_CODE : OPEN_BOTTOM;
  const scale = diameter / DIAMETER;
  const operators = [
    "q",
    `/${INK} gs`,
    `${scale.toFixed(5)} 0 0 ${scale.toFixed(5)} ${coordinate(diameter / 2)} ${coordinate(diameter / 2)} cm`,
    `${RED} rg ${RED} RG ${RING_WIDTH} w`,
    `${circle((DIAMETER - RING_WIDTH) / 2)} S`,
    `${star(STAR_RADIUS)} f`,
    ...letterName(name, { ...NAME, maxSpan: 2 * Math.PI - bottom }).map(fill),
    ...letterCaption(caption, CAPTION).map(fill),
    ...letterCode(code, CODE).map(fill),
    "Q",
  ];
  const content = Buffer.from(operators.filter((line) => line !== "").join("\n"), "latin1");
  return { width: diameter, height: diameter, content, deflated: deflateSync(content, { level: 9 }) };
}

// Everything below is in millimetres and radians on a seal of 42 mm, origin in the middle. Ring, star and diameter are
// those of the seals that Chinese companies register with the police: 40 to 42 mm, ring 1.2 mm, star 14 mm.
const DIAMETER = 42;
const RING_WIDTH = 1.2;
const STAR_RADIUS = 7;
const RED = "0.85 0.12 0.02";
const NAME = { topRadius: 18.7, largestSize: { ideographs: 6.4, letters: 5.4 } };
const CAPTION = { baseline: -11.4, largestSize: 3.9, maxWidth: 15.5 };
const CODE = { baselineRadius: 18.7, size: 2.5, tracking: 0.16 };
const GAP_BESIDE_CODE = 0.16;
/** What stays free at the bottom when there is no code. */
const OPEN_BOTTOM = 1.25;

function fill(path: string): string {
  return path === "" ? "" : `${path} f`;
}

/** Four cubic curves; the constant puts them within 0.03 % of the circle. */
function circle(radius: number): string {
  const r = coordinate(radius);
  const k = coordinate(radius * 0.552285);
  return [
    `${r} 0 m`,
    `${r} ${k} ${k} ${r} 0 ${r} c`,
    `-${k} ${r} -${r} ${k} -${r} 0 c`,
    `-${r} -${k} -${k} -${r} 0 -${r} c`,
    `${k} -${r} ${r} -${k} ${r} 0 c h`,
  ].join("\n");
}

/** A five-pointed star, one point up; the inner corners lie where the lines between the points cross. */
function star(radius: number): string {
  const inner = (radius * (3 - Math.sqrt(5))) / 2;
  const corners = Array.from({ length: 10 }, (_, index) => {
    const distance = index % 2 === 0 ? radius : inner;
    const angle = (index * Math.PI) / 5;
    return `${coordinate(distance * Math.sin(angle))} ${coordinate(distance * Math.cos(angle))}`;
  });
  return `${corners.map((corner, index) => `${corner} ${index === 0 ? "m" : "l"}`).join("\n")} h`;
}
