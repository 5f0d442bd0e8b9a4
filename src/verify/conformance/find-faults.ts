import { Finding } from "../verdict.ts";
import { ATTACHMENT_RULES } from "./attachment-rules.ts";
import { type ExaminedFile, examineFile } from "./examined-file.ts";
import { FILE_RULES } from "./file-rules.ts";
import { FONT_RULES } from "./font-rules.ts";
import { GRAPHICS_RULES } from "./graphics-rules.ts";
import { INTERACTION_RULES } from "./interaction-rules.ts";
import { METADATA_RULES } from "./metadata-rules.ts";
import { RELEASE_RULES } from "./release-rules.ts";
import type { Fault, Rule } from "./rule.ts";
import { STRUCTURE_RULES } from "./structure-rules.ts";
import { TABLE_RULES } from "./table-rules.ts";

/** PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), as far as files of ours could break them. */
export const CONFORMANCE_RULES: readonly Rule[] = [
  ...FILE_RULES,
  ...METADATA_RULES,
  ...GRAPHICS_RULES,
  ...FONT_RULES,
  ...INTERACTION_RULES,
  ...STRUCTURE_RULES,
  ...TABLE_RULES,
  ...ATTACHMENT_RULES,
];

/** The same, and what this house demands of a contract before it lets one out. */
export const ALL_RULES: readonly Rule[] = [...CONFORMANCE_RULES, ...RELEASE_RULES];

/** Names at most so many places for each rule: a broken font is told as well by five glyphs as by five hundred. */
const MOST_PLACES = 5;

/**
 * Holds a file against the rules and returns every fault, in the order of the rules. Pure and total over the bytes: a
 * file that cannot be read has the fault `readable`. What the seal is worth is not looked at; verifyDocument does that.
 */
export function findFaults(pdf: Uint8Array, rules: readonly Rule[]): readonly Fault[] {
  const search = searchFaults(pdf, rules);
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}

/** `findFaults` in steps of some milliseconds, for a caller that has others to serve meanwhile. */
export function* searchFaults(pdf: Uint8Array, rules: readonly Rule[]): Generator<void, readonly Fault[]> {
  try {
    const file = yield* examineFile(pdf);
    const faults: Fault[] = [];
    for (const rule of rules) {
      faults.push(...faultsOf(rule, file));
      yield;
    }
    return faults;
  } catch (error) {
    if (error instanceof Finding) return [unreadable(error)];
    throw error;
  }
}

/** What the reader itself refuses: a broken structure, encryption, bytes behind the end, names too long. */
export const READABLE = {
  rule: "readable",
  clause: "ISO 19005-3, 6.1.3 (veraPDF 6.1.3-2, 6.1.3-3) and 6.1.13 (6.1.13-4); ISO 14289-1, 7.16; ISO 32000-1, 7.5",
} as const;

function unreadable(finding: Finding): Fault {
  return { ...READABLE, where: finding.message };
}

function faultsOf({ name, clause, check }: Rule, file: ExaminedFile): readonly Fault[] {
  const faults: Fault[] = [];
  for (const where of check(file)) {
    if (faults.length === MOST_PLACES) break;
    faults.push({ rule: name, clause, where });
  }
  return faults;
}
