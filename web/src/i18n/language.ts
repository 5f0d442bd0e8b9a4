export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const STORAGE_KEY = "orderseal.language";

/** The reader's own choice, else what the browser asks for, else English. */
export function currentLanguage(): Language {
  const chosen = readChoice();
  if (chosen) return chosen;
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

let lasting: Language | null = null;

function readChoice(): Language | null {
  if (lasting) return lasting;
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return LANGUAGES.find((language) => language === stored) ?? null;
  } catch {
    return null;
  }
}
