import type { SeededRandom } from "./seeded-random.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Outage {
  readonly of: "objects" | "timestamps" | "renderer" | "commits";
  readonly from: number;
  readonly to: number;
}

/** What is out of order when, decided beforehand; until somebody calms it. */
export class Weather {
  readonly #outages: readonly Outage[];
  readonly #now: () => number;
  readonly #random: SeededRandom;
  #isCalm = false;

  /** About one outage of each kind in eight days, of one to twelve hours. */
  constructor(random: SeededRandom, startsAt: number, days: number, now: () => number) {
    this.#random = random;
    this.#now = now;
    this.#outages = (["objects", "timestamps", "renderer", "commits"] as const).flatMap((of) =>
      Array.from({ length: Math.ceil(days / 8) }, () => {
        const from = startsAt + random.below(days * DAY);
        return { of, from, to: from + HOUR + random.below(11 * HOUR) };
      }),
    );
  }

  isOut(of: Outage["of"]): boolean {
    const now = this.#now();
    return !this.#isCalm && this.#outages.some((outage) => outage.of === of && outage.from <= now && now < outage.to);
  }

  calm(): void {
    this.#isCalm = true;
  }

  /** Why a step fails just now; null when it does not. */
  readonly trouble = (step: string): Error | null => {
    if (step.startsWith("object") && this.isOut("objects")) return new Error("the object store does not answer");
    if (step === "render" && this.isOut("renderer")) return new Error("nothing can be drawn");
    // A third of the transactions of a bad hour conflict; five in a row give up.
    if (step === "sql commit" && this.isOut("commits") && this.#random.chance(1 / 3)) {
      return Object.assign(new Error("could not serialize access"), { code: "40001" });
    }
    return null;
  };
}
