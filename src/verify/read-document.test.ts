import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { judgeTest, type RunJudge } from "../../tests/judges.ts";
import { snapshotFixture } from "../document/contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "../document/document-renderer.ts";
import { inTemporaryFile } from "../document/temporary-file.fixture.ts";
import { bracketBomb, classicPdf } from "./hostile-pdf.fixture.ts";
import { type Reading, readDocument } from "./read-document.ts";
import { appendRevision, plainPdf } from "./sealed-pdf.fixture.ts";

const contract = Buffer.from(openDocumentRenderer().draw({ kind: "contract", snapshot: snapshotFixture() }).pdf);
const CATALOG = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES = "<</Type/Pages/Kids[]/Count 0>>";

/** What the tool makes of the file with these arguments before and after its name. */
function madeBy(run: RunJudge, pdf: Uint8Array, before: readonly string[], after: readonly string[] = []): Buffer {
  let made = Buffer.alloc(0);
  inTemporaryFile(pdf, (path) => {
    expect(run(...before, path, ...after, `${path}.made`)).toMatchObject({ exitCode: 0 });
    made = readFileSync(`${path}.made`);
  });
  return made;
}

/** As Word writes: a classic table, and after it an empty one beside a stream that lists some objects only there. */
function hybridPdf(hidden: string): Buffer {
  const plain = plainPdf();
  const member = `5 0 ${hidden}`;
  const objectStream = `6 0 obj\n<</Type/ObjStm/N 1/First 4/Length ${member.length}>>\nstream\n${member}\nendstream\nendobj\n`;
  const rows = Buffer.from([2, 0, 0, 6, 0, 1, ...sized(plain.length), 0]);
  const data = deflateSync(rows);
  const head = `7 0 obj\n<</Type/XRef/Size 8/Root 1 0 R/W[1 3 1]/Index[5 2]/Filter/FlateDecode/Length ${data.length}>>\nstream\n`;
  const stream = Buffer.concat([Buffer.from(head), data, Buffer.from("\nendstream\nendobj\n")]);
  const at = plain.length + objectStream.length;
  const previous = /startxref\n(\d+)/.exec(plain.toString("latin1"))?.[1] ?? "";
  const trailer = `trailer\n<</Size 8/Root 1 0 R/Prev ${previous}/XRefStm ${at}>>\n`;
  const end = `xref\n0 0\n${trailer}startxref\n${at + stream.length}\n%%EOF\n`;
  return Buffer.concat([plain, Buffer.from(objectStream), stream, Buffer.from(end)]);
}

function sized(value: number): readonly number[] {
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

describe("ordinary PDFs can be read, whoever made them", () => {
  test("one of ours, and one by hand", () => {
    expect([contract, plainPdf()].map(readDocument)).toEqual(["readable", "readable"]);
  });

  for (const options of [
    ["--linearize"],
    ["--object-streams=generate"],
    ["--object-streams=disable"],
    ["--linearize", "--object-streams=generate"],
    ["--qdf"],
  ]) {
    judgeTest("qpdf", `rewritten with ${options.join(" ")}`, (run) => {
      expect(readDocument(madeBy(run, contract, options))).toBe("readable");
    });
  }

  for (const options of [[], ["-z"], ["-gggg"]]) {
    judgeTest("mutool", `rewritten with clean ${options.join(" ")}`, (run) => {
      expect(readDocument(madeBy(run, contract, ["clean", ...options]))).toBe("readable");
    });
  }

  test("with a revision appended, as annotations and signatures are", () => {
    const page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Rotate 90>>";
    expect(readDocument(appendRevision(plainPdf(), new Map([[3, page]]), { size: 5 }))).toBe("readable");
  });

  test("a hybrid file, as Word writes it", () => {
    expect(readDocument(hybridPdf("<</Kind/Note>>"))).toBe("readable");
  });

  test.each(["\n", "\r\n\r\n", "   ", "\0\0\0\0", " \n \n"])("with %j after its end", (padding) => {
    expect(readDocument(Buffer.concat([contract, Buffer.from(padding)]))).toBe("readable");
  });

  test("with links, forms and bookmarks", () => {
    const objects = [
      "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>/Outlines<</Count 0>>/OpenAction[2 0 R/Fit]>>",
      "<</Type/Pages/Kids[]/Count 0/Annots[<</Subtype/Link/A<</S/URI/URI(https://example.com)>>>>]>>",
    ];
    expect(readDocument(classicPdf(objects))).toBe("readable");
  });
});

describe("what would run something when opened is active", () => {
  test.each<[string, string]>([
    ["a script that runs on opening", "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"],
    ["a script among the names", "<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a)3 0 R]>>>>>>"],
    [
      "a script under a name written in hexadecimal",
      "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScript/J#53(x)>>>>",
    ],
    ["a program to start", "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(calc.exe)>>>>"],
    ["a form of XFA", "<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA[(a)3 0 R]>>>>"],
    ["a video", "<</Type/Catalog/Pages 2 0 R/AA<</O<</S/Rendition/OP 0>>>>>>"],
    ["deep inside", "<</Type/Catalog/Pages 2 0 R/A[[[<</B[<</S/JavaScript>>]>>]]]>>"],
  ])("%s", (_, catalog) => {
    expect(readDocument(classicPdf([catalog, PAGES, "<</S/URI>>"]))).toBe("active");
  });

  test("a script that nothing refers to", () => {
    expect(readDocument(classicPdf([CATALOG, PAGES, "<</S/JavaScript/JS(x)>>"]))).toBe("active");
  });

  test("a script added by a later revision, and none where a later revision took it away", () => {
    const script = new Map([[5, "<</S/JavaScript/JS(x)>>"]]);
    const added = appendRevision(plainPdf(), script, { size: 6 });
    expect(readDocument(added)).toBe("active");
    expect(readDocument(appendRevision(added, new Map([[5, "null"]]), { size: 6 }))).toBe("readable");
  });

  test("a script that only newer readers see in a hybrid file", () => {
    expect(readDocument(hybridPdf("<</S/JavaScript/JS(x)>>"))).toBe("active");
  });

  judgeTest("qpdf", "a script packed into an object stream", (run) => {
    const active = classicPdf([
      "<</Type/Catalog/Pages 2 0 R/OpenAction 3 0 R>>",
      PAGES,
      "<</S/JavaScript/JS(app.alert(1))>>",
    ]);
    const packed = madeBy(run, active, ["--object-streams=generate"]);
    expect(packed.includes("JavaScript")).toBe(false);
    expect(readDocument(packed)).toBe("active");
  });
});

describe("what cannot be read is unreadable, and never a fault of ours", () => {
  test.each<[string, Buffer]>([
    ["nothing", Buffer.alloc(0)],
    ["white space", Buffer.from(" \n\0")],
    ["a letter", Buffer.from("Dear Sir or Madam")],
    ["a page of the web", Buffer.from("<!doctype html><title>%PDF-1.7</title>")],
    ["a head and an end", Buffer.from("%PDF-1.7\n%%EOF\n")],
    ["the half of a contract", contract.subarray(0, contract.length / 2)],
    ["a contract without its last bytes", contract.subarray(0, -9)],
    ["something after its end that is no white space", Buffer.concat([contract, Buffer.from("<script>")])],
    ["no catalogue", classicPdf(["null", PAGES])],
    ["no pages", classicPdf(["<</Type/Catalog>>"])],
    ["encrypted by its own word", classicPdf([CATALOG, PAGES, "<</Filter/Standard>>"], "/Root 1 0 R/Encrypt 3 0 R")],
    ["brackets in brackets", classicPdf([CATALOG, PAGES, `${"[".repeat(5000)}${"]".repeat(5000)}`])],
    ["a bomb of brackets without pages", bracketBomb()],
    ["a hybrid whose stream is elsewhere", classicPdf([CATALOG, PAGES], "/Root 1 0 R/XRefStm 9999999")],
  ])("%s", (_, pdf) => {
    const reading: Reading = readDocument(pdf);
    expect(reading).toBe("unreadable");
  });

  judgeTest("qpdf", "encrypted, also where everybody may open it", (run) => {
    for (const options of [
      ["--encrypt", "secret", "owner", "256", "--"],
      ["--encrypt", "", "owner", "256", "--"],
      ["--object-streams=generate", "--encrypt", "", "", "256", "--"],
    ]) {
      expect(readDocument(madeBy(run, contract, options))).toBe("unreadable");
    }
  });
});
