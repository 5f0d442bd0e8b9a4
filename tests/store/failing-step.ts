import type { FaultPoints } from "../../src/application/fault-points.ts";

/** Fault points that write the steps down, and make one of them fail when they are told to. */
export interface FailingStep extends FaultPoints {
  readonly taken: string[];
  /** The step of this number (from 0, counted from now) fails, before it is done or after. */
  fail(number: number, when: "before" | "after"): void;
  /** Whether it has come to that. */
  hasFailed(): boolean;
  heal(): void;
}

export function failingStep(): FailingStep {
  const taken: string[] = [];
  let failed = false;
  let planned: { left: number; readonly when: "before" | "after" } | null = null;
  const hit = (when: "before" | "after", step: string) => {
    if (planned?.when !== when || planned.left-- !== 0) return;
    failed = true;
    throw new Error(`${step} was made to fail`);
  };
  return {
    taken,
    before: async (step) => {
      taken.push(step);
      hit("before", step);
    },
    after: async (step) => hit("after", step),
    fail: (number, when) => {
      failed = false;
      planned = { left: number, when };
    },
    hasFailed: () => failed,
    heal: () => {
      planned = null;
    },
  };
}
