import type { HttpDependencies } from "./dependencies.ts";

/** A secret as it stands in an answer that is kept to be given again: for whoever has the master key, and nobody else. */
export function lockSecret({ answerSecrets }: Pick<HttpDependencies, "answerSecrets">, secret: string): string {
  return Buffer.from(answerSecrets.lock(Buffer.from(secret), "")).toString("base64");
}

/** Null where the answer was kept under a master key that is not at hand any more. */
export function openSecret({ answerSecrets }: Pick<HttpDependencies, "answerSecrets">, locked: string): string | null {
  const secret = answerSecrets.open(Buffer.from(locked, "base64"), "");
  return secret && Buffer.from(secret).toString();
}
