import type { Localized } from "../domain/localized.ts";

/** A fault in a few words, and what to do about it. */
export interface FaultText {
  readonly title: Localized;
  readonly detail: Localized;
}

export function faultText(titleZh: string, titleEn: string, detailZh: string, detailEn: string): FaultText {
  return { title: { "zh-CN": titleZh, en: titleEn }, detail: { "zh-CN": detailZh, en: detailEn } };
}
