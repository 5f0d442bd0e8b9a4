/** What a contract can be written in, the usual one first. */
export const CONTRACT_LANGUAGES = ["zh-CN+en", "zh-CN", "en"] as const;
export type ContractLanguage = (typeof CONTRACT_LANGUAGES)[number];
