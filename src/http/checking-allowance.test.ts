import { expect, test } from "vitest";
import { CheckingAllowance } from "./checking-allowance.ts";

const STRANGER = { key: "stranger", share: 0.05 };
const BOMBER = { key: "bomber", share: 0.05 };
const SIGNED_IN = { key: "demo/li", share: 0.2 };

function allowanceAt(start: number): { allowance: CheckingAllowance; pass(milliseconds: number): void } {
  let now = start;
  return {
    allowance: new CheckingAllowance(() => now),
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

async function sends(allowance: CheckingAllowance, caller: typeof STRANGER, costMs: number): Promise<boolean> {
  const turn = await allowance.begin(caller);
  turn?.charge(costMs);
  turn?.end();
  return turn !== null;
}

test.each([
  ["a stranger", STRANGER, 5],
  ["somebody signed in", SIGNED_IN, 20],
])(
  "%s who sends contracts, as fast as the usual limit lets them, for ten minutes, never has to wait",
  async (_, who, perSecond) => {
    const { allowance, pass } = allowanceAt(0);
    for (let file = 0; file < perSecond * 600; file += 1) {
      expect(await sends(allowance, who, 9)).toBe(true);
      pass(1000 / perSecond);
    }
  },
);

test("whoever sends costly files gets a twentieth of the processor in an hour, and is told when to come again", async () => {
  const { allowance, pass } = allowanceAt(0);
  let looked = 0;
  for (let second = 0; second < 3600; second += 1) {
    if (await sends(allowance, BOMBER, 2500)) looked += 1;
    else expect(allowance.waitSeconds(BOMBER)).toBeGreaterThan(0);
    pass(1000);
  }
  expect(looked).toBeGreaterThanOrEqual(70);
  expect(2.5 * looked).toBeLessThan(0.05 * 3600 + 5);
});

test("after the seconds that were said, the next file is looked at, and a second earlier it is not", async () => {
  const { allowance, pass } = allowanceAt(0);
  expect(await sends(allowance, BOMBER, 1400)).toBe(true);
  expect(await sends(allowance, BOMBER, 2500)).toBe(true);
  expect(await sends(allowance, BOMBER, 1)).toBe(false);
  const seconds = allowance.waitSeconds(BOMBER);
  pass(1000 * (seconds - 1));
  expect(await sends(allowance, BOMBER, 1)).toBe(false);
  pass(1000);
  expect(allowance.waitSeconds(BOMBER)).toBe(0);
  expect(await sends(allowance, BOMBER, 1)).toBe(true);
});

test("what one caller uses up is nobody else's", async () => {
  const { allowance } = allowanceAt(0);
  while (await sends(allowance, BOMBER, 2500));
  expect(await sends(allowance, STRANGER, 5)).toBe(true);
});

test("files that are sent at once are looked at one after the other, and no more than are paid for", async () => {
  const { allowance } = allowanceAt(0);
  const answers: string[] = [];
  const send = async (name: string, costMs: number): Promise<void> => {
    const turn = await allowance.begin(BOMBER);
    answers.push(`${name} ${turn ? "begins" : "has to come again"}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    turn?.charge(costMs);
    if (turn) answers.push(`${name} ends`);
    turn?.end();
  };
  const names = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
  await Promise.all(names.map((name) => send(name, name === "second" ? 2500 : 5)));
  expect(answers).toEqual([
    "ninth has to come again",
    "first begins",
    "first ends",
    "second begins",
    "second ends",
    ...names.slice(2, 8).map((name) => `${name} has to come again`),
  ]);
});
