/** A text in the two languages of the product. */
export interface Localized {
  readonly "zh-CN": string;
  readonly en: string;
}

export type Language = keyof Localized;

/** The language or languages a contract is written in. */
export type ContractLanguage = Language | "zh-CN+en";

export const CONTRACT_LANGUAGES: readonly ContractLanguage[] = ["zh-CN+en", "zh-CN", "en"];
