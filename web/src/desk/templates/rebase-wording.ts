import type { Wording } from "../../api/wordings.ts";

/**
 * A draft that was written against an older version, as if against the one in force: what the draft leaves alone is as it is now, so
 * that saving it undoes nothing that was published since. Clause by clause.
 */
export function rebaseWording(base: Wording, draft: Wording, current: Wording): Wording {
  const settle = <Value>(of: (wording: Wording) => Value): Value =>
    isSame(of(base), of(draft)) ? of(current) : of(draft);
  const everywhere = [base, draft, current];
  const replaced = keysOf(everywhere.flatMap((wording) => Object.keys(wording.replaced))).flatMap((clause) => {
    const words = settle((wording) => wording.replaced[clause]);
    return words ? [[clause, words] as const] : [];
  });
  const omitted = keysOf(everywhere.flatMap((wording) => wording.omitted)).filter((clause) =>
    settle((wording) => wording.omitted.includes(clause)),
  );
  const added = keysOf([draft, current].flatMap((wording) => wording.added.map(({ clause }) => clause))).flatMap(
    (name) => settle((wording) => wording.added.find(({ clause }) => clause === name)) ?? [],
  );
  const left = new Set(omitted);
  return { replaced: Object.fromEntries(replaced.filter(([clause]) => !left.has(clause))), omitted, added };
}

function keysOf(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
