import type { LibraryClause } from "../../api/templates.ts";
import type { ClauseWords, Wording } from "../../api/wordings.ts";

/** How a clause comes in one wording: in the library's words, in the seller's, or not at all. */
export type ClauseForm =
  | { readonly kind: "library"; readonly words: ClauseWords }
  | { readonly kind: "own"; readonly words: ClauseWords }
  | { readonly kind: "absent" };

export type Change = "reworded" | "omitted" | "restored" | "added" | "removed" | "moved";

export interface ClauseDifference {
  readonly clause: string;
  /** The library's clause that decides in which contracts it stands. */
  readonly dependsOn: string;
  readonly change: Change;
  readonly left: ClauseForm;
  readonly right: ClauseForm;
}

/** What is said differently in two wordings, in the order in which contracts say it. */
export function differencesOf(
  library: readonly LibraryClause[],
  left: Wording,
  right: Wording,
): readonly ClauseDifference[] {
  return library.flatMap((clause) => [
    ...differenceOfClause(clause, left, right),
    ...differencesOfAdded(clause.clause, left, right),
  ]);
}

function differenceOfClause(clause: LibraryClause, left: Wording, right: Wording): readonly ClauseDifference[] {
  const [before, after] = [formOf(clause, left), formOf(clause, right)];
  if (isSame(before, after)) return [];
  const change = after.kind === "absent" ? "omitted" : after.kind === "own" ? "reworded" : "restored";
  return [{ clause: clause.clause, dependsOn: clause.clause, change, left: before, right: after }];
}

function formOf({ clause, title, text }: LibraryClause, { replaced, omitted }: Wording): ClauseForm {
  if (omitted.includes(clause)) return { kind: "absent" };
  const own = replaced[clause];
  return own ? { kind: "own", words: own } : { kind: "library", words: { title, text } };
}

/** The seller's own clauses behind one of the library's; one that was moved is told where it went. */
function differencesOfAdded(after: string, left: Wording, right: Wording): readonly ClauseDifference[] {
  const here = right.added.filter((added) => added.after === after);
  const gone = left.added.filter(
    (added) => added.after === after && !right.added.some(({ clause }) => clause === added.clause),
  );
  const changed = here.flatMap((added): ClauseDifference[] => {
    const before = left.added.find(({ clause }) => clause === added.clause);
    const now: ClauseForm = { kind: "own", words: added };
    const was: ClauseForm = before ? { kind: "own", words: before } : { kind: "absent" };
    if (isSame(was, now) && before?.after === after) return [];
    const change = !before ? "added" : before.after === after ? "reworded" : "moved";
    return [{ clause: added.clause, dependsOn: after, change, left: was, right: now }];
  });
  const removed = gone.map((added): ClauseDifference => {
    const left: ClauseForm = { kind: "own", words: added };
    return { clause: added.clause, dependsOn: after, change: "removed", left, right: { kind: "absent" } };
  });
  return [...changed, ...removed];
}

function isSame(left: ClauseForm, right: ClauseForm): boolean {
  if (left.kind === "absent" || right.kind === "absent") return left.kind === right.kind;
  const textsOf = ({ title, text }: ClauseWords) => [title["zh-CN"], title.en, text["zh-CN"], text.en];
  const texts = textsOf(right.words);
  return textsOf(left.words).every((text, index) => text === texts[index]);
}
