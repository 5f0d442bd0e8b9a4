import { expect, test } from "vitest";
import { handMadePdf, handMadeTaggedPdf } from "./hand-made-pdf.fixture.ts";
import { parsePdfValue } from "./pdf-parser.ts";
import { readPage, readPdfStructure } from "./pdf-structure.ts";
import { serializePdfValue } from "./pdf-values.ts";
import { renderSample } from "./typst-sample.fixture.ts";

function roundTrip(source: string): string {
  return serializePdfValue(parsePdfValue(Buffer.from(source, "latin1"), 0).value);
}

test.each([
  ["<</A 1/B[1 0 R -2.50 .5 true null]>>", "<</A 1 /B [1 0 R -2.50 .5 true null]>>"],
  ["(a \\) (nested) \\\\)", "(a \\) (nested) \\\\)"],
  ["<FEFF 00e9>", "<FEFF 00e9>"],
  ["<</Name#20x % a comment\n/Value>>", "<</Name#20x /Value>>"],
  ["[1 2 3 R]", "[1 2 3 R]"],
])("%s is read and written in its own spelling", (source, written) => {
  expect(roundTrip(source)).toBe(written);
});

test.each([
  ["a dictionary without end", "<</A 1", "a PDF value"],
  ["a string without end", "(abc", "the end of a string"],
  ["a hexadecimal string with other letters", "<xyz>", "a hexadecimal string"],
  ["a key twice", "<</A 1/A 2>>", "only one /A"],
  ["a key that is no name", "<<1 2>>", "a dictionary key"],
  ["a stray word", "foo", "a PDF value"],
  ["arrays without number", "[".repeat(100), "less nesting"],
])("%s is refused by name", (_, source, expectation) => {
  expect(() => roundTrip(source)).toThrow(expectation);
});

test("what Typst writes is read: catalog, pages, free object number", () => {
  const structure = readPdfStructure(renderSample());
  expect(structure.size).toBe(structure.catalog.number + 1);
  expect(readPage(structure, 1).value.entries.get("Type")).toEqual({ kind: "name", name: "Page" });
  expect(() => readPage(structure, 3)).toThrow("the document has 2 pages");
});

test("files that we do not make are refused by name", () => {
  expect(() => readPdfStructure(Buffer.from("hello"))).toThrow('"%PDF-"');
  expect(() => readPdfStructure(Buffer.from("%PDF-1.7\nnothing"))).toThrow('"startxref"');
  expect(() => readPdfStructure(Buffer.from("%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF"))).toThrow(
    "classic cross-reference",
  );
  expect(() => readPdfStructure(handMadePdf(["<</Type/Catalog>>"], "/Encrypt 2 0 R"))).toThrow("without /Encrypt");
  expect(() => readPdfStructure(handMadePdf(["<</Type/Catalog>>"], "/XRefStm 9"))).toThrow("without /XRefStm");
  expect(() => readPdfStructure(handMadePdf(["[1]"]))).toThrow("a dictionary as object 1");
});

test("a page tree that loops is refused", () => {
  const structure = readPdfStructure(handMadeTaggedPdf({ 2: "<</Type/Pages/Kids[2 0 R]/Count 1>>" }));
  expect(() => readPage(structure, 1)).toThrow("without loops");
});

test("a cross-reference chain that loops is refused", () => {
  const once = handMadePdf(["<</Type/Catalog>>"]).toString("latin1");
  const offset = once.indexOf("xref\n");
  expect(() => readPdfStructure(handMadePdf(["<</Type/Catalog>>"], `/Prev ${offset}`))).toThrow("not visited yet");
});
