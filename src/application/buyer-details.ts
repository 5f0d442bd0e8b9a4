import type { InputFault } from "../domain/input-fault.ts";
import type { ContractLanguage, Localized } from "../domain/localized.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import type { RequestDetails } from "../domain/snapshot-parties.ts";
import { lineFault } from "./line-fault.ts";
import type { GlyphCoverage } from "./ports.ts";
import { undrawableCharacter } from "./undrawable-character.ts";

/** What the buyer may fill in (R6), each on one line, in the order of the contract; the legal name is not among them. */
export const BUYER_FIELDS = ["contact", "postalAddress", "phone", "email", "purchaseOrder"] as const;
type BuyerField = (typeof BUYER_FIELDS)[number];

/** In UTF-16 code units. An address of e-mail has at most 254 (RFC 5321, section 4.5.3.1.3 with its erratum 1690). */
export const LONGEST: Readonly<Record<BuyerField, number>> = {
  contact: 200,
  postalAddress: 200,
  phone: 60,
  email: 254,
  purchaseOrder: 64,
};

const NAMES: Readonly<Record<BuyerField, Localized>> = {
  contact: { "zh-CN": "联系人", en: "the contact" },
  postalAddress: { "zh-CN": "通讯地址", en: "the postal address" },
  phone: { "zh-CN": "联系电话", en: "the phone number" },
  email: { "zh-CN": "电子邮箱", en: "the e-mail address" },
  purchaseOrder: { "zh-CN": "采购单号", en: "the purchase order number" },
};

const EMAIL =
  /^[^\s@"(),:;<>[\]\\.]+(?:\.[^\s@"(),:;<>[\]\\.]+)*@(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\.)+\p{L}[\p{L}\p{M}\p{N}-]+$/u;
/** "+86 571 5550 0199 转 801", "(020) 1234-5678 ext. 9", "95187 / 138 0000 0000". */
const PHONE = /^(?:[0-9+()（）.\-–#*/、,，; ]|转|分机|ext\b|x)+$/iu;
const FEWEST_DIGITS = 3;

/**
 * Reads what a buyer has filled in: trimmed, in normal form C, what is left out empty. One clear fault: a field that is
 * too long, holds what cannot be seen, is no address of e-mail or no phone number. Whether fonts can draw it is asked
 * separately (`undrawableDetail`).
 */
export function parseBuyerDetails(
  language: ContractLanguage,
  given: Readonly<Partial<Record<BuyerField, string | undefined>>>,
): Result<RequestDetails, InputFault> {
  const filledIn = { contact: "", postalAddress: "", phone: "", email: "", purchaseOrder: "" };
  for (const field of BUYER_FIELDS) {
    const text = (given[field] ?? "").trim().normalize("NFC");
    const fault = faultOf(field, text);
    if (fault) return fail({ field, message: sentence(field, fault) });
    filledIn[field] = text;
  }
  return succeed({ language, ...filledIn });
}

/** The first character that no font of ours has, with the field it is in; null when there is none. */
export function undrawableDetail(glyphs: GlyphCoverage, details: RequestDetails): InputFault | null {
  for (const field of BUYER_FIELDS) {
    const [character] = glyphs.missingCharacters(details[field]);
    if (character !== undefined) return undrawableCharacter(field, character);
  }
  return null;
}

function faultOf(field: BuyerField, text: string): Localized | null {
  const fault = lineFault(text, LONGEST[field]);
  if (fault || text === "") return fault;
  if (field === "email" && !EMAIL.test(text)) return NO_EMAIL;
  if (field === "phone" && !isPhone(text)) return NO_PHONE;
  return null;
}

function isPhone(text: string): boolean {
  return PHONE.test(text) && text.replaceAll(/\D/g, "").length >= FEWEST_DIGITS;
}

function sentence(field: BuyerField, fault: Localized): Localized {
  const name = NAMES[field];
  return { "zh-CN": `${field}：${name["zh-CN"]}${fault["zh-CN"]}`, en: `${field}: ${name.en} ${fault.en}` };
}

const NO_EMAIL: Localized = {
  "zh-CN": "格式不正确，请按 name@example.com 的格式填写一个邮箱。",
  en: "is not one; write a single address such as name@example.com.",
};

const NO_PHONE: Localized = {
  "zh-CN": "只能包含半角数字、空格以及 + - ( ) 等符号，分机号前可写“转”，例如 +86 571 5550 0199 转 801。",
  en: "may hold digits, spaces and signs such as + - ( ), and ext. before an extension, as in +86 571 5550 0199 ext. 801.",
};
