import type { Localized } from "./localized.ts";

/** Bad input in one clear sentence: which field, what is wrong with its value, and the way out. */
export interface InputFault {
  /** Path of the field in the input: "lines[0].total", "PretaxAmount"; "" for the whole. */
  readonly field: string;
  readonly message: Localized;
}
