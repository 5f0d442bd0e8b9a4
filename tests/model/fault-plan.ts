import type { FaultPoints } from "../../src/application/fault-points.ts";

/** `at` counts the steps of one command from 0; a command of fewer steps meets no fault. */
export interface PlannedFault {
  /**
   * `crash`: the process is gone, before or after the step. `failure`: the step fails, undone or, after it, unanswered.
   * `conflict`: PostgreSQL undoes the transaction at its commit, which a second run of it must not show.
   */
  readonly kind: "crash" | "failure" | "conflict";
  readonly moment: "before" | "after";
  readonly at: number;
}

/** The faults of one node: nothing goes wrong until one is planned, and then once. */
export class FaultPlan implements FaultPoints {
  #planned: PlannedFault | null = null;
  #steps = 0;
  #die: () => void = () => {};
  /** What went wrong, and at which step; null while nothing has. */
  fired: string | null = null;
  isDead = false;
  readonly #weather: (step: string) => Error | null;
  /** Comes when the process dies; what it was doing then never ends. */
  readonly death = new Promise<"dead">((resolve) => {
    this.#die = () => resolve("dead");
  });

  /** `weather` may fail any step at any time, beside what is planned. */
  constructor(weather: (step: string) => Error | null = () => null) {
    this.#weather = weather;
  }

  plan(fault: PlannedFault | null): void {
    this.#planned = fault;
    this.#steps = 0;
    this.fired = null;
  }

  before(step: string): Promise<void> {
    return this.#pass("before", step);
  }

  after(step: string): Promise<void> {
    return this.#pass("after", step);
  }

  kill(): void {
    this.isDead = true;
    this.#die();
  }

  async #pass(moment: PlannedFault["moment"], step: string): Promise<void> {
    if (this.isDead) return forever();
    const trouble = moment === "before" ? this.#weather(step) : null;
    if (trouble) throw trouble;
    const index = moment === "before" ? this.#steps++ : this.#steps - 1;
    const fault = this.#planned;
    if (!fault || this.fired !== null || index < fault.at) return;
    if (fault.kind === "conflict" && !(moment === "before" && step === "sql commit")) return;
    if (fault.kind !== "conflict" && fault.moment !== moment) return;
    this.fired = `${fault.kind} ${moment} ${step}`;
    if (fault.kind === "conflict") throw Object.assign(new Error("could not serialize access"), { code: "40001" });
    if (fault.kind === "failure") throw new Error(`planned: ${this.fired}`);
    this.kill();
    return forever();
  }
}

/** What a dead process was doing never ends. */
function forever(): Promise<never> {
  return new Promise(() => {});
}
