import type { ExaminedFile } from "./examined-file.ts";

/** One demand that the file breaks. */
export interface Fault {
  readonly rule: string;
  /** The standard and its clause; where veraPDF has a rule for it, that rule's number. */
  readonly clause: string;
  /** The object, page or character, in plain English. */
  readonly where: string;
}

/** One demand of a standard, or of this house. `check` names every place that breaks it, and nothing when none does. */
export interface Rule {
  readonly name: string;
  readonly clause: string;
  readonly check: (file: ExaminedFile) => Iterable<string>;
}
