import { isArray, isDictionary, isIndex, isReference, type PdfValue } from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, numberOf, numbersOf, textOf } from "../pdf-reading.ts";
import type { ExaminedFile } from "./examined-file.ts";
import { isLanguage } from "./page-content.ts";
import type { Rule } from "./rule.ts";
import { attributeOf, STANDARD_TYPES, titleOf } from "./structure-elements.ts";

/** The logical structure: ISO 19005-3, 6.7; ISO 14289-1, 7.1 to 7.4, 7.7 and 7.9. */
export const STRUCTURE_RULES: readonly Rule[] = [
  { name: "marked", clause: "ISO 19005-3, 6.7.2.2 (veraPDF 6.7.2-1)", check: marked },
  { name: "no-suspects", clause: "ISO 14289-1, 7.1 (veraPDF 7.1-4; Matterhorn 01-007)", check: noSuspects },
  {
    name: "structure-root",
    clause: "ISO 19005-3, 6.7.3.1 (veraPDF 6.7.3-1); ISO 14289-1, 7.1 (7.1-11)",
    check: structureRoot,
  },
  {
    name: "standard-types",
    clause: "ISO 19005-3, 6.7.3.4 (veraPDF 6.7.3-2); ISO 14289-1, 7.1 (7.1-5, 7.1-6)",
    check: standardTypes,
  },
  {
    name: "types-not-remapped",
    clause: "ISO 14289-1, 7.1 (veraPDF 7.1-7; Matterhorn 02-004)",
    check: typesNotRemapped,
  },
  {
    name: "content-tagged",
    clause: "ISO 14289-1, 7.1 (veraPDF 7.1-3; Matterhorn 01-005); ISO 19005-3, 6.7.2.1",
    check: ({ content }) => content.remarks("untagged"),
  },
  {
    name: "no-artifact-in-content",
    clause: "ISO 14289-1, 7.1 (veraPDF 7.1-1; Matterhorn 01-003)",
    check: ({ content }) => content.remarks("artifact_in_tagged"),
  },
  {
    name: "no-content-in-artifact",
    clause: "ISO 14289-1, 7.1 (veraPDF 7.1-2; Matterhorn 01-004)",
    check: ({ content }) => content.remarks("tagged_in_artifact"),
  },
  { name: "marks-once", clause: "ISO 32000-1, 14.7.4.2", check: ({ content }) => content.remarks("mark_twice") },
  { name: "marks-in-structure", clause: "ISO 32000-1, 14.7.4.2 and 14.7.4.4", check: marksInStructure },
  { name: "structure-in-marks", clause: "ISO 32000-1, 14.7.4.2 and 14.7.4.4", check: structureInMarks },
  { name: "object-parents", clause: "ISO 32000-1, 14.7.4.3 and 14.7.4.4", check: objectParents },
  { name: "element-parents", clause: "ISO 14289-1, 7.1 (veraPDF 7.1-12); ISO 32000-1, 14.7.2", check: elementParents },
  { name: "next-parent-key", clause: "ISO 32000-1, 14.7.2", check: nextParentKey },
  { name: "headings", clause: "ISO 14289-1, 7.4.2 (veraPDF 7.4.2-1; Matterhorn 14-002, 14-003)", check: headings },
  { name: "one-kind-of-heading", clause: "ISO 14289-1, 7.4.4 (veraPDF 7.4.4-1 to 7.4.4-3)", check: oneKindOfHeading },
  {
    name: "figures-described",
    clause: "ISO 14289-1, 7.3 and 7.7 (veraPDF 7.3-1, 7.7-1; Matterhorn 13-004, 17-002)",
    check: figuresDescribed,
  },
  { name: "figures-bounded", clause: "ISO 32000-1, 14.8.5.4.3, table 344", check: figuresBounded },
  { name: "notes-identified", clause: "ISO 14289-1, 7.9 (veraPDF 7.9-1, 7.9-2)", check: notesIdentified },
  {
    name: "document-language",
    clause: "ISO 19005-3, 6.7.4; ISO 14289-1, 7.2 (veraPDF 7.2-2, 7.2-21 to 7.2-25, 7.2-30 to 7.2-34)",
    check: documentLanguage,
  },
  { name: "languages", clause: "ISO 19005-3, 6.7.4 (veraPDF 6.7.4-1); ISO 14289-1, 7.2 (7.2-29)", check: languages },
];

function* marked({ document, catalog }: ExaminedFile): Iterable<string> {
  if (entryOf(document, dictionaryOf(document, catalog, "MarkInfo"), "Marked") !== true) yield "the catalog";
}

function* noSuspects({ document, catalog }: ExaminedFile): Iterable<string> {
  if (entryOf(document, dictionaryOf(document, catalog, "MarkInfo"), "Suspects") === true) yield "the catalog";
}

function* structureRoot({ structure }: ExaminedFile): Iterable<string> {
  if (structure.root === null || structure.elements.length === 0) yield "the catalog has no structure tree";
}

function* standardTypes({ structure }: ExaminedFile): Iterable<string> {
  for (const element of structure.elements) if (element.role === null) yield titleOf(element);
}

function* typesNotRemapped({ structure }: ExaminedFile): Iterable<string> {
  for (const type of structure.roleMap?.entries.keys() ?? []) if (STANDARD_TYPES.has(type)) yield `/${type}`;
}

/** From the page to the structure: each mark has an element, and that one has the mark. */
function* marksInStructure(file: ExaminedFile): Iterable<string> {
  const owners = new Map<string, number>();
  for (const element of file.structure.elements) {
    for (const { page, mark } of element.contents) owners.set(`${page} ${mark}`, element.number);
  }
  for (const { number, title } of file.pages) {
    const parents = parentsOnPage(file, number);
    for (const mark of file.content.marks.get(number)?.keys() ?? []) {
      const parent = parents[mark];
      const told = parent !== undefined && isReference(parent) ? parent.number : null;
      if (told === null || owners.get(`${number} ${mark}`) !== told) yield `${title}: MCID ${mark}`;
    }
  }
}

function parentsOnPage({ document, structure, pages }: ExaminedFile, page: number): readonly PdfValue[] {
  const key = numberOf(document, pages.find(({ number }) => number === page)?.dictionary, "StructParents");
  const list = document.resolve(key === null ? undefined : structure.parents.get(key));
  return isArray(list) ? list.items : [];
}

/** From the structure to the page: each content item is there, and the parent tree leads back. */
function* structureInMarks(file: ExaminedFile): Iterable<string> {
  const parents = new Map(file.pages.map(({ number }) => [number, parentsOnPage(file, number)]));
  for (const element of file.structure.elements) {
    for (const { page, mark } of element.contents) {
      const parent = parents.get(page)?.[mark];
      const isMarked = file.content.marks.get(page)?.has(mark) === true;
      const leadsBack = parent !== undefined && isReference(parent) && parent.number === element.number;
      if (!isMarked || !leadsBack) yield `${titleOf(element)}: MCID ${mark} of page object ${page}`;
    }
  }
}

/** Object references and /StructParent, both ways. */
function* objectParents({ document, structure, pages }: ExaminedFile): Iterable<string> {
  const held = new Map<number, number>();
  for (const element of structure.elements) {
    for (const { number } of element.objects) {
      held.set(number, element.number);
      const object = document.resolve({ kind: "reference", number, generation: 0 });
      const key = isDictionary(object) ? numberOf(document, object, "StructParent") : null;
      const parent = key === null ? undefined : structure.parents.get(key);
      if (parent === undefined || !isReference(parent) || parent.number !== element.number) {
        yield `${titleOf(element)}: object ${number} does not lead back`;
      }
    }
  }
  for (const { number, dictionary, title } of pages.flatMap(({ annotations }) => annotations)) {
    if (dictionary.entries.has("StructParent") && !held.has(number)) yield `${title}: no element holds it`;
  }
}

function* elementParents({ structure }: ExaminedFile): Iterable<string> {
  for (const element of structure.elements) {
    const told = element.dictionary.entries.get("P");
    const real = element.parent?.number ?? structure.rootNumber;
    if (told === undefined || !isReference(told) || told.number !== real) yield titleOf(element);
  }
}

function* nextParentKey({ document, structure }: ExaminedFile): Iterable<string> {
  const next = entryOf(document, structure.root, "ParentTreeNextKey");
  const highest = Math.max(-1, ...structure.parents.keys());
  if (!isIndex(next) || next <= highest) yield `/ParentTreeNextKey is not above ${highest}`;
}

/** H1 first, and no level left out on the way down. */
function* headings({ structure }: ExaminedFile): Iterable<string> {
  let last = 0;
  for (const element of structure.elements) {
    const level = Number(/^H([1-6])$/.exec(element.role ?? "")?.[1] ?? 0);
    if (level === 0) continue;
    if (level > last + 1) yield `${titleOf(element)} after level ${last}`;
    last = level;
  }
}

function* oneKindOfHeading({ structure }: ExaminedFile): Iterable<string> {
  const plain = structure.elements.filter(({ role }) => role === "H");
  if (plain.length > 0 && structure.elements.some(({ role }) => /^H[1-6]$/.test(role ?? "")))
    yield "both H and H1 to H6";
  for (const parent of new Set(plain.map((element) => element.parent))) {
    if ((parent?.children.filter(({ role }) => role === "H").length ?? 0) > 1)
      yield parent ? titleOf(parent) : "the root";
  }
}

function* figuresDescribed({ document, structure }: ExaminedFile): Iterable<string> {
  for (const element of structure.elements) {
    if (element.role !== "Figure" && element.role !== "Formula") continue;
    const text = textOf(document, element.dictionary, "Alt") || textOf(document, element.dictionary, "ActualText");
    if (!text?.trim()) yield titleOf(element);
  }
}

function* figuresBounded({ document, structure }: ExaminedFile): Iterable<string> {
  for (const element of structure.elements) {
    if (element.role !== "Figure") continue;
    const box = attributeOf(document, element, "Layout", "BBox");
    const sides = isArray(box)
      ? numbersOf(document, { kind: "dictionary", entries: new Map([["box", box]]) }, "box")
      : null;
    const [left = 0, bottom = 0, right = 0, top = 0] = sides ?? [];
    if (sides?.length !== 4 || left >= right || bottom >= top) yield titleOf(element);
  }
}

function* notesIdentified({ document, structure }: ExaminedFile): Iterable<string> {
  const seen = new Set<string>();
  for (const element of structure.elements) {
    if (element.role !== "Note") continue;
    const id = textOf(document, element.dictionary, "ID");
    if (!id || seen.has(id)) yield titleOf(element);
    if (id) seen.add(id);
  }
}

/** The document's language is that of every text, description and entry which says no other. */
function* documentLanguage({ document, catalog }: ExaminedFile): Iterable<string> {
  if (!textOf(document, catalog, "Lang")) yield "the catalog has no /Lang";
}

function* languages({ document, objects, content }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary } of objects.having("Lang")) {
    const language = textOf(document, dictionary, "Lang");
    if (language === null || !isLanguage(language)) yield `object ${number}: "${language}"`;
  }
  yield* content.remarks("bad_language");
}
