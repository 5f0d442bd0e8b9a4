import type { PdfDocument } from "./pdf-document.ts";
import {
  isArray,
  isDictionary,
  isName,
  isReference,
  isString,
  type PdfDictionary,
  type PdfValue,
} from "./pdf-lexer.ts";

/** A name, reference, array or dictionary to hold against what a file says. */
export const expectedValue = {
  name: (name: string): PdfValue => ({ kind: "name", name }),
  reference: (number: number): PdfValue => ({ kind: "reference", number, generation: 0 }),
  array: (...items: readonly PdfValue[]): PdfValue => ({ kind: "array", items }),
  dictionary: (entries: Readonly<Record<string, PdfValue>>): PdfValue => ({
    kind: "dictionary",
    entries: new Map(Object.entries(entries)),
  }),
} as const;

/**
 * Whether two direct values of one file are the same, references not followed and strings by their spelling. Both must
 * stand in the file itself: a string out of an object stream has its place in the stream's data.
 */
export function isSame(bytes: Buffer, left: PdfValue | undefined, right: PdfValue | undefined): boolean {
  if (isString(left)) {
    return isString(right) && bytes.subarray(left.start, left.end).equals(bytes.subarray(right.start, right.end));
  }
  if (isName(left)) return isName(right) && left.name === right.name;
  if (isReference(left)) {
    return isReference(right) && left.number === right.number && left.generation === right.generation;
  }
  if (isArray(left)) {
    return (
      isArray(right) &&
      left.items.length === right.items.length &&
      left.items.every((item, index) => isSame(bytes, item, right.items[index]))
    );
  }
  if (isDictionary(left)) return isDictionary(right) && isSameBut(bytes, left, right, []);
  return left === right;
}

/** Whether two dictionaries are the same but for these keys, which may be there or not in either. */
export function isSameBut(
  bytes: Buffer,
  left: PdfDictionary,
  right: PdfDictionary,
  except: readonly string[],
): boolean {
  const keys = new Set([...left.entries.keys(), ...right.entries.keys()]);
  return [...keys].every((key) => except.includes(key) || isSame(bytes, left.entries.get(key), right.entries.get(key)));
}

/**
 * What an array has behind all items of the former one, which may have been absent; null when it does not continue that
 * one. Both must be direct: behind a reference another array could be put in the place of the former.
 */
export function appendedItems(
  bytes: Buffer,
  former: PdfValue | undefined,
  later: PdfValue | undefined,
): readonly PdfValue[] | null {
  const items = former === undefined ? [] : isArray(former) ? former.items : null;
  if (!items || !isArray(later)) return null;
  const continues = items.every((item, index) => isSame(bytes, item, later.items[index]));
  return continues ? later.items.slice(items.length) : null;
}

/** The highest object number that any object of the file refers to; -1 when none refers to another. */
export function highestReference(document: PdfDocument): number {
  let highest = -1;
  const visit = (value: PdfValue): void => {
    if (isReference(value)) highest = Math.max(highest, value.number);
    else if (isArray(value)) for (const item of value.items) visit(item);
    else if (isDictionary(value)) for (const item of value.entries.values()) visit(item);
  };
  for (const { value } of document.liveObjects()) visit(value);
  return highest;
}

export function holdsReference(value: PdfValue): boolean {
  if (isArray(value)) return value.items.some(holdsReference);
  return isDictionary(value) ? [...value.entries.values()].some(holdsReference) : isReference(value);
}
