import { openDocument, type PdfDocument } from "../pdf-document.ts";
import {
  isDictionary,
  isName,
  isReference,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, itemsOf, nameOf } from "../pdf-reading.ts";
import { findLastTable } from "../pdf-tail.ts";
import { refuse } from "../verdict.ts";
import { type ObjectScan, scanObjects } from "./object-scan.ts";
import { ContentWalk, type DrawnContent } from "./page-content.ts";
import { readStructureTree, type StructureTree } from "./structure-elements.ts";
import { readXmpPacket, type XmpPacket } from "./xmp-packet.ts";

export interface ExaminedPage {
  readonly number: number;
  /** "page 1 (object 234)". */
  readonly title: string;
  readonly dictionary: PdfDictionary;
  readonly annotations: readonly ExaminedAnnotation[];
}

export interface ExaminedAnnotation {
  readonly number: number;
  readonly title: string;
  readonly dictionary: PdfDictionary;
}

/** A file, read once for all rules. */
export interface ExaminedFile {
  readonly bytes: Buffer;
  readonly document: PdfDocument;
  readonly trailer: PdfDictionary;
  readonly catalog: PdfDictionary;
  readonly pages: readonly ExaminedPage[];
  readonly objects: ObjectScan;
  readonly content: DrawnContent;
  readonly structure: StructureTree;
  /** The packet of the catalog; a sentence where it cannot be read, null where there is none. */
  readonly metadata: XmpPacket | string | null;
}

const MAX_PAGES = 10_000;

/**
 * Reads all that rules look at, in steps of one page or one part of the file, between which the caller may let others
 * work. Ends with a Finding where the file cannot be read at all.
 */
export function* examineFile(pdf: Uint8Array): Generator<void, ExaminedFile> {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const document = openDocument(bytes, findLastTable(bytes));
  const trailer = document.revisions[0].trailer;
  const catalog = document.resolve(trailer.entries.get("Root"));
  if (!isDictionary(catalog)) return refuse("malformed_structure", "The file has no catalog.");
  const content = new ContentWalk(document);
  const pages = yield* readPages(document, catalog, content);
  const packet = catalog.entries.get("Metadata");
  const structure = readStructureTree(document, catalog);
  yield;
  const objects = scanObjects(document);
  yield;
  return {
    bytes,
    document,
    trailer,
    catalog,
    pages,
    objects,
    content,
    structure,
    metadata: isReference(packet) ? readXmpPacket(document.readStream(packet)) : null,
  };
}

function* readPages(
  document: PdfDocument,
  catalog: PdfDictionary,
  content: ContentWalk,
): Generator<void, readonly ExaminedPage[]> {
  const pages: ExaminedPage[] = [];
  const seen = new Set<number>();
  function* visit(value: PdfValue, inherited: PdfDictionary | null): Generator<void> {
    const node = document.resolve(value);
    if (!isReference(value) || !isDictionary(node) || seen.has(value.number) || pages.length >= MAX_PAGES) return;
    seen.add(value.number);
    const resources = dictionaryOf(document, node, "Resources") ?? inherited;
    if (nameOf(document, node, "Type") === "Pages") {
      for (const kid of itemsOf(document, node, "Kids")) yield* visit(kid, resources);
    } else {
      pages.push(readPage(document, { node, reference: value, resources, index: pages.length + 1 }, content));
      yield;
    }
  }
  yield* visit(catalog.entries.get("Pages") ?? null, null);
  return pages;
}

interface PageNode {
  readonly node: PdfDictionary;
  readonly reference: PdfReference;
  readonly resources: PdfDictionary | null;
  readonly index: number;
}

function readPage(
  document: PdfDocument,
  { node, reference, resources, index }: PageNode,
  content: ContentWalk,
): ExaminedPage {
  const title = `page ${index} (object ${reference.number})`;
  content.walkPage(readContents(document, node), reference.number, title, resources);
  const annotations = itemsOf(document, node, "Annots").flatMap((item) => {
    const dictionary = document.resolve(item);
    const number = isReference(item) ? item.number : 0;
    return isDictionary(dictionary)
      ? [{ number, title: `annotation object ${number}, page ${index}`, dictionary }]
      : [];
  });
  for (const annotation of annotations) {
    for (const stream of appearancesOf(document, annotation.dictionary))
      content.walkAppearance(stream, annotation.title);
  }
  return { number: reference.number, title, dictionary: node, annotations };
}

/** All streams of a page are one (ISO 32000-2, 7.8.2). */
function readContents(document: PdfDocument, page: PdfDictionary): Buffer {
  const contents = page.entries.get("Contents");
  const whole = document.resolve(contents);
  const streams = isDictionary(whole) ? [contents] : itemsOf(document, page, "Contents");
  const [only, ...others] = streams.map((stream) =>
    stream !== undefined && isReference(stream) ? document.readStream(stream) : Buffer.alloc(0),
  );
  if (only === undefined) return Buffer.alloc(0);
  return others.length === 0 ? only : Buffer.concat([only, ...others].flatMap((part) => [part, Buffer.from("\n")]));
}

/** Streams in an appearance dictionary, directly or by state (ISO 32000-2, 12.5.5). */
function appearancesOf(document: PdfDocument, annotation: PdfDictionary): readonly PdfValue[] {
  const appearance = dictionaryOf(document, annotation, "AP");
  return [...(appearance?.entries.values() ?? [])].flatMap((value) => {
    const found = document.resolve(value);
    if (!isDictionary(found)) return [];
    const isStream = found.entries.has("Length") || isName(entryOf(document, found, "Subtype"));
    return isStream ? [value] : [...found.entries.values()];
  });
}
