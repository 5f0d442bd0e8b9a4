import type { Wording } from "./clause.ts";
import type { ClauseNumber } from "./clause-library.ts";

/** A seller's own words in the place of the library's, or beside them. */
export interface WordingBody {
  readonly replaced: Readonly<Partial<Record<ClauseNumber, Wording>>>;
  readonly omitted: readonly ClauseNumber[];
  readonly added: readonly AddedClause[];
}

export interface SellerWording extends WordingBody {
  /** Counts up with each publication; contracts name the version that they were drawn up with (R7). */
  readonly version: number;
}

/** Of a seller that has no words of its own. */
export const LIBRARY_WORDS: SellerWording = { version: 0, replaced: {}, omitted: [], added: [] };

interface AddedClause extends Wording {
  /** The seller's own name of it: "S1" and up. */
  readonly clause: string;
  /** The library clause behind which it stands; a contract without that one goes without this one. */
  readonly after: ClauseNumber;
}
