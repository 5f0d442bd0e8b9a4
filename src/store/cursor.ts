import { parseInstant } from "../domain/time.ts";

/** Where a page of newest-first rows ended: the time and the key of its last row. Opaque outside this room. */
export interface Cursor {
  readonly at: Date;
  readonly key: string;
}

export function encodeCursor({ at, key }: Cursor): string {
  return Buffer.from(`${at.toISOString()}|${key}`).toString("base64url");
}

/** What the key of a row looks like: an order number, or the id of a contract. */
export const ORDER_KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const CONTRACT_KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Null for anything that `encodeCursor` did not write for such a key: the page then starts from the beginning. */
export function decodeCursor(text: string | null, wanted: RegExp): Cursor | null {
  if (text === null) return null;
  const [time = "", key = ""] = Buffer.from(text, "base64url").toString("utf8").split("|");
  const at = parseInstant(time);
  return at !== null && wanted.test(key) ? { at: new Date(at), key } : null;
}
