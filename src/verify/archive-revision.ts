import { appendedItems, expectedValue, holdsReference, isSame, isSameBut } from "./pdf-difference.ts";
import type { PdfDocument } from "./pdf-document.ts";
import {
  isArray,
  isDictionary,
  isIndex,
  isName,
  isReference,
  isString,
  type PdfDictionary,
  type PdfValue,
} from "./pdf-lexer.ts";
import { itemsOf, textOf } from "./pdf-reading.ts";
import { notAnArchive, notExplained, readWrittenObjects } from "./revision-bytes.ts";
import { newDictionary, type RevisionStep, rewritten } from "./revision-step.ts";
import { explainStore } from "./security-store.ts";
import type { SignatureDictionary } from "./signature-field.ts";
import { explainStructure } from "./structure-addition.ts";

/**
 * Accounts for every object of the revision that leads from `before` to `after`: archive data (ETSI EN 319 142-1
 * §5.4.2), and at most one document timestamp (§5.4.3) in a field of its own, whose widget draws nothing and whose
 * element hangs in the structure tree. ISO 32000-2 §12.8.2.2 permits these two after a certification that permits no
 * change. Ends with `later_revision_changes_content` when anything is left over. Returns the timestamp's signature, if there is one.
 */
export function explainRevision(before: PdfDocument, after: PdfDocument): SignatureDictionary | null {
  const written = readWrittenObjects(after, before.bytes.length);
  const step: RevisionStep = { before, after, written, explained: new Set() };
  if (written.size === 0) notExplained("it holds nothing");
  if (!isSameBut(after.bytes, trailerOf(before), trailerOf(after), ["Size", "Prev", "ID"])) {
    notAnArchive("its trailer is another one");
  }
  // Whatever is not below /Size is missing (ISO 32000-2 §7.5.5): a smaller one would take objects of the sealed file away,
  // and leave their numbers free for whatever a further revision puts there.
  if (sizeOf(after) < sizeOf(before)) notAnArchive("it leaves out objects of the file");
  const catalog = explainCatalog(step);
  const additions = explainStore(before, after, written, step.explained);
  const timestamp = explainForm(step, catalog);
  // Else anybody could make as many other files of one contract as they like, by writing the same objects again.
  if (additions === 0 && timestamp === null) notAnArchive("it adds nothing");
  for (const number of written.keys()) {
    if (!step.explained.has(number)) notAnArchive(`it changes object ${number}, which is no archive data`);
  }
  return timestamp;
}

function trailerOf(document: PdfDocument): PdfDictionary {
  return document.revisions[0].trailer;
}

/** Every table that was read has one. */
function sizeOf(document: PdfDocument): number {
  const size = trailerOf(document).entries.get("Size");
  return isIndex(size) ? size : notAnArchive("its trailer is another one");
}

/** The catalog may gain the store and the mark of an extension, and change in nothing else. */
function explainCatalog(step: RevisionStep): PdfDictionary {
  const { after } = step;
  const root = trailerOf(after).entries.get("Root");
  if (!isReference(root)) return notAnArchive("it has no catalog");
  const [former, later] = rewritten(step, root.number, ["DSS", "Extensions"]);
  const extensions = later.entries.get("Extensions") ?? null;
  if (!isSame(after.bytes, former.entries.get("Extensions") ?? null, extensions) && holdsReference(extensions)) {
    notAnArchive("its catalog is another one");
  }
  return later;
}

function explainForm(step: RevisionStep, catalog: PdfDictionary): SignatureDictionary | null {
  const form = catalog.entries.get("AcroForm");
  if (!isReference(form)) return notExplained("the form is not an object of its own");
  const [former, later] = rewritten(step, form.number, ["Fields"]);
  const added = appendedItems(step.after.bytes, former.entries.get("Fields"), later.entries.get("Fields"));
  if (!added || added.length > 1) return notAnArchive("it changes the fields of the form");
  const [field] = added;
  if (field === undefined) return null;
  const names = formFieldNames(step.before, former);
  return explainWidget(step, { catalog, names }, field);
}

function formFieldNames(before: PdfDocument, form: PdfDictionary): ReadonlySet<string | null> {
  return new Set(
    itemsOf(before, form, "Fields").map((item) => {
      const field = before.resolve(item);
      return isDictionary(field) ? textOf(before, field, "T") : null;
    }),
  );
}

const widgetKeys = ["Type", "Subtype", "FT", "T", "TU", "F", "Rect", "P", "V", "StructParent"];
/** What screen readers say of the timestamp that our archives carry; free words there would be words in the contract. */
const TIMESTAMP_NAME = "文件时间戳（长期存档） / Document timestamp (archive)";
const FIELD_NAME = /^[\w .-]{1,64}$/;
const timestampKeys = ["Type", "Filter", "SubFilter", "ByteRange", "Contents", "V"];

interface SignedForm {
  readonly catalog: PdfDictionary;
  /** Of the fields that there were. */
  readonly names: ReadonlySet<string | null>;
}

function explainWidget(step: RevisionStep, { catalog, names }: SignedForm, field: PdfValue): SignatureDictionary {
  const [number, widget] = newDictionary(step, field);
  const { entries } = widget;
  if (
    !hasOnly(widget, widgetKeys) ||
    !isNamed(entries.get("Subtype"), "Widget") ||
    !isNamed(entries.get("FT"), "Sig")
  ) {
    notAnArchive("the field of its timestamp is more than that");
  }
  // Readers list it: words would be words beside the contract, and fields of one name are one field.
  const title = textOf(step.after, widget, "T");
  if (title === null || !FIELD_NAME.test(title) || names.has(title)) {
    notAnArchive("the field of its timestamp has no plain name of its own");
  }
  const name = entries.get("TU");
  if (name !== undefined && textOf(step.after, widget, "TU") !== TIMESTAMP_NAME) {
    notAnArchive("the field of its timestamp says something aloud");
  }
  const rect = entries.get("Rect") ?? null;
  const [left, bottom, right, top] = isArray(rect) ? rect.items : [];
  if (typeof left !== "number" || typeof bottom !== "number" || left !== right || bottom !== top) {
    notAnArchive("the field of its timestamp covers a part of the page");
  }
  explainPage(step, entries.get("P"), number);
  explainStructure(step, catalog, { widget: number, entries });
  const value = entries.get("V");
  const [, signature] = newDictionary(step, value);
  const contents = signature.entries.get("Contents");
  if (
    !hasOnly(signature, timestampKeys) ||
    !isNamed(signature.entries.get("Type"), "DocTimeStamp") ||
    !isNamed(signature.entries.get("SubFilter"), "ETSI.RFC3161") ||
    !isReference(value) ||
    !isReference(field) ||
    !isString(contents) ||
    contents.form !== "hex"
  ) {
    return notAnArchive("its signature is no document timestamp");
  }
  return { reference: value, field, entries: signature.entries, contents };
}

/** The page, when it lists its annotations anew, lists the widget last and everything else as before. */
function explainPage(step: RevisionStep, page: PdfValue | undefined, widget: number): void {
  if (!isReference(page)) notAnArchive("the field of its timestamp is on no page");
  const [former, later] = rewritten(step, page.number, ["Annots"]);
  if (!isNamed(former.entries.get("Type"), "Page")) notAnArchive("the field of its timestamp is on no page");
  if (!step.written.has(page.number)) return;
  const added = appendedItems(step.after.bytes, former.entries.get("Annots"), later.entries.get("Annots"));
  if (added?.length !== 1 || !isSame(step.after.bytes, added[0], expectedValue.reference(widget))) {
    notAnArchive("it changes the annotations of a page");
  }
}

function hasOnly({ entries }: PdfDictionary, keys: readonly string[]): boolean {
  return [...entries.keys()].every((key) => keys.includes(key));
}

function isNamed(value: PdfValue | undefined, name: string): boolean {
  return isName(value) && value.name === name;
}
