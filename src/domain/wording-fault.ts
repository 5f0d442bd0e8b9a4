import { blanksIn, bracesArePaired, type Wording } from "./clause.ts";
import {
  blanksAllowedIn,
  CLAUSE_LIBRARY,
  type ClauseNumber,
  isClauseNumber,
  OMITTABLE_CLAUSES,
} from "./clause-library.ts";
import type { InputFault } from "./input-fault.ts";
import type { Localized } from "./localized.ts";
import type { WordingBody } from "./seller-wording.ts";

/** In UTF-16 code units. The longest clause of the library has about 500. */
export const LONGEST_TITLE = 60;
export const LONGEST_TEXT = 2000;
const SHOWN = 40;
/** Controls, line breaks, bidi marks, invisible characters, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const PARTS = ["title", "text"] as const;
const LANGUAGES = ["zh-CN", "en"] as const;

/**
 * What keeps a seller's wording from being put into contracts: a clause that the library does not have, one that may
 * not be left out, a blank that some contract could not fill, a language without words, braces without a partner. One
 * fault, the first; null when there is none. Whether fonts can draw it is asked separately.
 */
export function faultOfWording({ replaced, omitted, added }: WordingBody): InputFault | null {
  for (const [number, wording] of Object.entries(replaced)) {
    const fault = faultOfReplaced(number, wording);
    if (fault) return fault;
  }
  for (const [index, number] of omitted.entries()) {
    const fault = faultOfOmitted(`omitted.${index}`, number, replaced);
    if (fault) return fault;
  }
  const names = new Set<string>();
  for (const [index, { clause, after, ...wording }] of added.entries()) {
    const field = `added.${index}`;
    if (names.has(clause)) return nameTaken(`${field}.clause`, clause);
    if (!isClauseNumber(after)) return unknownClause(`${field}.after`, after);
    const fault = faultOfWords(field, wording, after);
    if (fault) return fault;
    names.add(clause);
  }
  return null;
}

function faultOfReplaced(number: string, wording: Wording): InputFault | null {
  if (!isClauseNumber(number)) return unknownClause(`replaced.${shown(number)}`, number);
  return faultOfWords(`replaced.${number}`, wording, number);
}

function faultOfOmitted(field: string, number: string, replaced: WordingBody["replaced"]): InputFault | null {
  if (!isClauseNumber(number)) return unknownClause(field, number);
  if (!OMITTABLE_CLAUSES.includes(number)) return mustStay(field, number);
  return replaced[number] === undefined ? null : bothWays(field, number);
}

/** Title and text in both languages; `number`: the library clause whose blanks they may use. */
function faultOfWords(path: string, wording: Wording, number: ClauseNumber): InputFault | null {
  for (const part of PARTS) {
    for (const language of LANGUAGES) {
      const field = `${path}.${part}.${language}`;
      const fault = faultOfText(
        field,
        wording[part][language],
        part === "title" ? LONGEST_TITLE : LONGEST_TEXT,
        number,
      );
      if (fault) return fault;
    }
  }
  return null;
}

function faultOfText(field: string, text: string, longest: number, number: ClauseNumber): InputFault | null {
  if (text.trim() === "") {
    return fault(
      field,
      "没有内容；合同有中英文两种文本，两种都须填写。",
      "is empty; contracts exist in both languages, write both.",
    );
  }
  if (text.length > longest) {
    return fault(
      field,
      `不得超过 ${longest} 个字符，请精简或者拆为两条。`,
      `must not be longer than ${longest} characters; shorten it, or make two clauses of it.`,
    );
  }
  const unseen = UNSEEN.exec(text)?.[0];
  if (unseen !== undefined) return holdsUnseen(field, unseen);
  if (!bracesArePaired(text)) {
    return fault(
      field,
      "花括号须成对且不得嵌套，例如 {buyer}；正文不得使用单个花括号。",
      "has a brace without its partner; braces enclose a blank, as in {buyer}, and stand for nothing else.",
    );
  }
  const allowed = blanksAllowedIn(number);
  const unknown = blanksIn(text).find((blank) => !allowed.some((known) => known === blank));
  if (unknown === undefined) return null;
  const listed = allowed.map((blank) => `{${blank}}`);
  return fault(
    field,
    `此处不能使用占位符“{${shown(unknown)}}”，可用的有：${listed.join("、")}。`,
    `has no filling for {${shown(unknown)}} here; there are ${listed.join(", ")}.`,
  );
}

function holdsUnseen(field: string, character: string): InputFault {
  const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return fault(
    field,
    `含有不可见字符（${codePoint}，例如换行）；每条写成一段，需要分段的请拆为两条。`,
    `holds a character that cannot be seen (${codePoint}, such as a line break); a clause is one paragraph, make two clauses of two.`,
  );
}

function unknownClause(field: string, number: string): InputFault {
  return fault(
    field,
    `条款库没有编号为“${shown(number)}”的条款，编号见 docs/clauses.md。`,
    `the library has no clause "${shown(number)}"; docs/clauses.md lists the numbers.`,
  );
}

function mustStay(field: string, number: ClauseNumber): InputFault {
  const { title } = CLAUSE_LIBRARY[number];
  const listed = [...OMITTABLE_CLAUSES];
  return fault(
    field,
    `第 ${number} 条“${title["zh-CN"]}”不得删除，可在 replaced 中改写；可删除的有：${listed.join("、")}。`,
    `clause ${number}, "${title.en}", must stay; reword it under replaced. These may be left out: ${listed.join(", ")}.`,
  );
}

function bothWays(field: string, number: ClauseNumber): InputFault {
  return fault(
    field,
    `第 ${number} 条既在 replaced 中改写，又在 omitted 中删除，请只保留其一。`,
    `clause ${number} is reworded under replaced and left out here; keep one of the two.`,
  );
}

function nameTaken(field: string, name: string): InputFault {
  return fault(
    field,
    `自有条款名称“${name}”重复，请另取一个，例如 S1、S2。`,
    `another clause is named "${name}" already; give each its own name, such as S1 and S2.`,
  );
}

function fault(field: string, zh: string, en: string): InputFault {
  const message: Localized = { "zh-CN": `${field}：${zh}`, en: `${field}: ${en}` };
  return { field, message };
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
