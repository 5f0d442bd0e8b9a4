import type { Language } from "./languages.ts";
import { LANGUAGES } from "./languages.ts";

const STORAGE_KEY = "orderseal.language";

/** The reader's own choice, else what the session says, else what the browser asks for, else English. */
export function currentLanguage(): Language {
  const known = readChoice() ?? suggested;
  if (known) return known;
  return navigator.languages.some((language) => language.toLowerCase().startsWith("zh")) ? "zh-CN" : "en";
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage can be switched off; the choice then lasts as long as the page.
  }
  lasting = language;
}

export function setSuggestedLanguage(language: Language | null): void {
  suggested = language;
}

export function parseLanguage(text: string | null): Language | null {
  return LANGUAGES.find((language) => language === text) ?? null;
}

let lasting: Language | null = null;
let suggested: Language | null = null;

function readChoice(): Language | null {
  if (lasting) return lasting;
  try {
    return parseLanguage(localStorage.getItem(STORAGE_KEY));
  } catch {
    return null;
  }
}
