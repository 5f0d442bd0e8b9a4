/** Whether two values say the same, whatever the order of their members; amounts are compared as numbers. */
export function sameContent(left: unknown, right: unknown): boolean {
  return contentText(left) === contentText(right);
}

/** The same text for all that say the same. */
export function contentText(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? "";
}

function sorted(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
