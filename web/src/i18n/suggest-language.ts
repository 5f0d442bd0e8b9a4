import i18next from "i18next";
import { currentLanguage, setSuggestedLanguage } from "./language.ts";
import type { Language } from "./languages.ts";

/** What the session says its reader reads: holds unless the reader has chosen, and no longer than the session. */
export function suggestLanguage(language: Language | null): void {
  setSuggestedLanguage(language);
  const current = currentLanguage();
  if (i18next.language !== current) void i18next.changeLanguage(current);
}
