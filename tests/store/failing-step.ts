import type { FaultPoints } from "../../src/application/fault-points.ts";

/** Fault points that write the steps down, and make one of them fail when they are told to. */
export interface FailingStep extends FaultPoints {
  readonly taken: string[];
  /** The step of this number (from 0, counted from now) fails, before it is done or after. */
  fail(number: number, when: "before" | "after"): void;
  heal(): void;
}

export function failingStep(): FailingStep {
  const taken: string[] = [];
  let planned: { left: number; readonly when: "before" | "after" } | null = null;
  const hit = (when: "before" | "after", step: string) => {
    if (planned?.when !== when || planned.left-- !== 0) return;
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
      planned = { left: number, when };
    },
    heal: () => {
      planned = null;
    },
  };
}
