import i18next from "i18next";
import { currentLanguage, type Language, setSuggestedLanguage } from "./language.ts";

/** What the session says its reader reads: holds unless the reader has chosen, and no longer than the session. */
export function suggestLanguage(language: Language | null): void {
  setSuggestedLanguage(language);
  const current = currentLanguage();
  if (i18next.language !== current) void i18next.changeLanguage(current);
}
