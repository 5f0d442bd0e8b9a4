import { deflateSync } from "node:zlib";
import { type OutlineFont, outlineText } from "./glyph-outlines.ts";
import { codeSpan, letterCaption, letterCode, letterName } from "./seal-lettering.ts";
import { logoPath } from "./seal-logo.ts";
import { coordinate, pdfOperators, type VectorPath } from "./vector-path.ts";

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
  /** The same once more, for those who draw it by other means: what the content is made of. */
  readonly marks: readonly SealMark[];
}

/** One figure of the art in millimetres on a seal of 42 mm, origin in the middle, y upwards. */
interface SealMark {
  readonly path: VectorPath;
  /** Line width in millimetres; null where the figure is filled instead (non-zero winding). */
  readonly stroke: number | null;
}

export interface SealArtOptions {
  /** The seller's registered name: 4 to about 30 Chinese characters, or a Latin name. */
  readonly legalName: string;
  /** Digits for the lower arc, such as the number under which the seal is registered. */
  readonly code?: string;
  /** A short line below the star, such as "合同专用章" or "DEMO 演示". */
  readonly caption?: string;
  /** SVG path data of the seller's logo in a box of 100 by 100, y downwards; without it there is a star. */
  readonly logo?: string;
  /** Each character comes from the first that has it. */
  readonly fonts: readonly OutlineFont[];
  /** Default 42. */
  readonly diameterMm?: number;
}

/**
 * Draws a round company seal (公章): a ring, a star or logo in the middle, the name around it from left to right. Takes
 * milliseconds, so it is made once per seller and kept by the caller. Throws when all fonts lack a character, naming it,
 * when the name is too long to be legible, or when the logo cannot be read.
 */
export function drawSealArt(options: SealArtOptions): SealArt {
  const diameter = ((options.diameterMm ?? SEAL_DIAMETER_MM) * 72) / 25.4;
  const marks = marksOf(options);
  const scale = diameter / SEAL_DIAMETER_MM;
  const operators = [
    "q",
    `/${INK} gs`,
    `${scale.toFixed(5)} 0 0 ${scale.toFixed(5)} ${coordinate(diameter / 2)} ${coordinate(diameter / 2)} cm`,
    `${RED} rg ${RED} RG ${RING_WIDTH} w`,
    ...marks.map(({ path, stroke }) => `${pdfOperators(path)} ${stroke === null ? "f" : "S"}`),
    "Q",
  ];
  const content = Buffer.from(operators.join("\n"), "latin1");
  return { width: diameter, height: diameter, content, deflated: deflateSync(content, { level: 9 }), marks };
}

function marksOf({ legalName, fonts, logo = "", ...options }: SealArtOptions): readonly SealMark[] {
  const name = outlineText(fonts, legalName);
  const code = outlineText(fonts, options.code ?? "");
  const caption = outlineText(fonts, options.caption ?? "");
  if (name.length === 0) throw new Error("Expected a legal name for the seal");
  const open = caption.length > 0 ? OPEN_BESIDE_CAPTION : OPEN_BOTTOM;
  const bottom = Math.max(open, code.length > 0 ? codeSpan(code, CODE) + 2 * GAP_BESIDE_CODE : 0);
  const filled = [
    logo === "" ? star(STAR_RADIUS) : logoPath(logo, LOGO_SIZE),
    ...letterName(name, { ...NAME, maxSpan: 2 * Math.PI - bottom }),
    ...letterCaption(caption, CAPTION),
    ...letterCode(code, CODE),
  ];
  return [
    { path: circle((SEAL_DIAMETER_MM - RING_WIDTH) / 2), stroke: RING_WIDTH },
    // A space has no outline, and a path without steps cannot be painted.
    ...filled.filter((path) => path.length > 0).map((path) => ({ path, stroke: null })),
  ];
}

// Everything below is in millimetres and radians on a seal of 42 mm, origin in the middle. Ring, star and diameter are
// those of the seals that Chinese companies register with the police: 40 to 42 mm, ring 1.2 mm, star 14 mm.
export const SEAL_DIAMETER_MM = 42;
const RING_WIDTH = 1.2;
const STAR_RADIUS = 7;
/** A square of this size has its corners where the points of a large star would be. */
const LOGO_SIZE = 13;
/** Red ink, as PDF and as SVG say it. */
const RED = "0.85 0.12 0.02";
export const SEAL_COLOUR = "#d91f05";
const NAME = { topRadius: 18.7, largestSize: { ideographs: 6.4, letters: 5.4 } };
const CAPTION = { baseline: -11.4, largestSize: 3.9, maxWidth: 15.5 };
const CODE = { baselineRadius: 18.7, size: 2.5, tracking: 0.16 };
const GAP_BESIDE_CODE = 0.16;
/** What stays free at the bottom at least; more where the ends of the name would come close to the caption. */
const OPEN_BOTTOM = 1.25;
const OPEN_BESIDE_CAPTION = 1.65;

/** Four cubic curves; the constant puts them within 0.03 % of the circle. */
function circle(r: number): VectorPath {
  const k = r * 0.552285;
  return [
    { kind: "move", to: [r, 0] },
    { kind: "curve", first: [r, k], second: [k, r], to: [0, r] },
    { kind: "curve", first: [-k, r], second: [-r, k], to: [-r, 0] },
    { kind: "curve", first: [-r, -k], second: [-k, -r], to: [0, -r] },
    { kind: "curve", first: [k, -r], second: [r, -k], to: [r, 0] },
    { kind: "close" },
  ];
}

/** A five-pointed star, one point up; the inner corners lie where the lines between the points cross. */
function star(radius: number): VectorPath {
  const inner = (radius * (3 - Math.sqrt(5))) / 2;
  const corners = Array.from({ length: 10 }, (_, index) => {
    const distance = index % 2 === 0 ? radius : inner;
    const angle = (index * Math.PI) / 5;
    const to = [distance * Math.sin(angle), distance * Math.cos(angle)] as const;
    return { kind: index === 0 ? "move" : "line", to } as const;
  });
  return [...corners, { kind: "close" }];
}
