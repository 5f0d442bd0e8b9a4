import { expect, test } from "vitest";
import { CheckingAllowance } from "./checking-allowance.ts";

function allowanceAt(start: number): { allowance: CheckingAllowance; pass(milliseconds: number): void } {
  let now = start;
  return {
    allowance: new CheckingAllowance(() => now),
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

function sends(allowance: CheckingAllowance, caller: string, costMs: number): boolean {
  const turn = allowance.begin(caller);
  turn?.charge(costMs);
  turn?.end();
  return turn !== null;
}

test("whoever sends contracts, five a second for an hour, is never asked to wait", () => {
  const { allowance, pass } = allowanceAt(0);
  for (let file = 0; file < 5 * 3600; file += 1) {
    expect(sends(allowance, "buyer", 8)).toBe(true);
    pass(200);
  }
});

test("whoever sends costly files gets a twentieth of the processor in an hour, and is told when to come again", () => {
  const { allowance, pass } = allowanceAt(0);
  let looked = 0;
  for (let second = 0; second < 3600; second += 1) {
    if (sends(allowance, "bomber", 2500)) looked += 1;
    else expect(allowance.waitSeconds("bomber")).toBeGreaterThan(0);
    pass(1000);
  }
  expect(looked).toBeGreaterThanOrEqual(70);
  expect(2.5 * looked).toBeLessThan(0.05 * 3600 + 6);
});

test("after the seconds that were said, the next file is looked at, and a second earlier it is not", () => {
  const { allowance, pass } = allowanceAt(0);
  expect([sends(allowance, "a", 1400), sends(allowance, "a", 2500), sends(allowance, "a", 1)]).toEqual([
    true,
    true,
    false,
  ]);
  const seconds = allowance.waitSeconds("a");
  pass(1000 * (seconds - 1));
  expect(allowance.begin("a")).toBeNull();
  pass(1000);
  expect(allowance.waitSeconds("a")).toBe(0);
  expect(sends(allowance, "a", 1)).toBe(true);
});

test("what one caller uses up is nobody else's", () => {
  const { allowance } = allowanceAt(0);
  while (sends(allowance, "bomber", 2500));
  expect(sends(allowance, "buyer", 5)).toBe(true);
});

test("of one caller four files are open at most, and a file that was looked at makes room", () => {
  const { allowance } = allowanceAt(0);
  const turns = [1, 2, 3, 4].map(() => allowance.begin("a"));
  expect(allowance.begin("a")).toBeNull();
  expect(allowance.waitSeconds("a")).toBe(0);
  turns[0]?.end();
  expect(allowance.begin("a")).not.toBeNull();
});
