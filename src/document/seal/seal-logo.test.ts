import { expect, test } from "vitest";
import { logoPath } from "./seal-logo.ts";
import { horizontalSpan, pdfOperators, placed, svgPathData } from "./vector-path.ts";

/** In the coordinates that the data are written in: y downwards, from the corner of the box. */
function operators(data: string): string {
  const asWritten = placed(logoPath(data, 100), ([x, y]) => [x + 50, 50 - y]);
  return pdfOperators(asWritten).replaceAll("\n", " ");
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
  ["numbers without blanks", "M.5.5L10+2.5 3,4", "0.5 0.5 m 10 2.5 l 3 4 l"],
  [
    "a quadratic curve after closing begins where the figure began",
    "M6 0H9V9zQ9 6 12 0",
    "6 0 m 9 0 l 9 9 l h 8 4 10 4 12 0 c",
  ],
])("%s", (_, data, expected) => {
  expect(operators(data)).toBe(expected);
});

test.each([
  ["an arc", "M0 0A5 5 0 0 1 10 10"],
  ["a path that does not begin with a move", "L1 1"],
  ["a point outside the box", "M0 0H101"],
])("%s is a bug by then, and is thrown", (_, data) => {
  expect(() => logoPath(data, 13)).toThrow("the logo cannot be drawn");
});

test("the logo fills the square that it is given, upright, and reads as the same path when it is written as SVG", () => {
  const path = logoPath("M0 0H100L50 100z", 10);
  expect(pdfOperators(path).replaceAll("\n", " ")).toBe("-5 5 m 5 5 l 0 -5 l h");
  expect(svgPathData(path)).toBe("M-5 5L5 5L0 -5Z");
  expect(horizontalSpan(path)).toEqual([-5, 5]);
});
