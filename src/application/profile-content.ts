import { canonicalJson } from "../domain/canonical-json.ts";
import type { ProfileContent } from "../domain/contact-profile.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { CONTRACT_LANGUAGES, type Localized } from "../domain/localized.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import type { RequestDetails } from "../domain/snapshot-parties.ts";
import { BUYER_FIELDS, undrawableDetail } from "./buyer-details.ts";
import { lineFault } from "./line-fault.ts";
import type { GlyphCoverage } from "./ports.ts";

/** In UTF-16 code units: it stands in a list to choose from. */
export const LONGEST_LABEL = 60;

const NAME: Localized = { "zh-CN": "联系信息名称", en: "the profile's name" };
const NAMELESS: Localized = {
  "zh-CN": "不能为空，请填写便于识别的名称，例如“采购部”。",
  en: "must not be empty; give one that it is recognised by, such as Procurement.",
};

/**
 * What a profile says: what a request may say (`parseBuyerDetails` has read it), under a name. One clear fault: a name that
 * is missing, too long or holds what cannot be seen, and what no font can draw, since every contract with it would be refused.
 */
export function profileContent(
  glyphs: GlyphCoverage,
  givenLabel: string,
  details: RequestDetails,
): Result<ProfileContent, InputFault> {
  const label = givenLabel.trim().normalize("NFC");
  const fault = label === "" ? NAMELESS : lineFault(label, LONGEST_LABEL);
  if (fault) {
    const message = { "zh-CN": `label：${NAME["zh-CN"]}${fault["zh-CN"]}`, en: `label: ${NAME.en} ${fault.en}` };
    return fail({ field: "label", message });
  }
  const undrawable = undrawableDetail(glyphs, details);
  return undrawable ? fail(undrawable) : succeed({ label, ...details });
}

/** The same text for the same content. */
export function textOfProfile({ label, language, ...details }: ProfileContent): string {
  return canonicalJson({ label, language, ...filledIn(details) });
}

/** What `textOfProfile` has written; null for anything else. */
export function profileOfText(text: string): ProfileContent | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return null;
  const members = new Map<string, unknown>(Object.entries(value));
  const read = (name: string) => {
    const member = members.get(name);
    return typeof member === "string" ? member : null;
  };
  const [label, written] = [read("label"), read("language")];
  const language = CONTRACT_LANGUAGES.find((known) => known === written);
  if (label === null || language === undefined || BUYER_FIELDS.some((field) => read(field) === null)) return null;
  const details = Object.fromEntries(BUYER_FIELDS.map((field) => [field, read(field) ?? ""]));
  return { label, language, ...filledIn(details) };
}

function filledIn(details: Partial<Record<(typeof BUYER_FIELDS)[number], string>>) {
  const { contact = "", postalAddress = "", phone = "", email = "", purchaseOrder = "" } = details;
  return { contact, postalAddress, phone, email, purchaseOrder };
}
