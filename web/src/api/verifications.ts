import { queryOptions, skipToken } from "@tanstack/react-query";
import { currentLanguage } from "../i18n/language.ts";
import { bodyOf, client } from "./client.ts";
import { ProblemError, problemErrorOf } from "./problem-error.ts";
import type { components } from "./schema";

export type Verification = components["schemas"]["Verification"];
export type ContractStatus = components["schemas"]["ContractStatus"];

/** What is on record under a number, for whoever knows the code printed beside it. */
export function contractStatusQuery(number: string, code: string) {
  return queryOptions({
    queryKey: ["contract-status", number, code],
    queryFn: () => bodyOf(client.GET("/v1/verify/{number}", { params: { path: { number }, query: { code } } })),
    enabled: code !== "",
    retry: false,
  });
}

/** A file to be checked; another turn where the same one is chosen again. */
export interface Chosen {
  readonly file: File;
  readonly turn: number;
}

/** Asked once, and anew where the reader changes the language: the answer's sentences are the server's. */
export function verificationQuery(chosen: Chosen | null) {
  return queryOptions({
    queryKey: ["verification", chosen?.turn, chosen?.file.name, chosen?.file.size, chosen?.file.lastModified],
    queryFn: chosen ? () => verifyPdf(chosen.file) : skipToken,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** Sends the file as it is; the generated client would turn the body into JSON. */
async function verifyPdf(file: File): Promise<Verification> {
  const response = await fetch("/v1/verifications", {
    method: "POST",
    headers: { "Content-Type": "application/pdf", "Accept-Language": currentLanguage() },
    body: file,
  }).catch(() => null);
  if (!response) throw new ProblemError(null);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok || !isVerification(body)) throw problemErrorOf(body);
  return body;
}

function isVerification(body: unknown): body is Verification {
  return typeof body === "object" && body !== null && "verdict" in body && "reason" in body;
}
