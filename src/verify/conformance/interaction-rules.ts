import { isDictionary, isReference } from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, nameOf, numberOf, numbersOf, textOf } from "../pdf-reading.ts";
import type { ExaminedAnnotation, ExaminedFile, ExaminedPage } from "./examined-file.ts";
import type { Rule } from "./rule.ts";
import { attributeOf, type StructureElement, titleOf } from "./structure-elements.ts";

/** Annotations, forms and actions: ISO 19005-3, 6.3 to 6.5, 6.10, 6.11; ISO 14289-1, 7.18. */
export const INTERACTION_RULES: readonly Rule[] = [
  {
    name: "annotation-types",
    clause: "ISO 19005-3, 6.3.1 (veraPDF 6.3.1-1); ISO 14289-1, 7.18.2",
    check: ofAnnotations(annotationTypes),
  },
  {
    name: "annotation-flags",
    clause: "ISO 19005-3, 6.3.2 (veraPDF 6.3.2-1, 6.3.2-2)",
    check: ofAnnotations(annotationFlags),
  },
  { name: "appearances", clause: "ISO 19005-3, 6.3.3 (veraPDF 6.3.3-1, 6.3.3-2)", check: ofAnnotations(appearances) },
  {
    name: "no-widget-actions",
    clause: "ISO 19005-3, 6.4.1 (veraPDF 6.4.1-1, 6.4.1-2)",
    check: ofAnnotations(noWidgetActions),
  },
  { name: "no-need-appearances", clause: "ISO 19005-3, 6.4.1 (veraPDF 6.4.1-3)", check: noNeedAppearances },
  { name: "no-xfa", clause: "ISO 19005-3, 6.4.2 (veraPDF 6.4.2-1, 6.4.2-2); ISO 14289-1, 7.15", check: noXfa },
  { name: "actions", clause: "ISO 19005-3, 6.5.1 (veraPDF 6.5.1-1, 6.5.1-2)", check: actions },
  {
    name: "no-additional-actions",
    clause: "ISO 19005-3, 6.5.2 (veraPDF 6.5.2-1, 6.5.2-2)",
    check: noAdditionalActions,
  },
  { name: "no-presentations", clause: "ISO 19005-3, 6.10 (veraPDF 6.10-1, 6.10-2)", check: noPresentations },
  { name: "no-requirements", clause: "ISO 19005-3, 6.11 (veraPDF 6.11-1)", check: noRequirements },
  {
    name: "annotations-tagged",
    clause: "ISO 14289-1, 7.18.1, 7.18.4, 7.18.5 (veraPDF 7.18.1-1, 7.18.4-1, 7.18.5-1)",
    check: ofAnnotations(annotationsTagged),
  },
  {
    name: "annotations-described",
    clause: "ISO 14289-1, 7.18.1 and 7.18.5 (veraPDF 7.18.1-2, 7.18.1-3, 7.18.5-2)",
    check: ofAnnotations(annotationsDescribed),
  },
  {
    name: "one-widget-per-form-element",
    clause: "ISO 14289-1, 7.18.4 (veraPDF 7.18.4-2)",
    check: oneWidgetPerFormElement,
  },
  { name: "tab-order", clause: "ISO 14289-1, 7.18.3 (veraPDF 7.18.3-1)", check: tabOrder },
];

type AnnotationCheck = (annotation: ExaminedAnnotation, file: ExaminedFile, page: ExaminedPage) => Iterable<string>;

function ofAnnotations(check: AnnotationCheck): Rule["check"] {
  return function* (file) {
    for (const page of file.pages) for (const annotation of page.annotations) yield* check(annotation, file, page);
  };
}

const ANNOTATION_TYPES = new Set(
  `Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup
   FileAttachment Widget PrinterMark Watermark Redact`.split(/\s+/),
);

function* annotationTypes({ dictionary, title }: ExaminedAnnotation, { document }: ExaminedFile): Iterable<string> {
  const kind = nameOf(document, dictionary, "Subtype");
  if (kind === null || !ANNOTATION_TYPES.has(kind)) yield `${title}: ${kind}`;
}

/** Bits: invisible 1, hidden 2, print 4, no view 32, toggle no view 256. */
const FLAGS_THAT_COUNT = 1 | 2 | 4 | 32 | 256;
const PRINT = 4;

function* annotationFlags({ dictionary, title }: ExaminedAnnotation, { document }: ExaminedFile): Iterable<string> {
  if (nameOf(document, dictionary, "Subtype") === "Popup") return;
  const flags = numberOf(document, dictionary, "F");
  if (flags === null || (flags & FLAGS_THAT_COUNT) !== PRINT) yield title;
}

function* appearances({ dictionary, title }: ExaminedAnnotation, { document }: ExaminedFile): Iterable<string> {
  const kind = nameOf(document, dictionary, "Subtype");
  const appearance = dictionaryOf(document, dictionary, "AP");
  if (appearance === null) {
    const [left, bottom, right, top] = numbersOf(document, dictionary, "Rect") ?? [];
    const isPoint = left !== undefined && left === right && bottom === top;
    if (kind !== "Popup" && kind !== "Link" && !isPoint) yield `${title}: no /AP`;
    return;
  }
  const keys = [...appearance.entries.keys()];
  const normal = dictionaryOf(document, appearance, "N");
  if (keys.length !== 1 || keys[0] !== "N") yield `${title}: /AP with other keys than /N`;
  else if (normal === null || !normal.entries.has("Length")) yield `${title}: /N is no stream`;
}

function* noWidgetActions({ dictionary, title }: ExaminedAnnotation, { document }: ExaminedFile): Iterable<string> {
  if (nameOf(document, dictionary, "Subtype") !== "Widget") return;
  for (const key of ["A", "AA"]) if (dictionary.entries.has(key)) yield `${title}: /${key}`;
}

function* noNeedAppearances({ document, catalog }: ExaminedFile): Iterable<string> {
  if (entryOf(document, dictionaryOf(document, catalog, "AcroForm"), "NeedAppearances") === true) yield "the form";
}

function* noXfa({ document, catalog }: ExaminedFile): Iterable<string> {
  if (dictionaryOf(document, catalog, "AcroForm")?.entries.has("XFA")) yield "the form has /XFA";
  if (entryOf(document, catalog, "NeedsRendering") === true) yield "the catalog has /NeedsRendering true";
}

const ALLOWED_ACTIONS = new Set(["GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm"]);
const ALLOWED_NAMED = new Set(["NextPage", "PrevPage", "FirstPage", "LastPage"]);

function* actions({ document, objects }: ExaminedFile): Iterable<string> {
  for (const { number, dictionary, kind } of objects.actions) {
    if (!ALLOWED_ACTIONS.has(kind)) yield `object ${number}: ${kind}`;
    else if (kind === "Named" && !ALLOWED_NAMED.has(nameOf(document, dictionary, "N") ?? "")) yield `object ${number}`;
  }
}

function* noAdditionalActions({ catalog, pages, objects }: ExaminedFile): Iterable<string> {
  if (catalog.entries.has("AA")) yield "the catalog has /AA";
  for (const { dictionary, title } of pages) if (dictionary.entries.has("AA")) yield `${title} has /AA`;
  for (const { number, dictionary } of objects.having("AA"))
    if (dictionary.entries.has("FT")) yield `field object ${number}`;
}

function* noPresentations({ document, catalog, pages }: ExaminedFile): Iterable<string> {
  if (dictionaryOf(document, catalog, "Names")?.entries.has("AlternatePresentations")) yield "/AlternatePresentations";
  for (const { dictionary, title } of pages) if (dictionary.entries.has("PresSteps")) yield `${title}: /PresSteps`;
}

function* noRequirements({ catalog }: ExaminedFile): Iterable<string> {
  if (catalog.entries.has("Requirements")) yield "the catalog";
}

/** The element that the parent tree names for the annotation. */
function elementOf({ dictionary }: ExaminedAnnotation, { document, structure }: ExaminedFile): StructureElement | null {
  const key = numberOf(document, dictionary, "StructParent");
  const parent = key === null ? undefined : structure.parents.get(key);
  if (parent === undefined || !isReference(parent)) return null;
  return structure.elements.find(({ number }) => number === parent.number) ?? null;
}

const ELEMENT_FOR: Readonly<Record<string, string>> = { Widget: "Form", Link: "Link" };

function* annotationsTagged(annotation: ExaminedAnnotation, file: ExaminedFile): Iterable<string> {
  const kind = nameOf(file.document, annotation.dictionary, "Subtype") ?? "";
  if (kind === "Popup") return;
  const expected = kind === "PrinterMark" ? null : (ELEMENT_FOR[kind] ?? "Annot");
  const found = elementOf(annotation, file)?.role ?? null;
  if (found !== expected) yield `${annotation.title}: within ${found ?? "no element"}, not ${expected ?? "none"}`;
}

/** A field by its name for people, a link by its contents, others by either or by their element's. */
function* annotationsDescribed(annotation: ExaminedAnnotation, file: ExaminedFile): Iterable<string> {
  const { document } = file;
  const kind = nameOf(document, annotation.dictionary, "Subtype");
  if (kind === "Popup" || kind === "PrinterMark") return;
  const element = elementOf(annotation, file);
  const alternate = textOf(document, element?.dictionary, "Alt");
  const own = textOf(document, annotation.dictionary, kind === "Widget" ? "TU" : "Contents");
  if (!(own || (kind !== "Link" && alternate))) yield annotation.title;
}

/** Without a role of its own a Form element holds one widget and nothing else. */
function* oneWidgetPerFormElement({ document, structure }: ExaminedFile): Iterable<string> {
  for (const element of structure.elements) {
    if (element.role !== "Form" || attributeOf(document, element, "PrintField", "Role") !== null) continue;
    const [only, ...others] = element.objects;
    const widget = document.resolve({ kind: "reference", number: only?.number ?? 0, generation: 0 });
    const isWidget = isDictionary(widget) && nameOf(document, widget, "Subtype") === "Widget";
    if (!isWidget || others.length + element.children.length + element.contents.length > 0) yield titleOf(element);
  }
}

function* tabOrder({ document, pages }: ExaminedFile): Iterable<string> {
  for (const { annotations, dictionary, title } of pages) {
    if (annotations.length > 0 && nameOf(document, dictionary, "Tabs") !== "S") yield title;
  }
}
