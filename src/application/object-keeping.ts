import type { Sha256 } from "../domain/identifiers.ts";

export interface KeptObject {
  readonly hash: Sha256;
  /** By the store's own clock, since it was stored last or, of what is set aside, since it was. */
  readonly ageMs: number;
}

/**
 * How stored files are looked through and taken away in two steps. Only the collection of orphans does so
 * (collect-orphans.ts), and the promise that it loses nothing rests on these.
 */
export interface ObjectKeeping {
  /** Every file in its place, in no order; files that come or go meanwhile may be missing. */
  list(): AsyncIterable<KeptObject>;
  /** The same of what is set aside. */
  listAside(): AsyncIterable<KeptObject>;
  /**
   * Takes the file out of its place without losing it: `get` still finds it. Nothing happens when it is not there; one
   * that was altered may stay.
   */
  setAside(hash: Sha256): Promise<void>;
  /**
   * Puts a file that was set aside back into its place, durably; where a sound one is by now, the one aside goes. One that
   * was altered aside stays there.
   */
  restore(hash: Sha256): Promise<void>;
  /** Deletes a file that was set aside; a file in its place is not touched. */
  discard(hash: Sha256): Promise<void>;
  /** Deletes what writers who crashed have left unfinished at least so long ago; answers how much that was. */
  clearRemains(ageMs: number): Promise<number>;
}
