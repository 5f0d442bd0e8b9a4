import type { Subject } from "./shop-model.ts";
import type { ShopNode } from "./shop-node.ts";

/** One step, ready to be done: who does what, and what may have become of whom afterwards. */
export interface Trial {
  /** Done at once; each by its node. What it resolves to is what the caller was told. */
  readonly calls: readonly { readonly node: ShopNode; readonly call: () => Promise<string> }[];
  readonly expected: readonly Expected[];
  /** Throws when the answers do not fit; not asked for the answers of those that failed or died by plan. */
  readonly judge: (answers: readonly string[], isFaulty: boolean) => void;
  /** Told what the subjects have become, for what is not seen in the books. */
  readonly settled?: (after: (subject: Subject) => Subject, isFaulty: boolean) => void;
}

export interface Expected {
  readonly place: number;
  /** What it is when all went well; more than one where clocks or chance decide. */
  readonly whole: readonly Subject[];
  /** What else it may be when something broke: each is the work of whole transactions. */
  readonly partial: readonly Subject[];
}

/** For answers that follow from the model alone. */
export function sayingExactly(expected: string): Trial["judge"] {
  return (answers) => {
    for (const answer of answers) if (answer !== expected) throw new Error(`answered "${answer}", not "${expected}"`);
  };
}
