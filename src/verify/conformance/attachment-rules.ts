import { isDictionary, isReference } from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, itemsOf, nameOf, textOf } from "../pdf-reading.ts";
import type { ExaminedFile } from "./examined-file.ts";
import type { Rule } from "./rule.ts";

/** Embedded files: ISO 19005-3, 6.8 and annex E; ISO 14289-1, 7.11. */
export const ATTACHMENT_RULES: readonly Rule[] = [
  { name: "file-type", clause: "ISO 19005-3, 6.8 (veraPDF 6.8-1)", check: fileType },
  { name: "file-names", clause: "ISO 19005-3, 6.8 (veraPDF 6.8-2); ISO 14289-1, 7.11 (7.11-1)", check: fileNames },
  { name: "file-relationship", clause: "ISO 19005-3, 6.8 (veraPDF 6.8-3)", check: fileRelationship },
  { name: "file-associated", clause: "ISO 19005-3, 6.8 (veraPDF 6.8-4)", check: fileAssociated },
  { name: "file-date", clause: "ISO 19005-3, annex E.1", check: fileDate },
];

function* fileType({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.having("EF")) {
    for (const stream of streamsOf({ document }, dictionaryOf(document, dictionary, "EF"))) {
      const type = nameOf(document, stream, "Subtype");
      if (type === null || !/^[-\w+.]+\/[-\w+.]+$/.test(type)) yield `the file of object ${number}`;
    }
  }
}

function streamsOf(
  { document }: Pick<ExaminedFile, "document">,
  files: ReturnType<typeof dictionaryOf>,
): readonly ReturnType<typeof dictionaryOf>[] {
  return [...(files?.entries.keys() ?? [])].map((key) => dictionaryOf(document, files, key));
}

function* fileNames({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.having("EF")) {
    if (!textOf(document, dictionary, "F") || !textOf(document, dictionary, "UF"))
      yield `file specification object ${number}`;
  }
}

const RELATIONSHIPS = new Set(["Source", "Data", "Alternative", "Supplement", "Unspecified"]);

function* fileRelationship({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.having("EF")) {
    if (!RELATIONSHIPS.has(nameOf(document, dictionary, "AFRelationship") ?? ""))
      yield `file specification object ${number}`;
  }
}

/** With the whole document, which is the only way ours are. */
function* fileAssociated({ document, catalog, objects }: ExaminedFile): Iterable<string> {
  const associated = new Set(itemsOf(document, catalog, "AF").map((item) => (isReference(item) ? item.number : 0)));
  for (const { number } of objects.having("EF"))
    if (!associated.has(number)) yield `file specification object ${number}`;
}

function* fileDate({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.having("EF")) {
    for (const stream of streamsOf({ document }, dictionaryOf(document, dictionary, "EF"))) {
      const parameters = entryOf(document, stream, "Params");
      const date = isDictionary(parameters) ? textOf(document, parameters, "ModDate") : null;
      if (date === null || !/^D:\d{14}/.test(date)) yield `the file of object ${number} has no /ModDate`;
    }
  }
}
