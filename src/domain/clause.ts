import type { Localized } from "./localized.ts";

/** What a clause may leave open for the facts of one contract: `{term_from}` in its text. */
export const BLANKS = [
  "account",
  "account_kind",
  "buyer",
  "domain",
  "month",
  "paid_at",
  "platform",
  "seller",
  "term_from",
  "term_to",
] as const;
export type Blank = (typeof BLANKS)[number];

/** What stands in the blanks of one contract; a blank that it has nothing for is left out. */
export type Fillings = Readonly<Partial<Record<Blank, Localized>>>;

export interface Wording {
  readonly title: Localized;
  readonly text: Localized;
}

/** The names in braces that a text uses, as they stand; also those that are no blank of ours. */
export function blanksIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/\{([^{}]*)\}/g), (found) => found[1] ?? ""))];
}

/** Whether braces stand in pairs, one blank in each, so that none would be printed. */
export function bracesArePaired(text: string): boolean {
  return !/[{}]/.test(text.replaceAll(/\{[^{}]*\}/g, ""));
}

/**
 * The wording with every blank filled. Throws where a blank has no filling: which blanks a clause may use is checked
 * where clauses are written and where a seller's wording is taken in.
 */
export function filled(wording: Wording, fillings: Fillings): Wording {
  return { title: filledIn(wording.title, fillings), text: filledIn(wording.text, fillings) };
}

function filledIn(text: Localized, fillings: Fillings): Localized {
  return { "zh-CN": fill(text["zh-CN"], "zh-CN", fillings), en: fill(text.en, "en", fillings) };
}

function fill(text: string, language: keyof Localized, fillings: Fillings): string {
  return text.replace(/\{([^{}]*)\}(\.?)/g, (_, name: string, stop: string) => {
    const filling = isBlank(name) ? fillings[name] : undefined;
    if (filling === undefined) throw new Error(`nothing is known to fill {${name}} with`);
    // "… Co., Ltd." ends its sentence itself.
    return filling[language].endsWith(".") ? filling[language] : filling[language] + stop;
  });
}

export function isBlank(name: string): name is Blank {
  return BLANKS.some((blank) => blank === name);
}
