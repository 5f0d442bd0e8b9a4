import { createHash } from "node:crypto";

/** The hash function of the transparency log. */
export function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** What is entered for a statement: whoever sees it and not the salt can guess nothing. */
export function entryOf(salt: Uint8Array, statement: string): Uint8Array {
  return sha256(salt, statement);
}
