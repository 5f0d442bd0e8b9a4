import { expect, test } from "vitest";
import { handMadeTaggedPdf } from "./hand-made-pdf.fixture.ts";
import { readPdfStructure } from "./pdf-structure.ts";
import { pdfReference, serializePdfValue } from "./pdf-values.ts";
import { tieIntoStructureTree } from "./structure-tree.ts";

/** The rewritten objects as text, by number, after tying widget 20 on page 3 in with element 21. */
function tie(pdf: Uint8Array): Readonly<Record<number, string>> {
  const change = tieIntoStructureTree(readPdfStructure(pdf), {
    widget: pdfReference(20),
    page: pdfReference(3),
    language: "zh-CN",
    elementNumber: 21,
    parentTreeNodeNumber: 22,
  });
  return Object.fromEntries([...change.objects].map(([number, value]) => [number, serializePdfValue(value)]));
}

test("a parent tree of nodes gets one node more", () => {
  const changed = tie(handMadeTaggedPdf());
  expect(changed[6]).toBe("<</Kids [8 0 R 22 0 R]>>");
  expect(changed[22]).toBe("<</Limits [2 2] /Nums [2 21 0 R]>>");
  expect(changed[4]).toContain("/ParentTreeNextKey 3");
});

test("a parent tree of pairs gets one pair more, in the tree root or in an object of its own", () => {
  const own = tie(handMadeTaggedPdf({ 6: "<</Nums[0 7 0 R 1 7 0 R]>>" }));
  expect(own[6]).toBe("<</Nums [0 7 0 R 1 7 0 R 2 21 0 R]>>");
  const root = "<</Type/StructTreeRoot/K[5 0 R]/ParentTree<</Nums[0 7 0 R]>>/ParentTreeNextKey 1>>";
  expect(tie(handMadeTaggedPdf({ 4: root }))[4]).toContain("/ParentTree <</Nums [0 7 0 R 1 21 0 R]>>");
});

test("the element hangs below the one topmost element, whose single child becomes the first of two", () => {
  const changed = tie(handMadeTaggedPdf());
  expect(changed[5]).toContain("/K [7 0 R 21 0 R]");
  expect(changed[21]).toContain("/S /Form /P 5 0 R");
});

test("the element hangs below the tree root when there are several topmost ones", () => {
  const root = "<</Type/StructTreeRoot/K[5 0 R 7 0 R]/ParentTree 6 0 R/ParentTreeNextKey 2>>";
  const changed = tie(handMadeTaggedPdf({ 4: root }));
  expect(changed[4]).toContain("/K [5 0 R 7 0 R 21 0 R]");
  expect(changed[21]).toContain("/S /Form /P 4 0 R");
});

test("documents without tags, or with a parent tree out of order, are refused", () => {
  expect(() => tie(handMadeTaggedPdf({ 1: "<</Type/Catalog/Pages 2 0 R>>" }))).toThrow("/StructTreeRoot");
  expect(() => tie(handMadeTaggedPdf({ 6: "<</Nums[7 7 0 R]>>" }))).toThrow("below /ParentTreeNextKey");
  expect(() => tie(handMadeTaggedPdf({ 6: "<<>>" }))).toThrow("/Nums or /Kids");
});
