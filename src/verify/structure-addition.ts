import { appendedItems, expectedValue, isSame } from "./pdf-difference.ts";
import {
  isArray,
  isDictionary,
  isIndex,
  isReference,
  isString,
  type PdfDictionary,
  type PdfValue,
} from "./pdf-lexer.ts";
import { textOf } from "./pdf-reading.ts";
import { notAnArchive } from "./revision-bytes.ts";
import { newDictionary, type RevisionStep, rewritten } from "./revision-step.ts";

interface AddedWidget {
  readonly widget: number;
  readonly entries: ReadonlyMap<string, PdfValue>;
}

/**
 * Accounts for the place of a new widget in the structure tree (ISO 32000-2 §14.7.5): one Form element with the widget
 * as its only child, last below the tree's root or below an element that is there; one pair or node more in the parent
 * tree; the next key counted on. A widget that names no place must leave the tree alone.
 */
export function explainStructure(step: RevisionStep, catalog: PdfDictionary, added: AddedWidget): void {
  const key = added.entries.get("StructParent");
  const root = catalog.entries.get("StructTreeRoot");
  if (key === undefined) return;
  if (!isIndex(key) || !isReference(root)) notAnArchive("its timestamp has no place in the structure tree");
  const [former, later] = rewritten(step, root.number, ["K", "ParentTree", "ParentTreeNextKey"]);
  if (former.entries.get("ParentTreeNextKey") !== key || later.entries.get("ParentTreeNextKey") !== key + 1) {
    notAnArchive("it numbers the structure tree anew");
  }
  const element = explainParentTree(step, former.entries.get("ParentTree"), later.entries.get("ParentTree"), key);
  explainElement(step, root.number, [former, later], element, added);
}

/** The element that the parent tree has under the key now, and had not before. */
function explainParentTree(
  step: RevisionStep,
  formerTree: PdfValue | undefined,
  laterTree: PdfValue | undefined,
  key: number,
): PdfValue {
  const { bytes } = step.after;
  const [former, later] = treesOf(step, formerTree, laterTree);
  const pairs = former.entries.get("Nums");
  if (isArray(pairs)) {
    const added = appendedItems(bytes, pairs, later.entries.get("Nums"));
    if (
      added?.length !== 2 ||
      added[0] !== key ||
      !isSame(bytes, former.entries.get("Kids"), later.entries.get("Kids"))
    ) {
      return notAnArchive("it changes the parent tree");
    }
    return added[1] ?? null;
  }
  const added = appendedItems(bytes, former.entries.get("Kids"), later.entries.get("Kids"));
  const [, node] = added?.length === 1 ? newDictionary(step, added[0]) : notAnArchive("it changes the parent tree");
  const nums = node.entries.get("Nums");
  const [, element = null] = isArray(nums) ? nums.items : [];
  const expected = expectedValue.dictionary({
    Limits: expectedValue.array(key, key),
    Nums: expectedValue.array(key, element),
  });
  if (!isSame(bytes, expected, node)) notAnArchive("it changes the parent tree");
  return element;
}

function treesOf(
  step: RevisionStep,
  former: PdfValue | undefined,
  later: PdfValue | undefined,
): readonly [PdfDictionary, PdfDictionary] {
  if (isReference(former) && isSame(step.after.bytes, former, later)) {
    return rewritten(step, former.number, ["Nums", "Kids"]);
  }
  return isDictionary(former) && isDictionary(later) ? [former, later] : notAnArchive("it changes the parent tree");
}

function explainElement(
  step: RevisionStep,
  root: number,
  trees: readonly [PdfDictionary, PdfDictionary],
  reference: PdfValue,
  { widget, entries }: AddedWidget,
): void {
  const { bytes } = step.after;
  const [, element] = newDictionary(step, reference);
  const parent = element.entries.get("P");
  const page = entries.get("P") ?? null;
  if (!isReference(parent)) notAnArchive("it changes the structure tree");
  const kid = expectedValue.dictionary({
    Type: expectedValue.name("OBJR"),
    Obj: expectedValue.reference(widget),
    Pg: page,
  });
  const expected = expectedValue.dictionary({
    Type: expectedValue.name("StructElem"),
    S: expectedValue.name("Form"),
    P: parent,
    Pg: page,
    K: expectedValue.array(kid),
    ...languageOf(step, element),
  });
  if (!isSame(bytes, expected, element)) notAnArchive("it changes the structure tree");
  const isBelowRoot = parent.number === root;
  const [former, later] = isBelowRoot ? trees : rewritten(step, parent.number, ["K"]);
  const added = appendedItems(bytes, { kind: "array", items: childrenOf(former) }, later.entries.get("K"));
  if (added?.length !== 1 || !isSame(bytes, added[0], reference)) notAnArchive("it changes the structure tree");
  if (!isBelowRoot && !isSame(bytes, trees[0].entries.get("K"), trees[1].entries.get("K"))) {
    notAnArchive("it changes the structure tree");
  }
}

/** The one thing that an element may say beside its place: in which language the widget's name is, such as zh-CN. */
function languageOf({ after }: RevisionStep, element: PdfDictionary): Readonly<Record<string, PdfValue>> {
  const language = element.entries.get("Lang");
  const tag = isString(language) && textOf(after, element, "Lang");
  return tag && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(tag) ? { Lang: language } : {};
}

/** /K is one child or an array of them (ISO 32000-2 table 355). */
function childrenOf({ entries }: PdfDictionary): readonly PdfValue[] {
  const children = entries.get("K");
  if (children === undefined) return [];
  return isArray(children) ? children.items : [children];
}
