import { currentLanguage } from "../i18n/language.ts";
import { ProblemError, problemErrorOf } from "./problem-error.ts";

/** Sends the PDF as it is; the generated client would turn the body into JSON. Throws ProblemError unless it is taken. */
export async function postPdf(address: string, file: File, idempotencyKey: string): Promise<void> {
  const headers = {
    "Content-Type": "application/pdf",
    "Accept-Language": currentLanguage(),
    "Idempotency-Key": idempotencyKey,
  };
  const response = await fetch(address, { method: "POST", headers, body: file }).catch(() => null);
  if (!response) throw new ProblemError(null);
  if (!response.ok) throw problemErrorOf(await response.json().catch(() => null));
}
