import type { Language } from "../i18n/languages.ts";

/** What codes of one kind are called, both languages side by side. */
export type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** A code that this version does not know is shown as it is. */
export function wordFor(words: Words, code: string, language: Language): string {
  return Object.hasOwn(words, code) ? (words[code]?.[language] ?? code) : code;
}
