import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import { currentLanguage } from "./language.ts";
import { zhCN } from "./zh-CN.ts";

/** Loads both dictionaries (a few kB each) so that switching needs no request, and keeps `<html lang>` true. */
export function startI18n(): void {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  void i18next.use(initReactI18next).init({
    lng: currentLanguage(),
    fallbackLng: false,
    defaultNS: "console",
    resources: { "zh-CN": { console: zhCN }, en: { console: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
