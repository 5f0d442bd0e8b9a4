/** The box that a logo is drawn in: 100 by 100, y downwards. */
export const LOGO_BOX = 100;
const LONGEST = 8000;
/** Enough for any mark that can still be told at a centimetre. */
const MOST_COMMANDS = 400;
/** How many numbers one use of a command takes. */
const TAKES: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, Z: 0 };
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)/y;
const BETWEEN = /[ \t\r\n]*,?[ \t\r\n]*/y;

/** What is wrong with a logo's outline. */
export type LogoFault = "too_long" | "unreadable" | "not_begun" | "outside" | "empty";

type LogoPoint = readonly [x: number, y: number];

/** One step of the outline; every point is absolute, those that curves are pulled towards too. */
export type LogoStep =
  | { readonly kind: "move" | "line"; readonly to: LogoPoint }
  | { readonly kind: "cubic"; readonly first: LogoPoint; readonly second: LogoPoint; readonly to: LogoPoint }
  | { readonly kind: "quadratic"; readonly control: LogoPoint; readonly to: LogoPoint }
  | { readonly kind: "close" };

export type LogoReading =
  | { readonly ok: true; readonly steps: readonly LogoStep[] }
  | { readonly ok: false; readonly fault: LogoFault };

/**
 * Reads an outline in SVG path data (SVG 2, section 9.3): M, L, H, V, C, S, Q and Z, absolute or relative, numbers
 * without exponents. Every point of a sound one lies in the box of 100 by 100, so that the curves do.
 */
export function readLogo(path: string): LogoReading {
  if (path.length > LONGEST) return { ok: false, fault: "too_long" };
  const parts = readParts(path);
  if (parts === null) return { ok: false, fault: "unreadable" };
  if (parts.length > MOST_COMMANDS) return { ok: false, fault: "too_long" };
  if (parts[0]?.command.toUpperCase() !== "M") return { ok: false, fault: "not_begun" };
  if (parts.every(({ command }) => "MmZz".includes(command))) return { ok: false, fault: "empty" };
  const steps = stepsOf(parts);
  return steps.every((step) => pointsOf(step).every(isInside)) ? { ok: true, steps } : { ok: false, fault: "outside" };
}

interface Part {
  readonly command: string;
  readonly numbers: readonly number[];
}

/** One part for each use of a command: numbers that follow on repeat it, and after M draw lines. */
function readParts(path: string): readonly Part[] | null {
  const parts: Part[] = [];
  let at = skip(path, 0);
  while (at < path.length) {
    let command = path.charAt(at);
    const takes = TAKES[command.toUpperCase()];
    if (takes === undefined) return null;
    at = skip(path, at + 1);
    do {
      const numbers: number[] = [];
      while (numbers.length < takes) {
        NUMBER.lastIndex = at;
        const found = NUMBER.exec(path)?.[0];
        if (found === undefined) return null;
        numbers.push(Number(found));
        at = skip(path, at + found.length);
      }
      parts.push({ command, numbers });
      command = command === "M" ? "L" : command === "m" ? "l" : command;
    } while (takes > 0 && at < path.length && TAKES[path.charAt(at).toUpperCase()] === undefined);
  }
  return parts;
}

function skip(path: string, at: number): number {
  BETWEEN.lastIndex = at;
  return at + (BETWEEN.exec(path)?.[0].length ?? 0);
}

/** Follows the pen. An S is first pulled towards where the last curve's second control point lies, mirrored at the pen. */
function stepsOf(parts: readonly Part[]): readonly LogoStep[] {
  let at: LogoPoint = [0, 0];
  let start = at;
  let pull: LogoPoint | null = null;
  return parts.map(({ command, numbers }) => {
    const step = stepOf(command, numbers, at, pull);
    pull = step.kind === "cubic" ? step.second : null;
    at = step.kind === "close" ? start : step.to;
    if (step.kind === "move") start = step.to;
    return step;
  });
}

function stepOf(
  command: string,
  [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[],
  at: LogoPoint,
  pull: LogoPoint | null,
): LogoStep {
  const kind = command.toUpperCase();
  const [x, y] = command === kind ? [0, 0] : at;
  switch (kind) {
    case "M":
      return { kind: "move", to: [x + a, y + b] };
    case "H":
      return { kind: "line", to: [x + a, at[1]] };
    case "V":
      return { kind: "line", to: [at[0], y + a] };
    case "C":
      return { kind: "cubic", first: [x + a, y + b], second: [x + c, y + d], to: [x + e, y + f] };
    case "S": {
      const [pulledX, pulledY] = pull ?? at;
      const first: LogoPoint = [2 * at[0] - pulledX, 2 * at[1] - pulledY];
      return { kind: "cubic", first, second: [x + a, y + b], to: [x + c, y + d] };
    }
    case "Q":
      return { kind: "quadratic", control: [x + a, y + b], to: [x + c, y + d] };
    case "Z":
      return { kind: "close" };
    default:
      return { kind: "line", to: [x + a, y + b] };
  }
}

function pointsOf(step: LogoStep): readonly LogoPoint[] {
  switch (step.kind) {
    case "cubic":
      return [step.first, step.second, step.to];
    case "quadratic":
      return [step.control, step.to];
    case "close":
      return [];
    default:
      return [step.to];
  }
}

function isInside([x, y]: LogoPoint): boolean {
  return x >= 0 && x <= LOGO_BOX && y >= 0 && y <= LOGO_BOX;
}
