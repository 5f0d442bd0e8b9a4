import { useLanguage } from "../i18n/use-language.ts";
import type { HelpTexts } from "./help-content.ts";
import { HELP_EN } from "./help-en.ts";
import { HELP_ZH_CN } from "./help-zh-cn.ts";

/** What the help says in the reader's language; loaded with its pages, and with nothing else. */
export function useHelpTexts(): HelpTexts {
  const { language } = useLanguage();
  return language === "en" ? HELP_EN : HELP_ZH_CN;
}
