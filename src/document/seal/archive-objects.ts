import { createHash } from "node:crypto";
import type { PdfStream, PlainUpdateContent, UpdateContent } from "./incremental-update.ts";
import { type PdfStructure, readDictionary, referenceEntry, resolve } from "./pdf-structure.ts";
import {
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
  pdfArray,
  pdfDictionary,
  pdfName,
  pdfNumber,
  pdfReference,
  pdfText,
  withEntries,
} from "./pdf-values.ts";
import { readFormFields } from "./sealed-signatures.ts";
import { tieIntoStructureTree } from "./structure-tree.ts";

/** What a later reader needs to judge the signatures of a file without asking anybody; everything DER. */
export interface ValidationData {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** Whole OCSPResponse messages (RFC 6960, 4.2.1). */
  readonly ocsps: readonly Uint8Array[];
}

/**
 * The objects of a document security store with this data behind what the file has already (ETSI EN 319 142-1, 5.4.2).
 * `signatures` are the /Contents, fill included, that the data is for: each that has no entry in /VRI yet gets one.
 */
export function makeSecurityStore(
  structure: PdfStructure,
  data: ValidationData,
  signatures: readonly Uint8Array[],
): PlainUpdateContent {
  const objects = new Map<number, PdfValue | PdfStream>();
  let size = structure.size;
  const store = (files: readonly Uint8Array[]): PdfReference[] =>
    files.map((bytes) => {
      objects.set(size, { kind: "stream", dictionary: pdfDictionary({}), data: bytes });
      return pdfReference(size++);
    });
  const certificates = store(data.certificates);
  const crls = store(data.crls);
  const ocsps = store(data.ocsps);
  const { catalog } = structure;
  const known = catalog.value.entries.get("DSS");
  const former = known?.kind === "reference" ? readDictionary(structure, known).value : pdfDictionary({});
  const entry = pdfDictionary(arrays({ Cert: certificates, CRL: crls, OCSP: ocsps }));
  const formerVri = former.entries.get("VRI") ?? pdfDictionary({});
  if (formerVri.kind !== "dictionary") throw new Error("Expected a dictionary as /VRI of the security store");
  const fresh = signatures.map(vriKey).filter((key) => !formerVri.entries.has(key));
  const dss = withEntries(former, {
    Type: pdfName("DSS"),
    VRI: withEntries(formerVri, Object.fromEntries(fresh.map((key) => [key, entry]))),
    ...arrays({
      Certs: [...itemsOf(former, "Certs"), ...certificates],
      CRLs: [...itemsOf(former, "CRLs"), ...crls],
      OCSPs: [...itemsOf(former, "OCSPs"), ...ocsps],
    }),
  });
  if (known?.kind === "reference") {
    objects.set(known.object, dss);
  } else {
    objects.set(size, dss);
    objects.set(catalog.number, withEntries(catalog.value, { DSS: pdfReference(size++), Extensions: EXTENSIONS }));
  }
  return { objects, size };
}

/** ETSI EN 319 142-1, 5.4.2.3: SHA-1 of the whole /Contents, in upper-case hexadecimal; a name, not a proof. */
function vriKey(contents: Uint8Array): string {
  return createHash("sha1").update(contents).digest("hex").toUpperCase();
}

/** ISO 32000-2, 7.12: a reader of PDF 1.7 is told that the file uses what ETSI added to it. */
const EXTENSIONS = pdfDictionary({
  ESIC: pdfDictionary({ BaseVersion: pdfName("1.7"), ExtensionLevel: pdfNumber(1) }),
});

/** Empty arrays are left out, as ISO 32000-2, table 261 has it. */
function arrays(references: Readonly<Record<string, readonly PdfValue[]>>): Record<string, PdfValue> {
  const filled = Object.entries(references).filter(([, items]) => items.length > 0);
  return Object.fromEntries(filled.map(([key, items]) => [key, pdfArray(...items)]));
}

function itemsOf(store: PdfDictionary, key: string): readonly PdfValue[] {
  const items = store.entries.get(key);
  if (items === undefined) return [];
  if (items.kind !== "array") throw new Error(`Expected an array as /${key} of the security store`);
  return items.items;
}

/** Print and Locked, as the seal's own widget has them. */
const PRINT_AND_LOCKED = 132;

/**
 * The objects of a document timestamp (ISO 32000-2, 12.8.5; ETSI EN 319 142-1, 5.4.3) in a signature field of its own
 * on the seal's page. Its widget has no area, so that nothing is drawn and no appearance is needed (ISO 19005-3, 6.3.3),
 * but it has a name and its place in the structure tree, as ISO 14289-1, 7.18.4 wants of every widget.
 */
export function makeDocumentTimestamp(structure: PdfStructure): Omit<UpdateContent, "reservedBytes"> {
  const fields = readFormFields(structure);
  const [seal] = fields;
  if (seal === undefined) throw new Error("Expected a sealed document: its form has no field");
  const page = readDictionary(structure, referenceEntry(seal.field.value, "P", "seal's widget"));
  const first = structure.size;
  const widget = pdfReference(first);
  const signature = pdfReference(first + 1);
  const tie = tieIntoStructureTree(structure, {
    widget,
    page: pdfReference(page.number),
    elementNumber: first + 2,
    parentTreeNodeNumber: first + 3,
    language: "zh-CN",
  });
  const annotations = resolve(structure, page.value.entries.get("Annots") ?? pdfArray());
  if (annotations.kind !== "array") throw new Error("Expected an array as /Annots of the page");
  const form = readDictionary(structure, referenceEntry(structure.catalog.value, "AcroForm", "catalog"));
  const references = fields.map(({ field }) => pdfReference(field.number));
  const objects = new Map<number, PdfValue | PdfStream>([
    ...tie.objects,
    [page.number, withEntries(page.value, { Annots: pdfArray(...annotations.items, widget) })],
    [form.number, withEntries(form.value, { Fields: pdfArray(...references, widget) })],
    [
      widget.object,
      pdfDictionary({
        Type: pdfName("Annot"),
        Subtype: pdfName("Widget"),
        FT: pdfName("Sig"),
        T: pdfText(`ArchiveTimestamp${fields.length}`),
        TU: pdfText("文件时间戳（长期存档） / Document timestamp (archive)"),
        F: pdfNumber(PRINT_AND_LOCKED),
        Rect: pdfArray(...[0, 0, 0, 0].map(pdfNumber)),
        P: pdfReference(page.number),
        V: signature,
        StructParent: pdfNumber(tie.structParent),
      }),
    ],
  ]);
  const dictionary = pdfDictionary({
    Type: pdfName("DocTimeStamp"),
    Filter: pdfName("Adobe.PPKLite"),
    SubFilter: pdfName("ETSI.RFC3161"),
  });
  return {
    objects,
    signature: { number: signature.object, dictionary },
    size: Math.max(...objects.keys(), signature.object) + 1,
  };
}
