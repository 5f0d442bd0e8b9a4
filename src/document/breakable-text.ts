import type { Localized } from "../domain/localized.ts";

/** Marks where a line may end inside a word; the template turns it into a gap of no width and never prints it. */
const BREAK_MARK = "\u200b";

/** The narrowest column holds this many characters on one line; shorter words stay whole. */
const LONGEST_WORD = 24;
/** What "Confidentiality" needs, with one letter to spare. */
const LONGEST_TITLE_WORD = 16;
const PIECE = 12;

/**
 * Gives long words ("InstanceType:ecs.g8i.2xlarge;Region:…", addresses of pages) places to break: after punctuation,
 * and inside runs of letters or digits that are longer than any name a person would read in one piece.
 * Chinese breaks by itself and is left alone.
 */
export function breakable(text: string, longestWord = LONGEST_WORD): string {
  return text.replace(/[\u0021-\u007e\u00a1-\u024f\u0370-\u052f]+/g, (word) =>
    word.length > longestWord ? broken(word, longestWord) : word,
  );
}

/** Both languages of a text with places to break. */
export function breakableIn(text: Localized): Localized {
  return { "zh-CN": breakable(text["zh-CN"]), en: breakable(text.en) };
}

/** The same for the title of a clause: it stands in a column of its own beside the clause, in heavier letters. */
export function breakableTitle(title: Localized): Localized {
  return { "zh-CN": breakable(title["zh-CN"], LONGEST_TITLE_WORD), en: breakable(title.en, LONGEST_TITLE_WORD) };
}

function broken(word: string, longest: number): string {
  return word
    .split(/(?<=[.,:;/\\_=&?@#|+)\]}-])(?=[^.,:;/\\_=&?@#|+)\]}-])/)
    .flatMap((part) => piecesOf(part, longest))
    .join(BREAK_MARK);
}

function piecesOf(part: string, longest: number): readonly string[] {
  return part.length > longest ? (part.match(new RegExp(`.{1,${PIECE}}`, "g")) ?? [part]) : [part];
}
