/** What a ToUnicode map says of character codes of two bytes (ISO 32000-2, 9.10.3). */
export interface UnicodeMap {
  /** Text by code. */
  readonly texts: ReadonlyMap<number, string>;
  /** /WMode as the map itself sets it. */
  readonly writingMode: number;
  /** Whether it takes anything over from another map. */
  readonly usesAnother: boolean;
}

const SECTION = /begin(bfchar|bfrange)\b([\s\S]*?)end\1\b/g;
const TOKEN = /<([0-9A-Fa-f\s]*)>|(\[)|(\])/g;

/** Reads the sections `bfchar` and `bfrange`; a map of another kind has no texts. */
export function readUnicodeMap(data: Buffer): UnicodeMap {
  const source = data.toString("latin1");
  const texts = new Map<number, string>();
  for (const [, kind, body = ""] of source.matchAll(SECTION)) {
    const tokens = [...body.matchAll(TOKEN)].map(([, hex, opening]) => hex ?? (opening ? "[" : "]"));
    if (kind === "bfchar") readCharacters(tokens, texts);
    else readRanges(tokens, texts);
  }
  const mode = /\/WMode\s+(\d)\s+def\b/.exec(source);
  return { texts, writingMode: Number(mode?.[1] ?? 0), usesAnother: /\busecmap\b/.test(source) };
}

function readCharacters(tokens: readonly string[], texts: Map<number, string>): void {
  for (let at = 0; at + 1 < tokens.length; at += 2) {
    texts.set(Number.parseInt(tokens[at] ?? "", 16), textOf(tokens[at + 1] ?? ""));
  }
}

function readRanges(tokens: readonly string[], texts: Map<number, string>): void {
  for (let at = 0; at + 2 < tokens.length; ) {
    const [first, last] = [Number.parseInt(tokens[at] ?? "", 16), Number.parseInt(tokens[at + 1] ?? "", 16)];
    at += 2;
    if (tokens[at] === "[") {
      at++;
      for (let code = first; tokens[at] !== "]" && at < tokens.length; code++, at++)
        texts.set(code, textOf(tokens[at] ?? ""));
      at++;
      continue;
    }
    const start = textOf(tokens[at] ?? "");
    at++;
    const [head, tail] = [start.slice(0, -1), start.charCodeAt(start.length - 1)];
    for (let code = first; code <= Math.min(last, 0xffff); code++) {
      texts.set(code, head + String.fromCharCode(tail + code - first));
    }
  }
}

function textOf(hex: string): string {
  const digits = hex.replace(/\s/g, "");
  const bytes = Buffer.from(digits.length % 4 === 0 ? digits : "", "hex");
  return bytes.swap16().toString("utf16le");
}
