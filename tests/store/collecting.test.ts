import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GRACE_MS } from "../../src/application/collect-orphans.ts";
import { collectCautiously } from "../../src/jobs/collecting.ts";
import { type IssuingBench, openIssuingBench } from "./issuing-bench.ts";
import { openMemoryObjects } from "./memory-objects.ts";

let bench: IssuingBench;
beforeAll(async () => {
  bench = await openIssuingBench();
});
afterAll(() => bench.close());

/** One round on as many old files that nobody refers to; what is left in its place and what was said. */
async function roundAmong(orphans: number): Promise<{ readonly left: number; readonly said: readonly string[] }> {
  let now = 0;
  const objects = openMemoryObjects(undefined, () => now);
  for (let file = 0; file < orphans; file++) await objects.put(randomBytes(8));
  now = GRACE_MS;
  const said: string[] = [];
  await collectCautiously({ ...bench.services, objects }, (line) => said.push(line));
  return { left: objects.inPlace.size, said };
}

test("what crashes leave is taken away and told in one line; without it nothing is said", async () => {
  expect(await roundAmong(20)).toEqual({
    left: 0,
    said: ["files that nobody refers to: 20 set aside, 0 discarded after a day, 0 restored, 0 unfinished ones removed"],
  });
  expect(await roundAmong(0)).toEqual({ left: 0, said: [] });
});

test("more than crashes leave is left alone, and the operator asked whether this is the database of these files", async () => {
  const { left, said } = await roundAmong(21);
  expect(left).toBe(21);
  expect(said).toEqual([expect.stringMatching(/^ATTENTION: nobody refers to 21 of 21 files.*nothing was taken away/)]);
});
