import { currentLanguage } from "../i18n/language.ts";
import { ProblemError, problemErrorOf } from "./problem-error.ts";

/** The bytes of a PDF of our own; throws ProblemError where there is none. */
export async function fetchPdf(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const headers = { "Accept-Language": currentLanguage() };
  const response = await fetch(url, { headers, signal }).catch(() => null);
  if (!response) throw new ProblemError(null);
  if (!response.ok) throw problemErrorOf(await response.json().catch(() => null));
  return new Uint8Array(await response.arrayBuffer());
}
