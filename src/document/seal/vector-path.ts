/** One step of an outline; coordinates are absolute, y upwards. ISO 32000-2 (8.5.2) and SVG both have these four. */
export type PathStep =
  | { readonly kind: "move" | "line"; readonly to: Point }
  | { readonly kind: "curve"; readonly first: Point; readonly second: Point; readonly to: Point }
  | { readonly kind: "close" };

export type Point = readonly [x: number, y: number];
export type VectorPath = readonly PathStep[];

/** Path construction operators of a PDF content stream, without the painting operator (ISO 32000-2, table 58). */
export function pdfOperators(path: VectorPath): string {
  return path.map((step) => `${numbersOf(step)}${PDF_OPERATORS[step.kind]}`).join("\n");
}

/** The same as SVG path data (SVG 1.1, 8.3); y still points upwards. */
export function svgPathData(path: VectorPath): string {
  return path.map((step) => `${SVG_COMMANDS[step.kind]}${numbersOf(step).trimEnd()}`).join("");
}

/** From how far left to how far right the path can reach: its points and control points. Infinite for an empty path. */
export function horizontalSpan(path: VectorPath): readonly [left: number, right: number] {
  const xs = path.flatMap((step) => pointsOf(step).map(([x]) => x));
  return [Math.min(...xs), Math.max(...xs)];
}

/** Every point of the path moved by `place`, which must be affine: curves keep their shape under nothing else. */
export function placed(path: VectorPath, place: (point: Point) => Point): VectorPath {
  return path.map((step) => {
    if (step.kind === "close") return step;
    if (step.kind !== "curve") return { kind: step.kind, to: place(step.to) };
    return { kind: "curve", first: place(step.first), second: place(step.second), to: place(step.to) };
  });
}

/** PDF has cubic curves only; a quadratic one is raised exactly by taking two thirds of the way to its control point. */
export function quadraticCurve(from: Point, control: Point, to: Point): PathStep {
  return { kind: "curve", first: between(from, control), second: between(to, control), to };
}

/** Hundredths: 10 µm where the unit is a millimetre, a quarter of a dot at 600 dpi. */
export function coordinate(value: number): string {
  return String(Number(value.toFixed(2)));
}

const PDF_OPERATORS = { move: "m", line: "l", curve: "c", close: "h" } as const;
const SVG_COMMANDS = { move: "M", line: "L", curve: "C", close: "Z" } as const;

function numbersOf(step: PathStep): string {
  return pointsOf(step)
    .map(([x, y]) => `${coordinate(x)} ${coordinate(y)} `)
    .join("");
}

function pointsOf(step: PathStep): readonly Point[] {
  if (step.kind === "close") return [];
  return step.kind === "curve" ? [step.first, step.second, step.to] : [step.to];
}

function between([x, y]: Point, [controlX, controlY]: Point): Point {
  return [x + ((controlX - x) * 2) / 3, y + ((controlY - y) * 2) / 3];
}
