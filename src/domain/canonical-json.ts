/** What a frozen document may hold: numbers are whole and safe, so that every reader prints them alike. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

/**
 * The one spelling of a value: keys sorted by UTF-16 code units, no white space (RFC 8785, section 3.2.3).
 * Fractions and lone surrogates are refused with a throw, since a snapshot that holds one is a bug.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error(`a frozen document holds whole numbers only, not ${value}`);
    return String(value);
  }
  if (typeof value === "string") {
    if (!isWellFormed(value)) throw new Error("a frozen document holds well-formed Unicode only");
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${canonicalJson(key)}:${canonicalJson(value[key] ?? null)}`).join(",")}}`;
}

function isList(value: CanonicalValue): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}

function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}
