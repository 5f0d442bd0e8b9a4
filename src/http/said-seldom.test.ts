import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saidSeldom } from "./said-seldom.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the first is told at once, what follows within a second at its end, and nothing is left untold", () => {
  const told: unknown[] = [];
  const tell = saidSeldom((entry) => told.push(entry));
  for (const caller of ["a", "b", "c"]) tell({ event: "not_allowed", caller });
  const line = (caller: string, requests: number) => ({ level: "warn", event: "not_allowed", caller, requests });
  expect(told).toEqual([line("a", 1)]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([line("a", 1), line("c", 2)]);
  vi.advanceTimersByTime(10_000);
  tell({ event: "not_allowed", caller: "d" });
  expect(told).toEqual([line("a", 1), line("c", 2), line("d", 1)]);
});
