/** The box that a logo is drawn in: 100 by 100, y downwards. */
const BOX = 100;
const LONGEST = 8000;
/** Enough for any mark that can still be told at a centimetre. */
const MOST_COMMANDS = 400;
/** How many numbers one use of a command takes. */
const TAKES: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, Z: 0 };
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)/y;
const BETWEEN = /[ \t\r\n]*,?[ \t\r\n]*/y;

/** What is wrong with a logo's outline. */
export type LogoFault = "too_long" | "unreadable" | "not_begun" | "outside" | "empty";

/**
 * Looks at an outline in SVG path data (SVG 2, section 9.3): M, L, H, V, C, S, Q and Z, absolute or relative, numbers
 * without exponents. Every point, those that curves are pulled towards too, lies in the box of 100 by 100, so that the
 * curves do. Null when a seal can be drawn with it.
 */
export function faultOfLogo(path: string): LogoFault | null {
  if (path.length > LONGEST) return "too_long";
  const parts = readParts(path);
  if (parts === null) return "unreadable";
  if (parts.length > MOST_COMMANDS) return "too_long";
  if (parts[0]?.command.toUpperCase() !== "M") return "not_begun";
  if (parts.every(({ command }) => "MmZz".includes(command))) return "empty";
  return staysInside(parts) ? null : "outside";
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

function staysInside(parts: readonly Part[]): boolean {
  let [x, y, startX, startY] = [0, 0, 0, 0];
  let pull: readonly [number, number] | null = null;
  for (const { command, numbers } of parts) {
    const kind = command.toUpperCase();
    const [fromX, fromY] = command === kind ? [0, 0] : [x, y];
    // An S is first pulled towards where the last curve's second control point lies when mirrored at the pen.
    if (kind === "S" && pull && !isInside(2 * x - pull[0], 2 * y - pull[1])) return false;
    pull = kind === "C" || kind === "S" ? pullOf(numbers, fromX, fromY) : null;
    if (kind === "Z") [x, y] = [startX, startY];
    else if (kind === "H") x = fromX + (numbers[0] ?? 0);
    else if (kind === "V") y = fromY + (numbers[0] ?? 0);
    else {
      for (let index = 0; index < numbers.length; index += 2) {
        [x, y] = [fromX + (numbers[index] ?? 0), fromY + (numbers[index + 1] ?? 0)];
        if (!isInside(x, y)) return false;
      }
    }
    if (!isInside(x, y)) return false;
    if (kind === "M") [startX, startY] = [x, y];
  }
  return true;
}

/** The second control point: the last but one of the curve's points. */
function pullOf(numbers: readonly number[], fromX: number, fromY: number): readonly [number, number] {
  return [fromX + (numbers.at(-4) ?? 0), fromY + (numbers.at(-3) ?? 0)];
}

function isInside(x: number, y: number): boolean {
  return x >= 0 && x <= BOX && y >= 0 && y <= BOX;
}
