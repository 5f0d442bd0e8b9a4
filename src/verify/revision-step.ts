import { isSameBut } from "./pdf-difference.ts";
import type { PdfDocument } from "./pdf-document.ts";
import { isDictionary, isReference, type PdfDictionary, type PdfValue } from "./pdf-lexer.ts";
import { notAnArchive, type WrittenObjects } from "./revision-bytes.ts";
import { isTaken } from "./security-store.ts";

/** A file before and after one revision, and what of that revision has been accounted for so far. */
export interface RevisionStep {
  readonly before: PdfDocument;
  readonly after: PdfDocument;
  readonly written: WrittenObjects;
  readonly explained: Set<number>;
}

/**
 * An object of before that a step may write anew, in both versions: the same but for these keys. One that the step
 * leaves alone is the same in both.
 */
export function rewritten(
  { before, after, written, explained }: RevisionStep,
  number: number,
  keys: readonly string[],
): readonly [PdfDictionary, PdfDictionary] {
  const reference = { kind: "reference", number, generation: 0 } as const;
  const [former, later] = [before.resolve(reference), after.resolve(reference)];
  const changed = written.get(number);
  // The strings of both are compared where they stand in the file.
  if (!isDictionary(former) || !isDictionary(later) || changed?.streamStart || isCompressed(before, number)) {
    return notAnArchive(`object ${number} is not what it was`);
  }
  if (!isSameBut(after.bytes, former, later, keys)) notAnArchive(`object ${number} is not what it was`);
  if (changed) explained.add(number);
  return [former, later];
}

function isCompressed({ revisions }: PdfDocument, number: number): boolean {
  return revisions.find(({ objects }) => objects.has(number))?.objects.get(number)?.kind !== "offset";
}

/** A dictionary under a number that was free, written by this step. */
export function newDictionary(step: RevisionStep, value: PdfValue | undefined): [number, PdfDictionary] {
  // What a revision writes is of generation 0: another one leads nowhere, whatever stands under the number.
  if (!isReference(value) || value.generation !== 0 || isTaken(step.before, value.number)) {
    return notAnArchive("an object of it is not a new one");
  }
  const object = step.written.get(value.number);
  if (!object || !isDictionary(object.value) || object.streamStart !== null) {
    return notAnArchive("an object of it is not a new one");
  }
  step.explained.add(value.number);
  return [value.number, object.value];
}
