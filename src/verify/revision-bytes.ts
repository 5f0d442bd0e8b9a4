import type { PdfDocument } from "./pdf-document.ts";
import { isDictionary, isIndex } from "./pdf-lexer.ts";
import { type Allowance, type PdfObject, readObjectAt } from "./pdf-object.ts";
import { refuse } from "./verdict.ts";

/** The objects that a revision writes, each read where its table says. */
export type WrittenObjects = ReadonlyMap<number, PdfObject>;

/**
 * The newest revision's objects, after checking that there is nothing else: from `start` to its table one object
 * follows the other with white space between them, then table, trailer and end of file. Readers that search a file
 * rather than follow its tables see no more than others, then.
 */
export function readWrittenObjects(document: PdfDocument, start: number): WrittenObjects {
  const { bytes, revisions } = document;
  const [{ objects, offset: table }] = revisions;
  const allowance: Allowance = { bytesToParse: 2 * (bytes.length - start) + 65_536, unpacking: { bytesLeft: 0 } };
  const written = new Map<number, PdfObject>();
  let at = start;
  const places = [...objects]
    // The head of the list of free objects, which some writers repeat.
    .filter(([number, entry]) => number !== 0 || entry.kind !== "free")
    .map(([number, entry]) => {
      if (entry.kind === "offset" && entry.generation === 0) return { number, offset: entry.offset };
      if (entry.kind === "free") return notAnArchive("it frees objects");
      return notExplained("it keeps its objects in a form that is not read here");
    });
  for (const { number, offset } of places.toSorted((left, right) => left.offset - right.offset)) {
    if (offset < at || !isSpace(bytes, at, offset)) notExplained("something stands between its objects");
    const object = readObjectAt(bytes, offset, allowance);
    if (object.number !== number) notExplained("an object is not where its table says");
    written.set(number, object);
    at = endOf(bytes, object);
  }
  if (table < at || !isSpace(bytes, at, table)) notExplained("something stands between its objects");
  // One table with one trailer: no second end of file and no comment hides behind the first. And one end: a last line
  // end that may be there or not would make two files of one.
  const rest = bytes.toString("latin1", table);
  if (
    !/^xref[^%]*startxref\s+\d+\s+%%EOF(?:\r\n|\r|\n)$/.test(rest) ||
    rest.indexOf("startxref") !== rest.lastIndexOf("startxref")
  )
    notExplained("something stands behind its table");
  return written;
}

/** A revision that is no plain addition of archive data is what it always was: a change after the seal. */
export function notAnArchive(what: string): never {
  return refuse("later_revision_changes_content", `A revision was added to the file after it was sealed, and ${what}.`);
}

/** One that is not shown to change anything, nor to leave everything alone: empty, or written in a form not read here. */
export function notExplained(what: string): never {
  return refuse("later_revision_unexplained", `A revision was added to the file after it was sealed, and ${what}.`);
}

function isSpace(bytes: Buffer, from: number, to: number): boolean {
  return /^[\0\t\n\f\r ]*$/.test(bytes.toString("latin1", from, to));
}

/** Just behind `endobj`; a stream's direct /Length tells where it ends. */
function endOf(bytes: Buffer, { value, streamStart, end }: PdfObject): number {
  if (streamStart === null) return end;
  const length = isDictionary(value) ? value.entries.get("Length") : undefined;
  if (!isIndex(length)) return notExplained("a stream in it does not say its length");
  const close = /^\s*endstream\s+endobj/.exec(
    bytes.toString("latin1", streamStart + length, streamStart + length + 40),
  );
  return close ? streamStart + length + close[0].length : notExplained("a stream in it does not end as it says");
}
