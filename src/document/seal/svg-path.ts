import { type PathStep, type Point, quadraticCurve, type VectorPath } from "./vector-path.ts";

export type SvgPathReading =
  | { readonly ok: true; readonly path: VectorPath }
  | { readonly ok: false; readonly fault: string };

/**
 * Reads SVG path data (SVG 1.1, 8.3) with the commands M L H V C S Q Z, absolute and relative, repeated arguments and
 * numbers in any spelling the grammar allows. Coordinates stay as they are: y downwards. Returns a fault in plain
 * English for any other command (T and A among them), a number too many or too few, and a path that does not begin
 * with M.
 */
export function readSvgPath(data: string): SvgPathReading {
  const words = data.match(TOKEN) ?? [];
  const rest = data.replace(TOKEN, "").replace(/[\s,]+/g, "");
  if (rest !== "")
    return { ok: false, fault: `the path has "${rest.slice(0, 10)}", which is neither command nor number` };
  const pen = new Pen();
  for (let at = 0; at < words.length; ) {
    const letter = words[at] ?? "";
    const count = ARGUMENTS[letter.toUpperCase()];
    if (count === undefined)
      return { ok: false, fault: `the path has "${letter}" where one of ${COMMANDS} is expected` };
    if (at === 0 && letter.toUpperCase() !== "M") return { ok: false, fault: "the path does not begin with M" };
    const end = words.findIndex((word, index) => index > at && /[A-Za-z]/.test(word.charAt(0)));
    const numbers = words.slice(at + 1, end === -1 ? words.length : end).map(Number);
    const fits = count === 0 ? numbers.length === 0 : numbers.length > 0 && numbers.length % count === 0;
    if (!fits) return { ok: false, fault: `the path has ${numbers.length} numbers after ${letter}` };
    pen.draw(letter, numbers, count);
    at += 1 + numbers.length;
  }
  return { ok: true, path: pen.steps };
}

const ARGUMENTS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, Z: 0 };
const COMMANDS = "M L H V C S Q Z";
const TOKEN = /[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

class Pen {
  readonly steps: PathStep[] = [];
  #at: Point = [0, 0];
  #start: Point = [0, 0];
  /** The second control point of a C or S just drawn; else S takes the current point (SVG 1.1, 8.3.6). */
  #lastControl: Point | null = null;

  draw(letter: string, numbers: readonly number[], count: number): void {
    const command = letter.toUpperCase();
    if (command === "Z") {
      this.#add({ kind: "close" }, this.#start);
      return;
    }
    for (let at = 0; at < numbers.length; at += count) {
      const relative = letter !== command;
      // After the first pair, the numbers of an M are those of an L.
      this.#one(command === "M" && at > 0 ? "L" : command, numbers.slice(at, at + count), relative);
    }
  }

  #one(command: string, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[], relative: boolean): void {
    const [x, y] = relative ? this.#at : [0, 0];
    const control = this.#lastControl ?? this.#at;
    if (command === "M") {
      this.#start = [x + a, y + b];
      this.#add({ kind: "move", to: this.#start }, this.#start);
    } else if (command === "L") this.#line([x + a, y + b]);
    else if (command === "H") this.#line([x + a, this.#at[1]]);
    else if (command === "V") this.#line([this.#at[0], y + a]);
    else if (command === "C") this.#curve([x + a, y + b], [x + c, y + d], [x + e, y + f]);
    else if (command === "S") {
      const mirrored: Point = [2 * this.#at[0] - control[0], 2 * this.#at[1] - control[1]];
      this.#curve(mirrored, [x + a, y + b], [x + c, y + d]);
    } else this.#add(quadraticCurve(this.#at, [x + a, y + b], [x + c, y + d]), [x + c, y + d]);
  }

  #line(to: Point): void {
    this.#add({ kind: "line", to }, to);
  }

  #curve(first: Point, second: Point, to: Point): void {
    this.#add({ kind: "curve", first, second, to }, to);
    this.#lastControl = second;
  }

  #add(step: PathStep, at: Point): void {
    this.steps.push(step);
    this.#at = at;
    this.#lastControl = null;
  }
}
