import type { Localized } from "../domain/localized.ts";

/** Looks through everything that is recorded for what must never be: the invariants of docs/invariants.md. */
export interface BooksChecker {
  /**
   * Checks one invariant after the other on the books as they are at one moment, and reports each as soon as it is
   * known; nothing is changed, nobody else waits, and memory does not grow with the books. Of each invariant, at most
   * `most` violations are named. Throws when the database cannot be read.
   */
  checkBooks(most: number, report: (checked: CheckedInvariant) => void): Promise<void>;
}

/** Something that is true of the books at every commit, whatever failed before. */
export interface Invariant {
  /** "I04": what messages, docs/invariants.md and tests call it. */
  readonly id: string;
  readonly sentence: Localized;
}

export interface CheckedInvariant {
  readonly invariant: Invariant;
  /** Empty where it holds. */
  readonly violations: readonly Violation[];
  /** True when there are more than are named. */
  readonly more: boolean;
}

export type ViolatedKind = "contract" | "order" | "bill" | "numbers" | "archive" | "ticket" | "policy" | "wording";

/** Something recorded that should not be as it is. */
export interface Violation {
  readonly kind: ViolatedKind;
  /** A contract's number, an order's, a month's "demo-cloud 202611" …: what a person looks it up by. */
  readonly name: string;
  /** Null where it belongs to no account. */
  readonly account: string | null;
  /** What was found, by the names that the database has for it. */
  readonly found: Readonly<Record<string, unknown>>;
}
