import type { CanonicalValue } from "../domain/canonical-json.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { GlyphCoverage } from "./ports.ts";
import { undrawableCharacter } from "./undrawable-character.ts";

interface Draft {
  readonly [key: string]: CanonicalValue;
  readonly buyer: CanonicalValue;
  readonly seller: CanonicalValue;
}

/** Parts of a draft by the name of what put them there, in the order in which they are looked through. */
const SOURCES = [
  ["identity", "buyer"],
  ["seller", "seller"],
  ["seller.seal", "seal"],
  ["platform", "platform"],
  ["lines", "lines"],
  ["wording", "clauses"],
] as const;

/** A character anywhere in what would be printed that no font can draw; null when there is none. */
export function faultOfDraft(glyphs: GlyphCoverage, draft: Draft): InputFault | null {
  const [undrawable] = glyphs.missingCharacters(textsIn(draft));
  return undrawable === undefined ? null : undrawableCharacter(fieldHolding(undrawable, draft), undrawable);
}

/** Clauses quote the names of the parties: whatever is in both is in the party. */
function fieldHolding(character: string, draft: Draft): string {
  const found = SOURCES.find(([, part]) => textsIn(draft[part] ?? null).includes(character));
  return found?.[0] ?? "order";
}

/** Every text of the value as it is: JSON would spell control characters out, and so hide them. */
function textsIn(value: CanonicalValue): string {
  if (typeof value === "string") return value;
  return value === null || typeof value !== "object" ? "" : Object.values(value).map(textsIn).join(" ");
}
