import type { OutlinedCharacter } from "./glyph-outlines.ts";
import type { VectorPath } from "./vector-path.ts";

// Lengths are millimetres from the seal's centre, angles radians.

export interface NameArc {
  /** Radius that the tops of the characters touch. */
  readonly topRadius: number;
  /** Ideographs fill their square; letters of the same size would look larger. */
  readonly largestSize: { readonly ideographs: number; readonly letters: number };
  /** The widest angle the name may take, centred at the top. */
  readonly maxSpan: number;
}

export interface CodeArc {
  readonly baselineRadius: number;
  readonly size: number;
  /** Space between characters, in em. */
  readonly tracking: number;
}

export interface StraightLine {
  readonly baseline: number;
  readonly largestSize: number;
  readonly maxWidth: number;
}

/**
 * The outlines of a name along the upper arc, heads outward, read clockwise. Short names are spaced out, longer
 * ones set narrower and then smaller, as seal makers do.
 */
export function letterName(characters: readonly OutlinedCharacter[], arc: NameArc): readonly VectorPath[] {
  const fit = fitName(characters, arc);
  const measured = fit.baseline + MEASURED_HEIGHT * fit.size;
  return placements(characters, fit.size * fit.widthScale, fit.tracking).map(({ character, middle }) => {
    const angle = middle / measured;
    return draw(character, {
      x: fit.baseline * Math.sin(angle),
      y: fit.baseline * Math.cos(angle),
      rotation: -angle,
      size: fit.size,
      widthScale: fit.widthScale,
    });
  });
}

/** The outlines of a code along the lower arc, heads inward so that digits stand upright, read left to right. */
export function letterCode(characters: readonly OutlinedCharacter[], arc: CodeArc): readonly VectorPath[] {
  const { baselineRadius, size, tracking } = arc;
  return placements(characters, size, tracking * size).map(({ character, middle }) => {
    const angle = middle / baselineRadius;
    return draw(character, {
      x: baselineRadius * Math.sin(angle),
      y: -baselineRadius * Math.cos(angle),
      rotation: angle,
      size,
      widthScale: 1,
    });
  });
}

/** The angle that {@link letterCode} takes. */
export function codeSpan(
  characters: readonly OutlinedCharacter[],
  { baselineRadius, size, tracking }: CodeArc,
): number {
  return (size * (totalAdvance(characters) + tracking * characters.length)) / baselineRadius;
}

/** The outlines of a straight line centred below the middle; narrowed, then made smaller, to fit. */
export function letterCaption(characters: readonly OutlinedCharacter[], line: StraightLine): readonly VectorPath[] {
  const natural = totalAdvance(characters) * line.largestSize;
  const shrink = Math.min(1, line.maxWidth / (natural * NARROWEST));
  const size = line.largestSize * shrink;
  const widthScale = Math.min(1, line.maxWidth / (natural * shrink));
  return placements(characters, size * widthScale, 0).map(({ character, middle }) =>
    draw(character, { x: middle, y: line.baseline, rotation: 0, size, widthScale }),
  );
}

/** Characters on a registered seal are taller than wide; below seven tenths strokes run together. */
const WIDEST = 0.94;
const NARROWEST = 0.68;
const SIZE_STEP = 0.05;
const SMALLEST_SIZE = 2;
/** Space between characters, in em of the set width. */
const LEAST_TRACKING = 0.05;
const MOST_TRACKING = { ideographs: 0.42, letters: 0.14 };
/** The height, in em, of the tops above the baseline. */
const TOP = { ideographs: 0.87, letters: 0.75 };
/** Where on a character, in em above the baseline, its width is measured along the arc: low, where neighbours meet. */
const MEASURED_HEIGHT = 0.15;

interface NameFit {
  readonly size: number;
  readonly widthScale: number;
  /** Millimetres. */
  readonly tracking: number;
  readonly baseline: number;
}

function fitName(characters: readonly OutlinedCharacter[], arc: NameArc): NameFit {
  const total = totalAdvance(characters);
  const gaps = Math.max(1, characters.length - 1);
  const script = total / characters.length > 0.8 ? "ideographs" : "letters";
  for (let size = arc.largestSize[script]; size >= SMALLEST_SIZE; size -= SIZE_STEP) {
    const baseline = arc.topRadius - TOP[script] * size;
    const room = arc.maxSpan * (baseline + MEASURED_HEIGHT * size);
    const widthScale = Math.min(WIDEST, room / (size * (total + gaps * LEAST_TRACKING)));
    if (widthScale < NARROWEST) continue;
    const em = size * widthScale;
    const tracking = Math.min(MOST_TRACKING[script] * em, (room - total * em) / gaps);
    return { size, widthScale, tracking, baseline };
  }
  throw new Error(`A name of ${characters.length} characters does not fit around the seal`);
}

/** Each character with the distance of its middle from the middle of the line. */
function placements(
  characters: readonly OutlinedCharacter[],
  em: number,
  tracking: number,
): readonly { readonly character: OutlinedCharacter; readonly middle: number }[] {
  let at = -(totalAdvance(characters) * em + tracking * (characters.length - 1)) / 2;
  return characters.map((character) => {
    const middle = at + (character.advance * em) / 2;
    at += character.advance * em + tracking;
    return { character, middle };
  });
}

function totalAdvance(characters: readonly OutlinedCharacter[]): number {
  return characters.reduce((sum, character) => sum + character.advance, 0);
}

interface Spot {
  /** The middle of the baseline. */
  readonly x: number;
  readonly y: number;
  /** Counterclockwise. */
  readonly rotation: number;
  readonly size: number;
  readonly widthScale: number;
}

function draw(character: OutlinedCharacter, { x, y, rotation, size, widthScale }: Spot): VectorPath {
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  const [a, b] = [size * widthScale * cos, size * widthScale * sin];
  const back = character.origin - character.advance / 2;
  return character.path({ a, b, c: -size * sin, d: size * cos, e: x + a * back, f: y + b * back });
}
