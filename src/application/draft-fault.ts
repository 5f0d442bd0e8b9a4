import type { CanonicalValue } from "../domain/canonical-json.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { GlyphCoverage } from "./ports.ts";
import { undrawableCharacter } from "./record-order.ts";

interface Draft {
  readonly [key: string]: CanonicalValue;
  readonly buyer: CanonicalValue;
  readonly seller: CanonicalValue;
}

/** A character anywhere in what would be printed that no font can draw; null when there is none. */
export function faultOfDraft(glyphs: GlyphCoverage, draft: Draft): InputFault | null {
  const [undrawable] = glyphs.missingCharacters(textsIn(draft));
  return undrawable ? undrawableCharacter(fieldHolding(undrawable, draft), undrawable) : null;
}

function fieldHolding(character: string, draft: Draft): string {
  if (textsIn(draft.buyer).includes(character)) return "identity";
  return textsIn(draft.seller).includes(character) ? "seller" : "lines";
}

/** Every text of the value as it is: JSON would spell control characters out, and so hide them. */
function textsIn(value: CanonicalValue): string {
  if (typeof value === "string") return value;
  return value === null || typeof value !== "object" ? "" : Object.values(value).map(textsIn).join(" ");
}
