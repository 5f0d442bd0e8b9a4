import { type NumberParser, parse } from "lossless-json";
import { fail, type Result, succeed } from "../domain/result.ts";

/** What our formats need is far below; the parser recurses, so a deeper text could exhaust the stack. */
export const DEEPEST = 32;

export type JsonFault =
  | { readonly kind: "too_deep" }
  | { readonly kind: "member_twice"; readonly member: string }
  /** `position` counts UTF-16 units from 0; null where the parser does not tell. */
  | { readonly kind: "not_json"; readonly position: number | null };

/**
 * Parses one JSON document; `parseNumber` receives the digits of a number as they were written.
 * Refused: what is not JSON, nesting beyond 32 levels, and a member written twice with different values.
 */
export function parseJsonText(text: string, parseNumber: NumberParser): Result<unknown, JsonFault> {
  if (isTooDeep(text)) return fail({ kind: "too_deep" });
  let twice: string | null = null;
  try {
    const value = parse(text, null, {
      parseNumber,
      onDuplicateKey: ({ key }) => {
        twice ??= key;
      },
    });
    return twice === null ? succeed(value) : fail({ kind: "member_twice", member: twice });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d+)/.exec(error.message)?.[1];
    return fail({ kind: "not_json", position: position === undefined ? null : Number(position) });
  }
}

/** Counts brackets outside strings; on a text that is not JSON the count may be off, which the parser then refuses. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (inString) {
      if (unit === 0x5c) index += 1;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return false;
}
