import type { Refusal } from "./refusal.ts";

/** One rule of a ladder: the refusal that it gives for the facts, or null when it lets them pass. */
export interface Rung<Facts> {
  readonly name: string;
  readonly rung: (facts: Facts) => Refusal | null;
}

export interface ExplainedRung {
  readonly rung: string;
  /** `passed`, `refused` (the one that decided) or `would_refuse` (a later one that would have, too). */
  readonly outcome: "passed" | "refused" | "would_refuse";
  readonly refusal: Refusal | null;
}

/** First match decides; null when no rung refuses. */
export function firstRefusal<Facts>(ladder: readonly Rung<Facts>[], facts: Facts): Refusal | null {
  for (const { rung } of ladder) {
    const refusal = rung(facts);
    if (refusal) return refusal;
  }
  return null;
}

/** Every rung with its own answer, in order, for people who ask why. */
export function explainLadder<Facts>(ladder: readonly Rung<Facts>[], facts: Facts): readonly ExplainedRung[] {
  let decided = false;
  return ladder.map(({ name, rung }): ExplainedRung => {
    const refusal = rung(facts);
    if (!refusal) return { rung: name, outcome: "passed", refusal: null };
    const outcome = decided ? "would_refuse" : "refused";
    decided = true;
    return { rung: name, outcome, refusal };
  });
}
