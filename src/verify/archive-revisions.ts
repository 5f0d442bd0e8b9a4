import { explainRevision } from "./archive-revision.ts";
import { highestReference } from "./pdf-difference.ts";
import { openDocument, type PdfDocument } from "./pdf-document.ts";
import { isArray, isDictionary, isIndex } from "./pdf-lexer.ts";
import { findLastTable } from "./pdf-tail.ts";
import { notAnArchive, notExplained } from "./revision-bytes.ts";
import { readSecurityStore, type SecurityStore } from "./security-store.ts";
import { isPlainRange, type SignatureDictionary } from "./signature-field.ts";
import { Finding } from "./verdict.ts";

/** A sealed file with archive data behind it, taken apart; what the data says is not looked at yet. */
export interface Archive {
  /** The file as it was sealed: the first bytes of this one. */
  readonly sealed: PdfDocument;
  /** Oldest first; each with the file as it was when the timestamp was made. */
  readonly timestamps: readonly { readonly document: PdfDocument; readonly signature: SignatureDictionary }[];
  readonly store: SecurityStore;
}

/** Two revisions each time that an archive is renewed, which is every few years. */
const mostLaterRevisions = 64;

/**
 * Takes apart a file whose certification covers its first bytes and that goes on behind them; null when it does not go
 * on.
 */
export function readArchive(document: PdfDocument): Archive | null {
  const sealedLength = certifiedLength(document);
  return sealedLength !== null && goesOn(document, sealedLength) ? takeApart(document, sealedLength) : null;
}

/** Whether a revision stands behind these first bytes. */
export function goesOn({ bytes, revisions }: PdfDocument, length: number): boolean {
  return length < bytes.length && revisions[0].offset >= length;
}

/**
 * Ends with `later_revision_changes_content` or `later_revision_unexplained` unless each revision behind the signed
 * bytes is archive data or a document timestamp and the last one, when there is any timestamp, is one too: data that no
 * timestamp covers could be anybody's.
 */
export function takeApart(document: PdfDocument, sealedLength: number): Archive {
  const { bytes, revisions } = document;
  const later = revisions.filter(({ offset }) => offset >= sealedLength).toReversed();
  if (later.length > mostLaterRevisions) notExplained("many more than an archive has");
  const sealed = openPrefix(document, sealedLength);
  const size = sealed.revisions[0].trailer.entries.get("Size");
  if (!isIndex(size) || highestReference(sealed) >= size) {
    notAnArchive("the sealed part refers to objects that only came with it");
  }
  const timestamps: { document: PdfDocument; signature: SignatureDictionary }[] = [];
  let before = sealed;
  for (const [index, revision] of later.entries()) {
    const after = openPrefix(document, index === later.length - 1 ? bytes.length : endOf(bytes, revision.offset));
    const [newest, previous] = after.revisions;
    if (newest.offset !== revision.offset || previous?.offset !== before.revisions[0].offset) {
      notExplained("it does not continue the one before");
    }
    const signature = explainRevision(before, after);
    if (signature) timestamps.push({ document: after, signature });
    else if (index === later.length - 1 && timestamps.length > 0) notExplained("no timestamp covers its archive data");
    before = after;
  }
  const store = readSecurityStore(before) ?? { certificates: [], crls: [], ocsps: [], signatures: [] };
  return { sealed, timestamps, store };
}

/** How many bytes the certification that the catalog names says it covers; null when it does not say plainly. */
function certifiedLength(document: PdfDocument): number | null {
  const catalog = document.resolve(document.revisions[0].trailer.entries.get("Root"));
  const permissions = isDictionary(catalog) ? document.resolve(catalog.entries.get("Perms")) : null;
  const signature = isDictionary(permissions) ? document.resolve(permissions.entries.get("DocMDP")) : null;
  const range = isDictionary(signature) ? document.resolve(signature.entries.get("ByteRange")) : null;
  const numbers = isArray(range) ? range.items : [];
  return isPlainRange(numbers) ? numbers[2] + numbers[3] : null;
}

/** The file as it was when it ended here. */
function openPrefix({ bytes, unpacked }: PdfDocument, length: number): PdfDocument {
  const prefix = bytes.subarray(0, length);
  try {
    return openDocument(prefix, findLastTable(prefix), "refused", unpacked);
  } catch (error) {
    if (!(error instanceof Finding)) throw error;
    return notExplained("the part before it is no whole file");
  }
}

/** Just behind the end-of-file mark that belongs to this table. */
function endOf(bytes: Buffer, table: number): number {
  const mark = /startxref\s+(\d+)\s+%%EOF(?:\r\n|\r|\n)?/g;
  const found = mark.exec(bytes.toString("latin1", table, Math.min(bytes.length, table + 1024 * 1024)));
  if (!found || Number(found[1]) !== table) return notExplained("it has no end");
  return table + found.index + found[0].length;
}
