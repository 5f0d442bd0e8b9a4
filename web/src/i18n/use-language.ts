import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { rememberLanguage } from "./language.ts";
import type { Language } from "./languages.ts";

/** The language on screen, and how to change it; sentences that the server wrote are fetched anew. */
export function useLanguage(): { language: Language; choose: (language: Language) => void } {
  const { i18n } = useTranslation();
  const queries = useQueryClient();
  const choose = (language: Language) => {
    rememberLanguage(language);
    void i18n.changeLanguage(language);
    void queries.invalidateQueries();
  };
  return { language: i18n.language === "en" ? "en" : "zh-CN", choose };
}
