import { setTimeout } from "node:timers/promises";

const FIRST_MS = 50;
const LONGEST_MS = 1_000;

/**
 * Waits before attempt `attempt + 1`: 50 ms, then 100, 200 … up to a second, each shortened by up to a half at random, so
 * that what failed together does not come back together.
 */
export async function pauseAfter(attempt: number): Promise<void> {
  const fullMs = Math.min(FIRST_MS * 2 ** Math.min(attempt - 1, 10), LONGEST_MS);
  await setTimeout(fullMs * (0.5 + Math.random() / 2));
}
