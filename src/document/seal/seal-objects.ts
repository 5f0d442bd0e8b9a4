import { claimAccessibility } from "./accessibility-claim.ts";
import { boundFigures, type Rectangle } from "./figure-bounds.ts";
import type { PdfStream, UpdateContent } from "./incremental-update.ts";
import { type PdfObject, type PdfStructure, readPage, rectangleEntry, resolve } from "./pdf-structure.ts";
import {
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  pdfArray,
  pdfBoolean,
  pdfDate,
  pdfDictionary,
  pdfName,
  pdfNumber,
  pdfReference,
  pdfText,
  withEntries,
} from "./pdf-values.ts";
import { INK, type SealArt } from "./seal-art.ts";
import { tieIntoStructureTree } from "./structure-tree.ts";

interface SealPlacement {
  /** 1-based. */
  readonly page: number;
  /** PDF points, origin bottom left. */
  readonly rect: Rectangle;
  /** Of the Figure elements, in the order in which the file has them. */
  readonly pictures: readonly Rectangle[];
}

export interface SealDescription {
  readonly placement: SealPlacement;
  readonly art: SealArt;
  readonly fieldName: string;
  /** What a screen reader says for the field. */
  readonly accessibleName: string;
  /** The language of that name (RFC 3066), which need not be the document's. */
  readonly accessibleNameLanguage: string;
  readonly reason: string;
  readonly location: string;
  readonly sealedAt: Date;
}

/**
 * The objects that certify a document with one visible signature field: signature dictionary, widget, appearance,
 * form, permissions, and the widget's place in the structure tree; and what a PDF/A-3a of Typst's lacks of PDF/UA-1
 * (ISO 14289-1), which it then claims. Throws when the document is signed already, is not
 * tagged, or when the placement does not fit the page or the art.
 */
export function makeSealObjects(structure: PdfStructure, seal: SealDescription): Omit<UpdateContent, "reservedBytes"> {
  refuseSigned(structure);
  const page = readPage(structure, seal.placement.page);
  checkPlacement(page, seal);
  if (seal.fieldName === "" || seal.fieldName.includes(".")) {
    throw new Error(`Expected a field name without dots, not "${seal.fieldName}" (ISO 32000-2, 12.7.4.2)`);
  }
  const first = structure.size;
  const widget = pdfReference(first);
  const appearance = pdfReference(first + 1);
  const form = pdfReference(first + 2);
  const signature = pdfReference(first + 3);
  const tie = tieIntoStructureTree(structure, {
    widget,
    page: pdfReference(page.number),
    language: seal.accessibleNameLanguage,
    elementNumber: first + 4,
    parentTreeNodeNumber: first + 5,
  });
  const metadata = claimAccessibility(structure);
  const objects = new Map<number, PdfValue | PdfStream>([
    ...boundFigures(structure, seal.placement.pictures),
    ...tie.objects,
    [metadata.number, metadata.stream],
    [structure.catalog.number, certifiedCatalog(structure, { form, signature })],
    [page.number, pageWithWidget(structure, page, widget)],
    [widget.object, signatureWidget(seal, { page, signature, appearance, structParent: tie.structParent })],
    [appearance.object, appearanceStream(seal.art)],
    [form.object, pdfDictionary({ Fields: pdfArray(widget), SigFlags: pdfNumber(SIGNATURES_EXIST_AND_APPEND_ONLY) })],
  ]);
  return {
    objects,
    signature: { number: signature.object, dictionary: signatureDictionary(seal) },
    size: Math.max(...objects.keys(), signature.object) + 1,
  };
}

/** ISO 32000-2, table 225. */
const SIGNATURES_EXIST_AND_APPEND_ONLY = 3;
/** Print and Locked (ISO 32000-2, table 167). PDF/A-3 demands Print and forbids every hiding flag (6.3.2). */
const PRINT_AND_LOCKED = 132;

function refuseSigned({ catalog }: PdfStructure): void {
  if (catalog.value.entries.has("Perms")) throw new Error("The document is already signed: its catalog has /Perms");
  if (catalog.value.entries.has("AcroForm")) throw new Error("Expected a document without form fields (/AcroForm)");
}

function checkPlacement(page: PdfObject, { placement, art }: SealDescription): void {
  const [x0, y0, x1, y1] = placement.rect;
  const [left = 0, bottom = 0, right = 0, top = 0] = rectangleEntry(page.value, "MediaBox", "page");
  if (!(left <= x0 && x0 < x1 && x1 <= right && bottom <= y0 && y0 < y1 && y1 <= top)) {
    throw new Error(`Expected a seal inside the page [${left} ${bottom} ${right} ${top}], not [${placement.rect}]`);
  }
  // The appearance is stretched to the rectangle (ISO 32000-2, 12.5.5), and an oval seal is no seal.
  const stretch = ((x1 - x0) * art.height) / ((y1 - y0) * art.width);
  if (Math.abs(stretch - 1) > 0.01)
    throw new Error(`Expected the proportions ${art.width} to ${art.height} for the seal`);
}

function certifiedCatalog(
  structure: PdfStructure,
  { form, signature }: { readonly form: PdfReference; readonly signature: PdfReference },
): PdfValue {
  const catalog = structure.catalog.value;
  const preferences = resolve(structure, catalog.entries.get("ViewerPreferences") ?? pdfDictionary({}));
  if (preferences.kind !== "dictionary") throw new Error("Expected a dictionary as /ViewerPreferences");
  return withEntries(catalog, {
    AcroForm: form,
    Perms: pdfDictionary({ DocMDP: signature }),
    // ISO 14289-1, 7.1: the window shows the title instead of the file name.
    ViewerPreferences: withEntries(preferences, { DisplayDocTitle: pdfBoolean(true) }),
  });
}

function pageWithWidget(structure: PdfStructure, page: PdfObject, widget: PdfReference): PdfValue {
  const annotations = resolve(structure, page.value.entries.get("Annots") ?? pdfArray());
  if (annotations.kind !== "array") throw new Error("Expected an array as /Annots of the page");
  // ISO 14289-1, 7.18.3: the tab order follows the structure.
  return withEntries(page.value, { Annots: pdfArray(...annotations.items, widget), Tabs: pdfName("S") });
}

function signatureWidget(
  seal: SealDescription,
  parts: {
    readonly page: PdfObject;
    readonly signature: PdfReference;
    readonly appearance: PdfReference;
    readonly structParent: number;
  },
): PdfValue {
  return pdfDictionary({
    Type: pdfName("Annot"),
    Subtype: pdfName("Widget"),
    FT: pdfName("Sig"),
    T: pdfText(seal.fieldName),
    TU: pdfText(seal.accessibleName),
    F: pdfNumber(PRINT_AND_LOCKED),
    Rect: pdfArray(...seal.placement.rect.map(pdfNumber)),
    P: pdfReference(parts.page.number),
    V: parts.signature,
    AP: pdfDictionary({ N: parts.appearance }),
    StructParent: pdfNumber(parts.structParent),
  });
}

/** Ink lets the print below show through: the art multiplies (ISO 19005-3, 6.2.10 allows it with an OutputIntent). */
function appearanceStream(art: SealArt): PdfStream {
  const ink = pdfDictionary({ Type: pdfName("ExtGState"), BM: pdfName("Multiply") });
  const dictionary = pdfDictionary({
    Type: pdfName("XObject"),
    Subtype: pdfName("Form"),
    BBox: pdfArray(...[0, 0, art.width, art.height].map(pdfNumber)),
    Resources: pdfDictionary({ ExtGState: pdfDictionary({ [INK]: ink }) }),
    Filter: pdfName("FlateDecode"),
  });
  return { kind: "stream", dictionary, data: art.deflated };
}

/**
 * ETSI EN 319 142-1, 5.3 and 6.3: /M states the time of signing, for which reason the CMS has no signing-time
 * attribute. Certification at level 1, no changes: ISO 32000-2, 12.8.2.2.
 */
function signatureDictionary(seal: SealDescription): PdfDictionary {
  const parameters = pdfDictionary({ Type: pdfName("TransformParams"), P: pdfNumber(1), V: pdfName("1.2") });
  const reference = pdfDictionary({
    Type: pdfName("SigRef"),
    TransformMethod: pdfName("DocMDP"),
    TransformParams: parameters,
  });
  return pdfDictionary({
    Type: pdfName("Sig"),
    Filter: pdfName("Adobe.PPKLite"),
    SubFilter: pdfName("ETSI.CAdES.detached"),
    M: pdfDate(seal.sealedAt),
    Reason: pdfText(seal.reason),
    Location: pdfText(seal.location),
    Reference: pdfArray(reference),
  });
}
