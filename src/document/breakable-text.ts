import type { Localized } from "../domain/localized.ts";

/** Marks where a line may end inside a word; the template turns it into a gap of no width and never prints it. */
const BREAK_MARK = "\u200b";

/** The narrowest column holds this many characters on one line; shorter words stay whole. */
const LONGEST_WORD = 24;
const PIECE = 12;

/**
 * Gives long words ("InstanceType:ecs.g8i.2xlarge;Region:…", addresses of pages) places to break: after punctuation,
 * and inside runs of letters or digits that are longer than any name a person would read in one piece.
 * Chinese breaks by itself and is left alone.
 */
export function breakable(text: string): string {
  return text.replace(/[\u0021-\u007e\u00a1-\u024f\u0370-\u052f]+/g, (word) =>
    word.length > LONGEST_WORD ? broken(word) : word,
  );
}

/** Both languages of a text with places to break. */
export function breakableIn(text: Localized): Localized {
  return { "zh-CN": breakable(text["zh-CN"]), en: breakable(text.en) };
}

function broken(word: string): string {
  return word
    .split(/(?<=[.,:;/\\_=&?@#|+)\]}-])(?=[^.,:;/\\_=&?@#|+)\]}-])/)
    .flatMap(piecesOf)
    .join(BREAK_MARK);
}

function piecesOf(part: string): readonly string[] {
  return part.length > LONGEST_WORD ? (part.match(new RegExp(`.{1,${PIECE}}`, "g")) ?? [part]) : [part];
}
