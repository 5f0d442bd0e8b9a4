import type { Localized } from "../domain/localized.ts";

/** Controls, line breaks, bidi marks, invisible characters, halves of characters: nobody would see them on paper. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What is wrong with a line that somebody filled in, to follow the name of its field: too long, or holds what cannot be seen. */
export function lineFault(text: string, longest: number): Localized | null {
  if (text.length > longest) return tooLong(longest);
  const unseen = UNSEEN.exec(text)?.[0];
  return unseen === undefined ? null : holdsUnseen(unseen);
}

function tooLong(longest: number): Localized {
  return {
    "zh-CN": `不得超过 ${longest} 个字符，请精简。`,
    en: `must not be longer than ${longest} characters; shorten it.`,
  };
}

function holdsUnseen(character: string): Localized {
  const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return {
    "zh-CN": `含有不可见字符（${codePoint}，例如换行），请删除后填写为一行。`,
    en: `holds a character that cannot be seen (${codePoint}, such as a line break); take it out and write one line.`,
  };
}
