/** Where a page of newest-first rows ended: the time and the key of its last row. Opaque outside this room. */
export interface Cursor {
  readonly at: Date;
  readonly key: string;
}

export function encodeCursor({ at, key }: Cursor): string {
  return Buffer.from(`${at.toISOString()}|${key}`).toString("base64url");
}

/** Null for anything that `encodeCursor` did not write: the page then starts from the beginning. */
export function decodeCursor(text: string | null): Cursor | null {
  if (text === null) return null;
  const [time, key] = Buffer.from(text, "base64url").toString("utf8").split("|");
  const at = new Date(time ?? "");
  return key && !Number.isNaN(at.getTime()) ? { at, key } : null;
}
