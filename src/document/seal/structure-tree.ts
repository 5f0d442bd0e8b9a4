import { integerEntry, type PdfStructure, readDictionary, referenceEntry, resolve } from "./pdf-structure.ts";
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

export interface FormElement {
  readonly widget: PdfReference;
  readonly page: PdfReference;
  /** The language of the widget's accessible name. */
  readonly language: string;
  /** Object numbers still free; the second is used only when the parent tree is split into nodes. */
  readonly elementNumber: number;
  readonly parentTreeNodeNumber: number;
}

export interface StructureTreeChange {
  /** New and rewritten objects, by number. */
  readonly objects: ReadonlyMap<number, PdfValue>;
  /** The widget's /StructParent. */
  readonly structParent: number;
}

/**
 * Hangs a Form structure element for the widget at the end of the document's topmost structure element, or of the
 * structure tree root when there is no single topmost one, and enters it in the parent tree (ISO 14289-1, 7.18.1;
 * ISO 32000-2, 14.7.5). Throws when the document is not tagged.
 */
export function tieIntoStructureTree(structure: PdfStructure, form: FormElement): StructureTreeChange {
  const rootReference = referenceEntry(structure.catalog.value, "StructTreeRoot", "catalog of a tagged PDF");
  const root = readDictionary(structure, rootReference);
  const structParent = integerEntry(root.value, "ParentTreeNextKey", "structure tree root");
  const objects = new Map<number, PdfValue>();
  const element = pdfReference(form.elementNumber);

  let newRoot = withEntries(root.value, { ParentTreeNextKey: pdfNumber(structParent + 1) });
  const parentTree = root.value.entries.get("ParentTree");
  const extended = extendParentTree(structure, parentTree, { key: structParent, element, form });
  if (parentTree?.kind === "reference") objects.set(parentTree.object, extended.tree);
  else newRoot = withEntries(newRoot, { ParentTree: extended.tree });
  if (extended.node !== undefined) objects.set(form.parentTreeNodeNumber, extended.node);

  const top = onlyChild(structure, root.value);
  if (top === undefined) newRoot = withChild(structure, newRoot, element);
  else objects.set(top.object, withChild(structure, readDictionary(structure, top).value, element));
  objects.set(root.number, newRoot);
  objects.set(form.elementNumber, formElement(form, top ?? rootReference));
  return { objects, structParent };
}

function formElement(form: FormElement, parent: PdfReference): PdfDictionary {
  const kid = pdfDictionary({ Type: pdfName("OBJR"), Obj: form.widget, Pg: form.page });
  return pdfDictionary({
    Type: pdfName("StructElem"),
    S: pdfName("Form"),
    P: parent,
    Pg: form.page,
    Lang: pdfText(form.language),
    K: pdfArray(kid),
  });
}

/** The structure tree root's child when it has exactly one and that is an object of its own. */
function onlyChild(structure: PdfStructure, root: PdfDictionary): PdfReference | undefined {
  const children = childrenOf(structure, root);
  const [child] = children;
  return children.length === 1 && child?.kind === "reference" ? child : undefined;
}

function withChild(structure: PdfStructure, element: PdfDictionary, child: PdfReference): PdfDictionary {
  return withEntries(element, { K: pdfArray(...childrenOf(structure, element), child) });
}

/** /K is one child or an array of them (ISO 32000-2, table 355); a reference may lead to either. */
function childrenOf(structure: PdfStructure, element: PdfDictionary): readonly PdfValue[] {
  const children = element.entries.get("K");
  if (children === undefined) return [];
  const resolved = resolve(structure, children);
  return resolved.kind === "array" ? resolved.items : [children];
}

interface ParentTreeEntry {
  readonly key: number;
  readonly element: PdfReference;
  readonly form: FormElement;
}

/** A number tree's root holds either its pairs in /Nums or its nodes in /Kids (ISO 32000-2, 7.9.7). */
function extendParentTree(
  structure: PdfStructure,
  parentTree: PdfValue | undefined,
  { key, element, form }: ParentTreeEntry,
): { readonly tree: PdfDictionary; readonly node?: PdfDictionary } {
  const tree = parentTree === undefined ? undefined : resolve(structure, parentTree);
  if (tree?.kind !== "dictionary") throw new Error("Expected a dictionary as /ParentTree of the structure tree root");
  const pairs = arrayEntry(structure, tree, "Nums");
  if (pairs !== undefined) {
    const last = pairs.at(-2);
    if (last !== undefined && !(last.kind === "number" && Number(last.source) < key)) {
      throw new Error(`Expected the keys of /ParentTree to be below /ParentTreeNextKey ${key}`);
    }
    return { tree: withEntries(tree, { Nums: pdfArray(...pairs, pdfNumber(key), element) }) };
  }
  const nodes = arrayEntry(structure, tree, "Kids");
  if (nodes === undefined) throw new Error("Expected /Nums or /Kids in /ParentTree");
  const node = pdfDictionary({
    Limits: pdfArray(pdfNumber(key), pdfNumber(key)),
    Nums: pdfArray(pdfNumber(key), element),
  });
  return { tree: withEntries(tree, { Kids: pdfArray(...nodes, pdfReference(form.parentTreeNodeNumber)) }), node };
}

function arrayEntry(structure: PdfStructure, dictionary: PdfDictionary, key: string): readonly PdfValue[] | undefined {
  const value = dictionary.entries.get(key);
  const resolved = value === undefined ? undefined : resolve(structure, value);
  if (resolved !== undefined && resolved.kind !== "array") throw new Error(`Expected an array as /${key}`);
  return resolved?.items;
}
