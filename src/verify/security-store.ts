import { appendedItems, isSame } from "./pdf-difference.ts";
import type { PdfDocument } from "./pdf-document.ts";
import { isArray, isDictionary, isReference, isString, type PdfDictionary, type PdfValue } from "./pdf-lexer.ts";
import { notAnArchive, notExplained, type WrittenObjects } from "./revision-bytes.ts";

/** What a document security store holds (ETSI EN 319 142-1 §5.4.2), unread; `signatures` are the keys of its /VRI. */
export interface SecurityStore {
  readonly certificates: readonly Buffer[];
  readonly crls: readonly Buffer[];
  readonly ocsps: readonly Buffer[];
  readonly signatures: readonly string[];
}

const lists = ["Certs", "CRLs", "OCSPs"] as const;
const listOfVri: ReadonlyMap<string, (typeof lists)[number]> = new Map([
  ["Cert", "Certs"],
  ["CRL", "CRLs"],
  ["OCSP", "OCSPs"],
]);
const mostEntries = 1024;

/**
 * Marks in `explained` the objects of a revision that are nothing but its security store: the dictionary itself, and
 * streams under numbers that were free, behind all that the store held before. Ends with `later_revision_unexplained`
 * otherwise, or with `later_revision_changes_content` where something else makes room for it.
 * Returns how many streams it adds.
 */
export function explainStore(
  before: PdfDocument,
  after: PdfDocument,
  written: WrittenObjects,
  explained: Set<number>,
): number {
  const [former, later] = [storeOf(before), storeOf(after)];
  if (!later) {
    if (former) notExplained("it takes the archive data away");
    return 0;
  }
  if (later.number !== null && written.has(later.number)) {
    if (former?.number !== later.number && isTaken(before, later.number)) {
      notAnArchive("it puts archive data in the place of something else");
    }
    explained.add(later.number);
  }
  for (const key of later.dictionary.entries.keys()) {
    if (key !== "Type" && key !== "VRI" && !lists.some((list) => list === key)) {
      notExplained("its archive data holds something else");
    }
  }
  let additions = 0;
  for (const list of lists) {
    const none: PdfValue = { kind: "array", items: [] };
    const added = appendedItems(
      after.bytes,
      former?.dictionary.entries.get(list),
      later.dictionary.entries.get(list) ?? none,
    );
    if (!added) notExplained("it takes archive data away");
    for (const item of added) explainStream(before, item, written, explained);
    additions += added.length;
  }
  checkVri(after, later.dictionary);
  return additions;
}

function explainStream(before: PdfDocument, item: PdfValue, written: WrittenObjects, explained: Set<number>): void {
  if (!isReference(item) || isTaken(before, item.number)) {
    notAnArchive("its archive data is not in streams of its own");
  }
  const object = written.get(item.number);
  const value = object?.value;
  if (object?.streamStart == null || !value || !isDictionary(value)) {
    notExplained("its archive data is not in streams of its own");
  }
  for (const key of value.entries.keys()) {
    if (key !== "Length" && key !== "Filter") notExplained("a stream of its archive data is more than that");
  }
  explained.add(item.number);
}

/** A number that the file uses, or leaves open below its /Size, may already be referred to. */
export function isTaken(before: PdfDocument, number: number): boolean {
  const size = before.revisions[0].trailer.entries.get("Size");
  return typeof size !== "number" || number < size;
}

/** Direct, as everything in a store but the streams: names of signatures with lists of what is in the store. */
function checkVri(document: PdfDocument, store: PdfDictionary): void {
  const vri = store.entries.get("VRI");
  if (vri === undefined) return;
  if (!isDictionary(vri)) notExplained("its archive data is not as it should be");
  for (const entry of vri.entries.values()) {
    if (!isDictionary(entry)) notExplained("its archive data is not as it should be");
    for (const [key, value] of entry.entries) {
      const list = listOfVri.get(key);
      const known = list ? itemsOf(store, list) : [];
      const isSound = isArray(value)
        ? value.items.every((item) => known.some((one) => isSame(document.bytes, one, item)))
        : key === "TU" && isString(value);
      if (!isSound) notExplained("its archive data is not as it should be");
    }
  }
}

/** The store of the newest view; every stream in it read. Null when the file has none. */
export function readSecurityStore(document: PdfDocument): SecurityStore | null {
  const store = storeOf(document);
  if (!store) return null;
  const read = (list: (typeof lists)[number]): Buffer[] => {
    const items = itemsOf(store.dictionary, list);
    if (items.length > mostEntries) notExplained("it holds more archive data than is read");
    return items.map((item) =>
      isReference(item) ? document.readStream(item) : notExplained("its archive data is not as it should be"),
    );
  };
  const vri = store.dictionary.entries.get("VRI") ?? null;
  return {
    certificates: read("Certs"),
    crls: read("CRLs"),
    ocsps: read("OCSPs"),
    signatures: isDictionary(vri) ? [...vri.entries.keys()] : [],
  };
}

/** `number` is null for a store that stands in the catalog itself. */
function storeOf(document: PdfDocument): { readonly number: number | null; readonly dictionary: PdfDictionary } | null {
  const catalog = document.resolve(document.revisions[0].trailer.entries.get("Root"));
  const value = isDictionary(catalog) ? catalog.entries.get("DSS") : undefined;
  if (value === undefined) return null;
  const dictionary = document.resolve(value);
  if (!isDictionary(dictionary)) return notExplained("its archive data is not as it should be");
  return { number: isReference(value) ? value.number : null, dictionary };
}

function itemsOf(store: PdfDictionary, list: string): readonly PdfValue[] {
  const value = store.entries.get(list) ?? null;
  return isArray(value) ? value.items : [];
}
