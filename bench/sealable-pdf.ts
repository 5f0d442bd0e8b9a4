/**
 * Chromium numbers the structure parents of its links from 100000 on and still writes a /ParentTreeNextKey below them,
 * which our sealer refuses as unsound. One incremental update (ISO 32000-2, 7.5.6) puts the key right; well under a
 * millisecond, and without it there would be nothing to compare.
 */
export function sealablePdf(pdf: Buffer): Buffer {
  const text = pdf.toString("latin1");
  const root = lastMatch(text, /(\d+) 0 obj\n(<<\/Type \/StructTreeRoot[\s\S]*?>>)\nendobj/g);
  const trailer = lastMatch(text, /trailer\n<<([\s\S]*?)>>\nstartxref\n(\d+)/g);
  const [, number = "", dictionary = ""] = root;
  const [, entries = "", previous = ""] = trailer;
  const highest = Math.max(...[...text.matchAll(/\b(1\d{5}) \d+ 0 R/g)].map(([, key]) => Number(key)), 99_999);
  const repaired = dictionary.replace(/\/ParentTreeNextKey \d+/, `/ParentTreeNextKey ${highest + 1}`);
  const at = pdf.length + 1;
  const object = `\n${number} 0 obj\n${repaired}\nendobj\n`;
  const table = `xref\n${number} 1\n${String(at).padStart(10, "0")} 00000 n \n`;
  const end = `trailer\n<<${entries.trimEnd()}\n/Prev ${previous}>>\nstartxref\n${pdf.length + object.length}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(object + table + end, "latin1")]);
}

function lastMatch(text: string, pattern: RegExp): RegExpMatchArray {
  const found = [...text.matchAll(pattern)].at(-1);
  if (!found) throw new Error(`Chromium's PDF has no ${pattern.source.slice(0, 40)}`);
  return found;
}
