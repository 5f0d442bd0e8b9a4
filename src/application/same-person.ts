/** "Alice" and "alice " are one person, however the name was typed: what binds the company needs two. */
export function isSamePerson(left: string, right: string): boolean {
  const folded = (name: string): string => name.normalize("NFKC").trim().toLowerCase();
  return folded(left) === folded(right);
}
