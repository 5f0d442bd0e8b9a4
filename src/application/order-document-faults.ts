import type { InputFault } from "../domain/input-fault.ts";
import type { Localized } from "../domain/localized.ts";

/** How much of a faulty value a sentence repeats: enough to recognise it, too little to flood a log. */
const QUOTED_CHARACTERS = 40;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const PLAIN_MEMBER = /^[A-Za-z0-9_-]{1,40}$/;

/** A fault whose sentence begins with the field, so that `relabelled` can put another name there. */
export function faultAt(field: string, message: Localized): InputFault {
  return {
    field,
    message: { "zh-CN": opening(field, "：") + message["zh-CN"], en: opening(field, ": ") + message.en },
  };
}

/** The same fault under the name that the reader's own file or system gives the field; `place` says where it stands. */
export function relabelled(fault: InputFault, field: string, place: Localized | null = null): InputFault {
  const zh = fault.message["zh-CN"].slice(opening(fault.field, "：").length);
  const en = fault.message.en.slice(opening(fault.field, ": ").length);
  if (!place) return faultAt(field, { "zh-CN": zh, en });
  const message = { "zh-CN": `${field}（${place["zh-CN"]}）：${zh}`, en: `${field} (${place.en}): ${en}` };
  return { field, message };
}

/** The beginning of a text on one line: what is invisible or broken in it is spelt out as \uXXXX. */
export function excerptOf(text: string): string {
  const head = Array.from(text.slice(0, 2 * QUOTED_CHARACTERS + 2));
  const excerpt = head.length > QUOTED_CHARACTERS ? `${head.slice(0, QUOTED_CHARACTERS - 1).join("")}…` : head.join("");
  return excerpt.replace(INVISIBLE, spelt);
}

/** What a value is, in words: “abc”, the number 12, a list. */
export function described(value: unknown): Localized {
  if (typeof value === "string") return { "zh-CN": `“${excerptOf(value)}”`, en: `"${excerptOf(value)}"` };
  if (typeof value === "number") return { "zh-CN": `数字 ${value}`, en: `the number ${value}` };
  if (typeof value === "boolean") return { "zh-CN": `布尔值 ${value}`, en: `the boolean ${value}` };
  if (Array.isArray(value)) return { "zh-CN": "列表", en: "a list" };
  return { "zh-CN": "对象", en: "an object" };
}

export function missing(field: string, expected: Localized): InputFault {
  return faultAt(field, { "zh-CN": `缺少此项，请填写${expected["zh-CN"]}。`, en: `missing; write ${expected.en}.` });
}

export function wrongKind(field: string, value: unknown, expected: Localized): InputFault {
  const found = described(value);
  return faultAt(field, {
    "zh-CN": `此处不能是${found["zh-CN"]}，请填写${expected["zh-CN"]}。`,
    en: `${found.en} does not belong here; write ${expected.en}.`,
  });
}

/** `path` is the path of the object, `name` the member that it should not have. */
export function unknownMember(path: string, name: string, owner: Localized, known: readonly string[]): InputFault {
  const shown = PLAIN_MEMBER.test(name) ? name : `"${excerptOf(name)}"`;
  return faultAt(memberPath(path, shown), {
    "zh-CN": `${owner["zh-CN"]}没有这个字段，请删除（可用字段：${known.join("、")}）。`,
    en: `not a field of ${owner.en}; leave it out (its fields are ${known.join(", ")}).`,
  });
}

export function memberPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

export function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function opening(field: string, colon: string): string {
  return field === "" ? "" : field + colon;
}

function spelt(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}
