import { isArray, isDictionary, isName, isString } from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, itemsOf, numberOf, numbersOf, stringBytes } from "../pdf-reading.ts";
import type { ExaminedFile } from "./examined-file.ts";
import type { Rule } from "./rule.ts";

/** How the bytes are laid out: ISO 19005-3, 6.1. */
export const FILE_RULES: readonly Rule[] = [
  { name: "header", clause: "ISO 19005-3, 6.1.2 (veraPDF 6.1.2-1, 6.1.2-2)", check: header },
  { name: "file-identifier", clause: "ISO 19005-3, 6.1.3 (veraPDF 6.1.3-1)", check: fileIdentifier },
  { name: "cross-reference-spacing", clause: "ISO 19005-3, 6.1.4 (veraPDF 6.1.4-2)", check: crossReferenceSpacing },
  { name: "objects-in-the-open", clause: "this house: strings are read in their place", check: objectsInTheOpen },
  {
    name: "hexadecimal-pairs",
    clause: "ISO 19005-3, 6.1.6 (veraPDF 6.1.6-1)",
    check: ({ objects }) => objects.oddHexStrings,
  },
  {
    name: "object-spacing",
    clause: "ISO 19005-3, 6.1.7.1 and 6.1.9 (veraPDF 6.1.7-1, 6.1.7-2, 6.1.9-1)",
    check: objectSpacing,
  },
  { name: "stream-lengths", clause: "ISO 19005-3, 6.1.7.1 (veraPDF 6.1.7-1)", check: streamLengths },
  { name: "no-external-streams", clause: "ISO 19005-3, 6.1.7.1 (veraPDF 6.1.7-3)", check: noExternalStreams },
  { name: "stream-filters", clause: "ISO 19005-3, 6.1.7.2 (veraPDF 6.1.7-4)", check: streamFilters },
  { name: "permissions", clause: "ISO 19005-3, 6.1.12 (veraPDF 6.1.12-1, 6.1.12-2)", check: permissions },
  { name: "limits", clause: "ISO 19005-3, 6.1.13 (veraPDF 6.1.13-1 to 6.1.13-3, 6.1.13-7, 6.1.13-8)", check: limits },
  { name: "page-size", clause: "ISO 19005-3, 6.1.13 (veraPDF 6.1.13-11)", check: pageSize },
];

/** The binary mark keeps transfers from treating the file as text. */
function* header({ bytes }: ExaminedFile): Iterable<string> {
  const first = /^%PDF-1\.[0-7](\r\n|\r|\n)%/.exec(bytes.toString("latin1", 0, 20));
  if (!first) yield "the first line is not %PDF-1.n, or no comment follows it";
  else if (bytes.subarray(first[0].length, first[0].length + 4).some((byte) => byte <= 127)) {
    yield "the second line does not begin with four bytes above 127";
  }
}

function* fileIdentifier({ bytes, document, trailer }: ExaminedFile): Iterable<string> {
  const identifiers = itemsOf(document, trailer, "ID").map((item) => document.resolve(item));
  const lengths = identifiers.map((item) => (isString(item) ? stringBytes(bytes, item).length : 0));
  if (lengths.length !== 2 || lengths.includes(0)) yield "the trailer's /ID is not two strings";
}

function* crossReferenceSpacing({ bytes, document }: ExaminedFile): Iterable<string> {
  for (const { offset } of document.revisions) {
    const start = bytes.toString("latin1", offset, offset + 32);
    if (start.startsWith("xref") && !/^xref(\r\n|\r|\n)\d+ \d+(\r\n|\r|\n)/.test(start))
      yield `the table at byte ${offset}`;
  }
}

/** Typst 0.14 and the sealer write none; a string inside one would be read as something else here. */
function* objectsInTheOpen({ document }: ExaminedFile): Iterable<string> {
  for (const { objects, offset } of document.revisions) {
    for (const entry of objects.values()) {
      if (entry.kind !== "compressed") continue;
      yield `the revision at byte ${offset} keeps objects in a compressed stream`;
      break;
    }
  }
}

/** Where objects and tables of all revisions begin, in order. */
function bordersOf({ revisions }: ExaminedFile["document"]): readonly number[] {
  const starts = revisions.flatMap(({ objects, offset }) => [
    offset,
    ...[...objects.values()].flatMap((entry) => (entry.kind === "offset" ? [entry.offset] : [])),
  ]);
  return starts.sort((one, other) => one - other);
}

/** Looks at both ends of every object in the bytes, since a parser forgives what the standard does not. */
function* objectSpacing({ bytes, document }: ExaminedFile): Iterable<string> {
  const borders = bordersOf(document);
  const tables = new Set(document.revisions.map(({ offset }) => offset));
  const ends = new Map(borders.map((border, index) => [border, borders[index + 1] ?? bytes.length]));
  for (const start of borders) {
    if (tables.has(start)) continue;
    const opening = bytes.toString("latin1", Math.max(0, start - 1), start + 28);
    const end = ends.get(start) ?? start;
    const closing = bytes.toString("latin1", Math.max(start, end - 40), end);
    const object = /(?:^|[\r\n])endobj[\r\n]+(?:%[^\r\n]*[\r\n]+)*$/.exec(closing);
    if (!/^[\r\n]\d+ \d+ obj[\r\n]/.test(opening) || object === null) yield `the object at byte ${start}`;
    else if (/endstream[\r\n]+endobj/.test(closing) && !/[\r\n]endstream[\r\n]/.test(closing))
      yield `the stream at byte ${start}`;
  }
}

/** From the end: the data, its end of line, `endstream`; so that exactly /Length bytes follow `stream`. */
function* streamLengths({ bytes, document, objects }: ExaminedFile): Iterable<string> {
  const borders = bordersOf(document);
  const offsets = new Map(
    document.revisions
      .toReversed()
      .flatMap((revision) =>
        [...revision.objects].map(([number, entry]) => [number, entry.kind === "offset" ? entry.offset : -1] as const),
      ),
  );
  for (const { number, dictionary } of objects.streams) {
    const start = offsets.get(number) ?? -1;
    const end = borders.find((border) => border > start) ?? bytes.length;
    const keyword = bytes.lastIndexOf("endstream", end);
    const length = numberOf(document, dictionary, "Length") ?? -1;
    const fits = [1, 2].some((lineEnd) => {
      const data = keyword - lineEnd - length;
      return (
        /^(\r\n|\r|\n)$/.test(bytes.toString("latin1", keyword - lineEnd, keyword)) &&
        data > start &&
        /stream\r?\n$/.test(bytes.toString("latin1", data - 8, data))
      );
    });
    if (!fits) yield `stream object ${number}`;
  }
}

function* noExternalStreams({ objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.streams) {
    if (["F", "FFilter", "FDecodeParms"].some((key) => dictionary.entries.has(key))) yield `stream object ${number}`;
  }
}

const FILTERS = new Set(
  "ASCIIHexDecode ASCII85Decode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode".split(" "),
);

function* streamFilters({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.streams) {
    const value = entryOf(document, dictionary, "Filter");
    const filters = isArray(value) ? value.items.map((item) => document.resolve(item)) : value === null ? [] : [value];
    for (const filter of filters) {
      if (!isName(filter) || !FILTERS.has(filter.name)) yield `stream object ${number}`;
    }
  }
}

function* permissions({ document, catalog, objects }: ExaminedFile): Iterable<string> {
  const keys = [...(dictionaryOf(document, catalog, "Perms")?.entries.keys() ?? [])];
  for (const key of keys) if (key !== "UR3" && key !== "DocMDP") yield `/Perms has /${key}`;
  if (!keys.includes("DocMDP")) return;
  for (const { number, dictionary } of objects.having("TransformMethod")) {
    if (["DigestLocation", "DigestMethod", "DigestValue"].some((key) => dictionary.entries.has(key))) {
      yield `the signature reference in object ${number}`;
    }
  }
}

const MOST_OBJECTS = 8_388_607;

function* limits({ objects, content }: ExaminedFile): Iterable<string> {
  if (objects.count > MOST_OBJECTS) yield `the file has ${objects.count} objects`;
  yield* objects.beyondLimits;
  for (const place of content.remarks("deep_nesting")) yield `${place}: q nested deeper than 28`;
}

function* pageSize({ document, pages }: ExaminedFile): Iterable<string> {
  for (const { dictionary, title } of pages) {
    for (const key of ["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"]) {
      if (key !== "MediaBox" && !dictionary.entries.has(key)) continue;
      const box = numbersOf(document, inheriting(dictionary, key, document), key) ?? [];
      const [left = 0, bottom = 0, right = 0, top = 0] = box;
      const [width, height] = [Math.abs(right - left), Math.abs(top - bottom)];
      if (Math.min(width, height) < 3 || Math.max(width, height) > 14_400) yield `${title}, /${key}`;
    }
  }
}

/** The node of the page tree that has the key: the page or what is above it. */
function inheriting(
  page: ExaminedFile["catalog"],
  key: string,
  document: ExaminedFile["document"],
): ExaminedFile["catalog"] {
  let node = page;
  for (let depth = 0; depth < 32 && !node.entries.has(key); depth++) {
    const parent = document.resolve(node.entries.get("Parent"));
    if (!isDictionary(parent)) break;
    node = parent;
  }
  return node;
}
