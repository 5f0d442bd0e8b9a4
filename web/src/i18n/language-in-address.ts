import { parseLanguage, rememberLanguage } from "./language.ts";

/**
 * A link into the console may say in which language its reader reads. It is taken once and leaves the address, so that it
 * overrules no later choice, nor that of whoever the address is sent to.
 */
export function takeLanguageFromAddress(): void {
  const url = new URL(window.location.href);
  const asked = url.searchParams.get("lang");
  if (asked === null) return;
  const language = parseLanguage(asked);
  if (language) rememberLanguage(language);
  url.searchParams.delete("lang");
  window.history.replaceState(window.history.state, "", url);
}
