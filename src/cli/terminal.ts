import type { Language } from "../domain/localized.ts";

/** Where a command speaks: results on `out`, everything else on `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly language: Language;
  /** How far it is, on a line that the next call replaces; absent where nobody watches. */
  readonly progress?: (text: string) => void;
}

/** 0 done · 1 refused or not valid · 2 wrong use · 3 broken. */
export const EXIT = { done: 0, refused: 1, wrongUse: 2, broken: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command was not used as it can be; the sentence names what is wrong and the way out. */
export class WrongUse extends Error {}

/** LC_ALL, LC_MESSAGES, LANG in that order, as POSIX has it: Chinese when it says so, or else English. */
export function languageOfTerminal(variables: Readonly<Record<string, string | undefined>>): Language {
  const locale = variables.LC_ALL || variables.LC_MESSAGES || variables.LANG || "";
  return locale.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** Lines of columns, padded by what a terminal shows: Chinese characters are two cells wide. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cells(text));
  }
  const lines = rows.map((row) =>
    row
      .map((text, column) => text + " ".repeat((widths[column] ?? 0) - cells(text)))
      .join("  ")
      .trimEnd(),
  );
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function cells(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u1100-\u115f\u2e80-\uffdc]/.test(character) ? 2 : 1), 0);
}
