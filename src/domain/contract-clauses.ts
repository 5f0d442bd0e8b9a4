import type { CanonicalValue } from "./canonical-json.ts";
import { type Fillings, filled, type Wording } from "./clause.ts";
import { CLAUSE_LIBRARY, type ClauseNumber } from "./clause-library.ts";
import type { SellerWording } from "./seller-wording.ts";

/** One clause as it stands in a contract for ever: the sentences themselves, in both languages (R7). */
export interface SnapshotClause {
  readonly [key: string]: CanonicalValue;
  /** Number in the library, or the seller's own name of it. */
  readonly clause: string;
  readonly source: "library" | "seller";
  readonly titleZh: string;
  readonly titleEn: string;
  readonly textZh: string;
  readonly textEn: string;
}

/** The picked clauses in the seller's wording where it has one, with their blanks filled. */
export function clausesOf(
  picked: readonly ClauseNumber[],
  wording: SellerWording | null,
  fillings: Fillings,
): readonly SnapshotClause[] {
  return picked.flatMap((number) => {
    const own = wording?.replaced[number];
    const added = wording?.added.filter(({ after }) => after === number) ?? [];
    const clause = own ? written(number, "seller", own) : written(number, "library", CLAUSE_LIBRARY[number]);
    const kept = wording?.omitted.includes(number) ? [] : [clause];
    return [...kept, ...added.map((addition) => written(addition.clause, "seller", addition))];
  });

  function written(clause: string, source: SnapshotClause["source"], words: Wording): SnapshotClause {
    const { title, text } = filled(words, fillings);
    return { clause, source, titleZh: title["zh-CN"], titleEn: title.en, textZh: text["zh-CN"], textEn: text.en };
  }
}
