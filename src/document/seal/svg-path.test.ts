import { expect, test } from "vitest";
import { readSvgPath } from "./svg-path.ts";
import { horizontalSpan, pdfOperators, svgPathData } from "./vector-path.ts";

function operators(data: string): string {
  const reading = readSvgPath(data);
  return reading.ok ? pdfOperators(reading.path).replaceAll("\n", " ") : reading.fault;
}

test.each([
  ["lines", "M10 20L30 40", "10 20 m 30 40 l"],
  ["relative lines", "m10 20l5-5", "10 20 m 15 15 l"],
  ["horizontal and vertical lines", "M1 2H9V8h-2v-3", "1 2 m 9 2 l 9 8 l 7 8 l 7 5 l"],
  ["numbers after a move, which are lines", "M0 0 10 0 10 10z", "0 0 m 10 0 l 10 10 l h"],
  ["relative numbers after a move", "m1 1 2 0 0 2", "1 1 m 3 1 l 3 3 l"],
  ["a curve", "M0 0C1 2 3 4 5 6", "0 0 m 1 2 3 4 5 6 c"],
  ["relative curves in a row", "M10 10c1 0 2 1 2 2 0 1-1 2-2 2", "10 10 m 11 10 12 11 12 12 c 12 13 11 14 10 14 c"],
  [
    "a smooth curve mirrors the control point before it",
    "M0 0C0 5 5 10 10 10S20 15 20 20",
    "0 0 m 0 5 5 10 10 10 c 15 10 20 15 20 20 c",
  ],
  ["a smooth curve after a line starts where it stands", "M0 0L4 4s2 2 4 0", "0 0 m 4 4 l 4 4 6 6 8 4 c"],
  ["a quadratic curve is raised to a cubic one", "M0 0Q3 6 6 0", "0 0 m 2 4 4 4 6 0 c"],
  ["a relative one", "M6 0q3 6 6 0", "6 0 m 8 4 10 4 12 0 c"],
  ["after closing, the pen is where the figure began", "M5 5H9V9zl1 1", "5 5 m 9 5 l 9 9 l h 6 6 l"],
  ["numbers without blanks", "M.5.5L1e1-2.5-3,4", "0.5 0.5 m 10 -2.5 l -3 4 l"],
])("%s", (_, data, expected) => {
  expect(operators(data)).toBe(expected);
});

test.each([
  ["an arc", "M0 0A5 5 0 0 1 10 10", '"A" where one of'],
  ["a smooth quadratic curve", "M0 0T5 5", '"T" where one of'],
  ["a path that does not begin with a move", "L1 1", "does not begin with M"],
  ["a number too few", "M0 0L1", "1 numbers after L"],
  ["no numbers", "M", "0 numbers after M"],
  ["numbers after closing", "M0 0Z1 1", "2 numbers after Z"],
  ["something else", "M0 0;L1 1", "neither command nor number"],
  ["numbers alone", "1 2", '"1" where one of'],
])("%s is refused, and why is said", (_, data, fault) => {
  expect(operators(data)).toContain(fault);
});

test("no data is a path without steps", () => {
  expect(readSvgPath("")).toEqual({ ok: true, path: [] });
});

test("what is written as SVG reads as the same path", () => {
  const reading = readSvgPath("M1 2h3.25q1 1 2 0c1 2 3 4 5 6z");
  if (!reading.ok) throw new Error(reading.fault);
  const again = readSvgPath(svgPathData(reading.path));
  expect(again.ok && pdfOperators(again.path)).toBe(pdfOperators(reading.path));
  expect(horizontalSpan(reading.path)).toEqual([1, 11.25]);
});
