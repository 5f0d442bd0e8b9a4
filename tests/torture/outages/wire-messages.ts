interface WireMessage {
  /** Its letter, or "startup" for the first one of the frontend, which has none. */
  readonly kind: string;
  readonly bytes: Buffer;
  /** What it says, where that is text: of a statement, its SQL. */
  readonly text: string;
}

/**
 * Cuts what one side of a connection sends into messages: a letter, then four bytes of length that count themselves
 * (PostgreSQL manual, 54.7). Give it the chunks in their order.
 */
export function messageReader(side: "frontend" | "backend"): (chunk: Buffer) => readonly WireMessage[] {
  let rest = Buffer.alloc(0);
  let isStartup = side === "frontend";
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: WireMessage[] = [];
    for (;;) {
      const head = isStartup ? 0 : 1;
      if (rest.length < head + 4) return messages;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return messages;
      const bytes = rest.subarray(0, length);
      rest = rest.subarray(length);
      const kind = isStartup ? "startup" : String.fromCharCode(bytes[0] ?? 0);
      isStartup = false;
      messages.push({ kind, bytes, text: kind === "P" ? sqlOfParse(bytes) : bytes.toString("utf8", head + 4) });
    }
  };
}

/** A Parse begins with the name of the statement. */
function sqlOfParse(bytes: Buffer): string {
  const text = bytes.toString("utf8", 5);
  return text.slice(text.indexOf("\0") + 1).split("\0")[0] ?? "";
}
