import type { PdfDocument } from "../pdf-document.ts";
import {
  isArray,
  isDictionary,
  isIndex,
  isName,
  isReference,
  type PdfDictionary,
  type PdfValue,
} from "../pdf-lexer.ts";
import { dictionaryOf, entryOf, itemsOf, nameOf, numberOf } from "../pdf-reading.ts";

/** A structure element (ISO 32000-2, 14.7.2). */
export interface StructureElement {
  /** Its object number; 0 for one that is no object of its own. */
  readonly number: number;
  /** /S as written. */
  readonly type: string;
  /** The standard type that the role map leads to; null where it leads to none. */
  readonly role: string | null;
  readonly dictionary: PdfDictionary;
  readonly parent: StructureElement | null;
  readonly children: readonly StructureElement[];
  readonly contents: readonly ContentItem[];
  readonly objects: readonly ObjectItem[];
}

/** Marked content of a page, by the page's object number. */
interface ContentItem {
  readonly page: number;
  readonly mark: number;
}

interface ObjectItem {
  readonly number: number;
}

export interface StructureTree {
  readonly root: PdfDictionary | null;
  readonly rootNumber: number;
  readonly roleMap: PdfDictionary | null;
  /** In reading order. */
  readonly elements: readonly StructureElement[];
  /** The parent tree: an element or a list of them, by key. */
  readonly parents: ReadonlyMap<number, PdfValue>;
}

/** ISO 32000-1, 14.8.4: the types that need no role map. */
export const STANDARD_TYPES: ReadonlySet<string> = new Set(
  `Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
   Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure
   Formula Form`.split(/\s+/),
);

const MAX_DEPTH = 200;

interface Growing extends StructureElement {
  readonly children: StructureElement[];
  readonly contents: ContentItem[];
  readonly objects: ObjectItem[];
}

/** Reads the tree from its root; what is no element, content or object reference is passed over. */
export function readStructureTree(document: PdfDocument, catalog: PdfDictionary): StructureTree {
  const reference = catalog.entries.get("StructTreeRoot");
  const root = dictionaryOf(document, catalog, "StructTreeRoot");
  const roleMap = dictionaryOf(document, root, "RoleMap");
  const elements: StructureElement[] = [];
  const seen = new Set<number>();
  const visit = (value: PdfValue, parent: Growing | null, page: number, depth: number): void => {
    if (isReference(value) && seen.has(value.number)) return;
    if (isReference(value)) seen.add(value.number);
    const found = document.resolve(value);
    if (isArray(found)) for (const item of found.items) visit(item, parent, page, depth);
    else if (isIndex(found)) parent?.contents.push({ page, mark: found });
    else if (isDictionary(found) && depth < MAX_DEPTH) visitDictionary(value, found, parent, page, depth);
  };
  const visitDictionary = (
    value: PdfValue,
    dictionary: PdfDictionary,
    parent: Growing | null,
    page: number,
    depth: number,
  ): void => {
    const own = dictionary.entries.get("Pg");
    const here = isReference(own) ? own.number : page;
    const kind = nameOf(document, dictionary, "Type");
    if (kind === "MCR") {
      parent?.contents.push({ page: here, mark: numberOf(document, dictionary, "MCID") ?? -1 });
    } else if (kind === "OBJR") {
      const object = dictionary.entries.get("Obj");
      parent?.objects.push({ number: isReference(object) ? object.number : 0 });
    } else {
      const type = nameOf(document, dictionary, "S") ?? "";
      const role = roleOf(document, roleMap, type);
      const number = isReference(value) ? value.number : 0;
      const element: Growing = { number, type, role, dictionary, parent, children: [], contents: [], objects: [] };
      elements.push(element);
      parent?.children.push(element);
      const kids = dictionary.entries.get("K");
      if (kids !== undefined) visit(kids, element, here, depth + 1);
    }
  };
  if (root) visit(root.entries.get("K") ?? null, null, 0, 0);
  const rootNumber = isReference(reference) ? reference.number : 0;
  return {
    root,
    rootNumber,
    roleMap,
    elements,
    parents: readNumberTree(document, dictionaryOf(document, root, "ParentTree")),
  };
}

/** Follows the role map; null where it ends at no standard type or runs in a circle. */
function roleOf(document: PdfDocument, roleMap: PdfDictionary | null, type: string): string | null {
  const seen = new Set<string>();
  for (let current = type; !seen.has(current); ) {
    if (STANDARD_TYPES.has(current)) return current;
    seen.add(current);
    const next = entryOf(document, roleMap, current);
    if (!isName(next)) return null;
    current = next.name;
  }
  return null;
}

/** ISO 32000-2, 7.9.7. */
function readNumberTree(document: PdfDocument, tree: PdfDictionary | null, depth = 0): Map<number, PdfValue> {
  const found = new Map<number, PdfValue>();
  const pairs = itemsOf(document, tree, "Nums");
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const [key, value] = [pairs[at], pairs[at + 1]];
    if (isIndex(key) && value !== undefined) found.set(key, value);
  }
  for (const kid of depth < 16 ? itemsOf(document, tree, "Kids") : []) {
    const node = document.resolve(kid);
    if (!isDictionary(node)) continue;
    for (const [key, value] of readNumberTree(document, node, depth + 1)) found.set(key, value);
  }
  return found;
}

/** An attribute of an element, by owner (ISO 32000-2, 14.7.6); null where it has none. */
export function attributeOf(document: PdfDocument, element: StructureElement, owner: string, key: string): PdfValue {
  const value = entryOf(document, element.dictionary, "A");
  for (const item of isArray(value) ? value.items : [value]) {
    const attributes = document.resolve(item);
    if (isDictionary(attributes) && nameOf(document, attributes, "O") === owner && attributes.entries.has(key)) {
      return entryOf(document, attributes, key);
    }
  }
  return null;
}

/** For people: "P element (object 12)". */
export function titleOf({ type, number }: StructureElement): string {
  return `${type || "untyped"} element (object ${number})`;
}
