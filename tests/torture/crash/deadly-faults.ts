import { AsyncLocalStorage } from "node:async_hooks";
import type { FaultPoints } from "../../../src/application/fault-points.ts";
import type { Death } from "./node-messages.ts";

/** One line of work whose steps are counted. */
class Line {
  readonly steps: string[] = [];
  readonly #times = new Map<string, number>();
  readonly #death: Death | null;

  constructor(death: Death | null) {
    this.#death = death;
  }

  async meet(moment: Death["moment"], step: string): Promise<void> {
    if (moment === "before") this.steps.push(step);
    const met = `${moment} ${step}`;
    const time = (this.#times.get(met) ?? 0) + 1;
    this.#times.set(met, time);
    const death = this.#death;
    if (death?.moment !== moment || death.step !== step || death.time !== time) return;
    const { signal = "SIGKILL" } = death;
    process.kill(process.pid, signal);
    if (signal === "SIGSTOP") return;
    // The signal comes before our next instruction in all likelihood; in no case may the work go on.
    await new Promise(() => {});
  }
}

export interface DeadlyFaults extends FaultPoints {
  /** Counts the steps of this work apart from everything else that the process does meanwhile. */
  within<Value>(death: Death | null, work: () => Promise<Value>): Promise<{ value: Value; steps: readonly string[] }>;
  /** The steps of everything else since this was asked last. */
  takeBackground(): readonly string[];
}

/** Ends this very process, as `kill -9` does, at the step that it is told. */
export function deadlyFaults(startDeath: Death | null): DeadlyFaults {
  const background = new Line(startDeath);
  const lines = new AsyncLocalStorage<Line>();
  const lineOf = () => lines.getStore() ?? background;
  return {
    takeBackground: () => background.steps.splice(0),
    before: (step) => lineOf().meet("before", step),
    after: (step) => lineOf().meet("after", step),
    within: async (death, work) => {
      const line = new Line(death);
      const value = await lines.run(line, work);
      return { value, steps: line.steps };
    },
  };
}
