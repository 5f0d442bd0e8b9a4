import { isForeignId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Localized } from "../domain/localized.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { type Instant, parseInstant } from "../domain/time.ts";
import {
  codePointOf,
  described,
  excerptOf,
  faultAt,
  memberPath,
  missing,
  unknownMember,
  wrongKind,
} from "./order-document-faults.ts";

/** A value and where it was found; `undefined` and null both mean that nothing stands there. */
export interface Field {
  readonly path: string;
  readonly value: unknown;
}

/** A way of reading one kind of value; `expected` completes "write …" in a fault. */
export interface Kind<Value> {
  readonly expected: Localized;
  readonly read: (field: Field) => Result<Value, InputFault>;
}

/** What the contract's layout cannot draw or a reader cannot see: controls, halves of characters, direction overrides. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}\uFEFF\u200B]/u;
const LINE_WHITE_SPACE = /[\t\n\r\u0085\u2028\u2029]+/g;

/** For texts of foreign systems, which nobody can correct there: what would be refused becomes a blank. */
export function withBlanksForInvisible(text: string): string {
  return text.replace(new RegExp(FORBIDDEN, "gu"), " ");
}

/** All values, or the first fault in the order of the members. */
export function allOf<Values extends object>(
  results: {
    readonly [Name in keyof Values]: Result<Values[Name], InputFault>;
  },
): Result<Values, InputFault> {
  const values: [string, unknown][] = [];
  for (const [name, result] of Object.entries<Result<unknown, InputFault>>(results)) {
    if (!result.ok) return result;
    values.push([name, result.value]);
  }
  return succeed(Object.fromEntries(values) as Values);
}

export function required<Value>(field: Field, kind: Kind<Value>): Result<Value, InputFault> {
  return isAbsent(field) ? fail(missing(field.path, kind.expected)) : kind.read(field);
}

export function optional<Value>(field: Field, kind: Kind<Value>): Result<Value | null, InputFault> {
  return isAbsent(field) ? succeed(null) : kind.read(field);
}

export function isAbsent(field: Field): boolean {
  return field.value === undefined || field.value === null;
}

/** An object that has no members but the known ones; the value is its members as fields. */
export function objectKind<Name extends string>(
  owner: Localized,
  known: readonly Name[],
): Kind<{ readonly [Key in Name]: Field }> {
  return {
    expected: owner,
    read: ({ path, value }) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return fail(wrongKind(path, value, owner));
      }
      const unknown = Object.keys(value).find((name) => !known.some((candidate) => candidate === name));
      if (unknown !== undefined) return fail(unknownMember(path, unknown, owner, known));
      const fields = known.map((name) => [name, memberOf(path, value, name)] as const);
      return succeed(Object.fromEntries(fields) as { [Key in Name]: Field });
    },
  };
}

/** An own member of an object, absent where the value is no object or has none of that name. */
export function memberOf(path: string, value: unknown, name: string): Field {
  const own = typeof value === "object" && value !== null && Object.hasOwn(value, name);
  return { path: memberPath(path, name), value: own ? Reflect.get(value, name) : undefined };
}

/** Ids as `isForeignId` allows them; `parse` brands them. */
export function idKind<Id extends string>(expected: Localized, parse: (text: string) => Id | null): Kind<Id> {
  return textual(expected, ({ path }, text) => {
    const id = parse(text);
    return id === null ? fail(notAnId(path, text)) : succeed(id);
  });
}

/** An id that is known under no brand of its own. */
export function plainId(text: string): string | null {
  return isForeignId(text) ? text : null;
}

/** ISO 8601 with an offset, as `parseInstant` reads it. */
export const INSTANT: Kind<Instant> = textual(
  { "zh-CN": "时刻，例如 2026-11-01T00:00:00Z", en: 'an instant such as "2026-11-01T00:00:00Z"' },
  ({ path }, text) => {
    const instant = parseInstant(text);
    if (instant !== null) return succeed(instant);
    return fail(
      faultAt(path, {
        "zh-CN": `“${excerptOf(text)}”不是 1970 至 9999 年间带时区偏移的时刻，请按 2026-11-01T00:00:00Z 的格式填写。`,
        en: `"${excerptOf(text)}" is not an instant with an offset between 1970 and 9999; write it like "2026-11-01T00:00:00Z".`,
      }),
    );
  },
);

export function choiceKind<Choice extends string>(choices: readonly Choice[]): Kind<Choice> {
  const expected = { "zh-CN": `以下之一：${choices.join("、")}`, en: `one of ${choices.join(", ")}` };
  return textual(expected, ({ path }, text) => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice !== undefined) return succeed(choice);
    return fail(
      faultAt(path, {
        "zh-CN": `“${excerptOf(text)}”不在可选范围内，请填写以下之一：${choices.join("、")}。`,
        en: `"${excerptOf(text)}" is not known here; write one of ${choices.join(", ")}.`,
      }),
    );
  });
}

export const REVISION: Kind<number> = wholeNumber({
  "zh-CN": "不小于 1 的整数（每次变更加大）",
  en: "a whole number from 1 up that grows with every change",
});

function wholeNumber(expected: Localized): Kind<number> {
  return {
    expected,
    read: ({ path, value }) =>
      typeof value === "number" && Number.isSafeInteger(value) && value >= 1
        ? succeed(value)
        : fail(wrongKind(path, value, expected)),
  };
}

/** Text as it will be printed: trimmed, NFC, visible characters only; with `oneLine`, line breaks become blanks. */
export function textKind(expected: Localized, longest: number, oneLine = false): Kind<string> {
  return textual(expected, ({ path }, raw) => {
    const trimmed = raw.trim();
    // No character takes more than eight UTF-16 units of its normal form: longer is too long without looking closer.
    if (trimmed.length > 8 * longest) return fail(tooLong(path, trimmed, longest));
    const text = (oneLine ? trimmed.replace(LINE_WHITE_SPACE, " ") : trimmed).normalize("NFC");
    if (Array.from(text).length > longest) return fail(tooLong(path, text, longest));
    const [forbidden] = FORBIDDEN.exec(text) ?? [];
    if (forbidden !== undefined) return fail(invisible(path, forbidden));
    return text === "" ? fail(missing(path, expected)) : succeed(text);
  });
}

/** Anything but a JSON string is refused before `read` sees it. */
export function textual<Value>(
  expected: Localized,
  read: (field: Field, text: string) => Result<Value, InputFault>,
): Kind<Value> {
  return {
    expected,
    read: (field) =>
      typeof field.value === "string" ? read(field, field.value) : fail(wrongKind(field.path, field.value, expected)),
  };
}

function notAnId(path: string, text: string): InputFault {
  const found = described(text);
  return faultAt(path, {
    "zh-CN": `${found["zh-CN"]}不是有效的编号，请用 1 至 64 个字母、数字或“.”“_”“-”，并以字母或数字开头。`,
    en: `${found.en} is not an id; write 1 to 64 letters, digits, ".", "_" or "-", a letter or digit first.`,
  });
}

function tooLong(path: string, text: string, longest: number): InputFault {
  return faultAt(path, {
    "zh-CN": `“${excerptOf(text)}”过长（${text.length} 个字符），请缩短到 ${longest} 个字符以内。`,
    en: `"${excerptOf(text)}" is too long (${text.length} characters); shorten it to ${longest}.`,
  });
}

function invisible(path: string, character: string): InputFault {
  return faultAt(path, {
    "zh-CN": `含有不可见或无效的字符 ${codePointOf(character)}，请删除该字符。`,
    en: `contains ${codePointOf(character)}, which is invisible or no character at all; remove it.`,
  });
}
