import { randomBytes } from "node:crypto";
import { v7 } from "uuid";

/** A UUIDv7 (RFC 9562, section 5.7): sorts by time, so that new rows land at the end of their index. */
export function newId(): string {
  return v7();
}

/** Crockford's base 32 leaves out I, L, O and U, which people misread. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Sixteen characters, eighty random bits: what opens a contract's status page beside its number. */
export function newCode(): string {
  return Array.from(randomBytes(16), (byte) => ALPHABET.charAt(byte & 31)).join("");
}
