import type { LibraryClause } from "../../api/templates.ts";
import type { AddedClause, ClauseWords, Wording } from "../../api/wordings.ts";

export type Keeping = "library" | "own" | "absent";

/** One clause of the library as it is filled in: what becomes of it, the words in its place, and what stands behind it. */
export interface ClauseEntry {
  readonly clause: string;
  readonly keeping: Keeping;
  /** Kept while another choice is looked at, so that nothing that was typed is lost. */
  readonly words: ClauseWords;
  readonly added: readonly AddedClause[];
}

const NO_WORDS: ClauseWords = { title: { "zh-CN": "", en: "" }, text: { "zh-CN": "", en: "" } };

/** A wording as it is filled in, clause by clause. */
export function entriesOf(library: readonly LibraryClause[], wording: Wording): readonly ClauseEntry[] {
  return library.map(({ clause, title, text }) => ({
    clause,
    keeping: wording.omitted.includes(clause) ? "absent" : wording.replaced[clause] ? "own" : "library",
    words: wording.replaced[clause] ?? { title, text },
    added: wording.added.filter(({ after }) => after === clause),
  }));
}

/** What was filled in, as the service takes it. */
export function wordingOf(entries: readonly ClauseEntry[]): Wording {
  const own = entries.filter(({ keeping }) => keeping === "own");
  return {
    replaced: Object.fromEntries(own.map(({ clause, words }) => [clause, words])),
    omitted: entries.filter(({ keeping }) => keeping === "absent").map(({ clause }) => clause),
    added: entries.flatMap(({ added }) => added),
  };
}

/** With one more clause of the seller's own behind that one, under the first name that is free. */
export function withAdded(entries: readonly ClauseEntry[], after: string): readonly ClauseEntry[] {
  const taken = new Set(entries.flatMap(({ added }) => added.map(({ clause }) => clause)));
  let number = 1;
  while (taken.has(`S${number}`)) number++;
  const addition: AddedClause = { clause: `S${number}`, after, ...NO_WORDS };
  return entries.map((entry) => (entry.clause === after ? { ...entry, added: [...entry.added, addition] } : entry));
}

export function isChanged({ keeping, added }: ClauseEntry): boolean {
  return keeping !== "library" || added.length > 0;
}

/** Where a field of the service's is filled in: `omitted.0` is the first clause that is left out, `added.0` the first own one. */
export function clauseOfField(entries: readonly ClauseEntry[], field: string): string | null {
  const [part = "", key = ""] = field.split(".");
  const { omitted, added } = wordingOf(entries);
  if (part === "replaced") return key;
  if (part === "omitted") return omitted[Number(key)] ?? null;
  return part === "added" ? (added[Number(key)]?.after ?? null) : null;
}
