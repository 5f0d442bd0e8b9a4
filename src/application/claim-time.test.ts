import { expect, test } from "vitest";
import { claimTime, isSurelyOurs } from "./claim-time.ts";

const THEN = { elapsed: 1_000, wall: 1_800_000_000_000 };
const after = (elapsed: number, wall = elapsed) => ({ elapsed: THEN.elapsed + elapsed, wall: THEN.wall + wall });

test("a claim that was made just now is ours without asking", () => {
  expect(isSurelyOurs(claimTime())).toBe(true);
  expect(isSurelyOurs(THEN, after(1_999))).toBe(true);
});

test("one that others have had is asked for", () => {
  expect(isSurelyOurs(null)).toBe(false);
});

test.each([
  ["two seconds have passed", after(2_000)],
  ["the machine was suspended meanwhile, and one clock with it", after(50, 60_000)],
  ["the clock was set back", after(3_000, -5_000)],
  ["the clock was set back, a moment ago", after(10, -5_000)],
])("it is asked for again where %s", (_, now) => {
  expect(isSurelyOurs(THEN, now)).toBe(false);
});
