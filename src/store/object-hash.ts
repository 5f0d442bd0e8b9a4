import { createHash } from "node:crypto";
import type { Sha256 } from "../domain/identifiers.ts";

/** The name of a stored file: the SHA-256 of its bytes in lower-case hexadecimal. */
export function hashOfObject(bytes: Uint8Array): Sha256 {
  return createHash("sha256").update(bytes).digest("hex") as Sha256;
}
