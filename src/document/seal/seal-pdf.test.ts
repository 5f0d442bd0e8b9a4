import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgeTest, type RunJudge } from "../../../tests/judges.ts";
import { readDictionary, readObject, readPage, readPdfStructure, referenceEntry } from "./pdf-structure.ts";
import { serializePdfValue } from "./pdf-values.ts";
import { type SealBench, sealOrThrow, setUpSealBench } from "./sealed-sample.fixture.ts";
import { extractSignature } from "./signature-extraction.fixture.ts";
import type { TestKeyType } from "./test-authority.ts";

const directory = mkdtempSync(join(tmpdir(), "orderseal-seal-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function keep(name: string, bytes: Uint8Array | string): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

/** openssl's verdict on the CMS in the PDF, with the bench's root as the only trusted certificate. */
function verifyWithOpenssl(openssl: RunJudge, pdf: Buffer, bench: SealBench) {
  const { cms, content } = extractSignature(pdf);
  const root = keep("root.pem", bench.authority.root.certificatePem);
  const at = String(bench.input.sealedAt.getTime() / 1000);
  const files = ["-in", keep("cms.der", cms), "-content", keep("content", content), "-CAfile", root, "-attime", at];
  return openssl(
    "cms",
    "-verify",
    "-cades",
    "-binary",
    "-inform",
    "DER",
    ...files,
    "-purpose",
    "any",
    "-out",
    "/dev/null",
  );
}

describe.each<TestKeyType>(["p256", "rsa2048"])("a contract sealed with %s", (keyType) => {
  let bench: SealBench;
  let sealed: Buffer;
  beforeAll(async () => {
    bench = setUpSealBench(keyType);
    sealed = await sealOrThrow(bench.input);
  });

  judgeTest("pdfsig", "calls the signature valid over the whole document", (pdfsig) => {
    const { output } = pdfsig("-nocert", keep("sealed.pdf", sealed));
    expect(output).toContain("Signature Validation: Signature is Valid.");
    expect(output).toContain("Total document signed");
    expect(output).toContain("Signature Type: ETSI.CAdES.detached");
    expect(output.match(/Signature #/g)).toHaveLength(1);
  });

  judgeTest("qpdf", "finds no fault in the file's structure", (qpdf) => {
    const { exitCode, output } = qpdf("--check", keep("sealed.pdf", sealed));
    expect(output).toContain("No syntax or stream encoding errors found");
    expect(exitCode).toBe(0);
  });

  judgeTest("mutool", "says that the document is unchanged", (mutool) => {
    expect(mutool("sign", "-v", keep("sealed.pdf", sealed)).output).toContain("unchanged since signing");
  });

  judgeTest("openssl", "accepts the CMS as CAdES, up to the demo root", (openssl) => {
    const { exitCode, output } = verifyWithOpenssl(openssl, sealed, bench);
    expect(output).toContain("CAdES Verification successful");
    expect(exitCode).toBe(0);
  });

  judgeTest("openssl", "refuses the CMS when one signed byte was flipped", (openssl) => {
    for (const offset of [100, bench.input.pdf.length + 40, sealed.length - 30]) {
      const tampered = Buffer.from(sealed);
      tampered.writeUInt8(tampered.readUInt8(offset) ^ 1, offset);
      expect(verifyWithOpenssl(openssl, tampered, bench).exitCode).not.toBe(0);
    }
  });

  judgeTest("openssl", "finds no signing-time among the signed attributes, and the ESS certificate hash", (openssl) => {
    const cms = keep("cms.der", extractSignature(sealed).cms);
    const { output } = openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", cms);
    const signedAttributes = output.slice(output.indexOf("signedAttrs:"), output.indexOf("unsignedAttrs:"));
    expect(signedAttributes.match(/object: \S+/g)).toEqual([
      "object: contentType",
      "object: messageDigest",
      "object: id-smime-aa-signingCertificateV2",
    ]);
    expect(output).toMatch(/eContent: <ABSENT>/);
  });
});

describe("the sealing update", () => {
  let bench: SealBench;
  let sealed: Buffer;
  beforeAll(async () => {
    bench = setUpSealBench("p256");
    sealed = await sealOrThrow(bench.input);
  });

  function written(path: "catalog" | "form" | "widget" | "signature" | "page"): string {
    const structure = readPdfStructure(sealed);
    const form = readDictionary(structure, referenceEntry(structure.catalog.value, "AcroForm", "catalog"));
    const page = readPage(structure, 2);
    const annotations = page.value.entries.get("Annots");
    const annotation = annotations?.kind === "array" ? annotations.items.at(-1) : undefined;
    if (annotation?.kind !== "reference") throw new Error("Expected a widget on page 2");
    const widget = readDictionary(structure, annotation);
    const signature = readDictionary(structure, referenceEntry(widget.value, "V", "widget"));
    return serializePdfValue({ catalog: structure.catalog, form, widget, signature, page }[path].value);
  }

  test("leaves the input's bytes untouched and appends exactly one update", () => {
    const { pdf } = bench.input;
    expect(sealed.subarray(0, pdf.length).equals(pdf)).toBe(true);
    const update = sealed.subarray(pdf.length).toString("latin1");
    expect(update.match(/startxref/g)).toHaveLength(1);
    expect(update.match(/%%EOF/g)).toHaveLength(1);
  });

  test("covers every byte but one /Contents string", () => {
    const { contentsStart, contentsEnd } = extractSignature(sealed);
    expect(sealed.subarray(contentsStart - 10, contentsStart).toString("latin1")).toBe("/Contents ");
    expect(sealed.subarray(contentsEnd, contentsEnd + 2).toString("latin1")).toBe(">>");
  });

  test("keeps /ID, /Info and /Root of the trailer and points back with /Prev", () => {
    const before = readPdfStructure(bench.input.pdf);
    const after = readPdfStructure(sealed);
    for (const key of ["ID", "Info", "Root"]) {
      expect(after.trailer.entries.get(key)).toEqual(before.trailer.entries.get(key));
      expect(after.trailer.entries.has(key)).toBe(true);
    }
    expect(after.trailer.entries.get("Prev")).toEqual({ kind: "number", source: String(before.crossReferenceOffset) });
  });

  test("certifies the document: DocMDP level 1, named in the catalog's permissions", () => {
    expect(written("signature")).toContain(
      "/Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P 1 /V /1.2>>>>]",
    );
    expect(written("catalog")).toMatch(/\/Perms <<\/DocMDP \d+ 0 R>>/);
    expect(written("form")).toMatch(/^<<\/Fields \[\d+ 0 R\] \/SigFlags 3>>$/);
  });

  test("states the time of sealing in /M, in UTC", () => {
    expect(written("signature")).toContain("/M (D:20260302040506Z)");
  });

  test("makes a printed, locked and visible field with an accessible name", () => {
    const widget = written("widget");
    expect(widget).toContain("/F 132 ");
    expect(widget).toContain("/Rect [120 600 239.0551 719.0551]");
    const name = Buffer.from(bench.input.accessibleName, "utf16le").swap16().toString("hex").toUpperCase();
    expect(widget).toContain(`/TU <FEFF${name}>`);
  });

  test("ties the field into the structure tree as PDF/UA wants it", () => {
    const structure = readPdfStructure(sealed);
    const root = serializePdfValue(
      readObject(structure, referenceEntry(structure.catalog.value, "StructTreeRoot", "catalog").object),
    );
    const key = /\/StructParent (\d+)/.exec(written("widget"))?.[1];
    const element = new RegExp(` ${key} (\\d+) 0 R\\]`).exec(root)?.[1];
    expect(root).toContain(`/ParentTreeNextKey ${Number(key) + 1}`);
    const form = serializePdfValue(readObject(structure, Number(element)));
    expect(form).toMatch(
      /\/S \/Form \/P \d+ 0 R \/Pg \d+ 0 R \/Lang <FEFF007A0068002D0043004E> \/K \[<<\/Type \/OBJR \/Obj \d+ 0 R \/Pg \d+ 0 R>>\]/,
    );
    const parent = serializePdfValue(readObject(structure, Number(/\/P (\d+)/.exec(form)?.[1])));
    expect(parent).toMatch(new RegExp(`/S /Document .*/K \\[.* ${element} 0 R\\]`));
    expect(written("page")).toContain("/Tabs /S");
    expect(written("catalog")).toContain("/DisplayDocTitle true");
  });

  test("may paint in DeviceRGB, because the document has an sRGB output intent", () => {
    expect(written("catalog")).toContain("/OutputIntents");
    expect(sealed.toString("latin1")).toContain("/OutputCondition (sRGB)");
    expect(sealed.toString("latin1")).not.toContain("LZWDecode");
  });

  test("joins the annotations that a page already has", async () => {
    const { art } = bench.input;
    const onFirstPage = await sealOrThrow({
      ...bench.input,
      placement: { pictures: [], page: 1, rect: [300, 100, 300 + art.width, 100 + art.height] },
    });
    const page = readPage(readPdfStructure(onFirstPage), 1);
    const annotations = page.value.entries.get("Annots");
    expect(annotations?.kind === "array" ? annotations.items : []).toHaveLength(2);
  });

  test("is refused for a document that is sealed already", async () => {
    await expect(sealOrThrow({ ...bench.input, pdf: sealed })).rejects.toThrow("already signed");
  });

  test("is refused outside the page, distorted, on a missing page, and under a field name with a dot", async () => {
    const { art } = bench.input;
    const seal = (change: Partial<SealBench["input"]>) => sealOrThrow({ ...bench.input, ...change });
    const at = (x: number, width: number, page = 2) => ({
      placement: { pictures: [], page, rect: [x, 0, x + width, art.height] as const },
    });
    await expect(seal(at(500, art.width))).rejects.toThrow("inside the page");
    await expect(seal(at(0, 2 * art.width))).rejects.toThrow("proportions");
    await expect(seal(at(0, art.width, 3))).rejects.toThrow("Expected page 3, but the document has 2 pages");
    await expect(seal({ fieldName: "seller.seal" })).rejects.toThrow("without dots");
  });
});

test("two seals of one drawing differ in nothing but the signature value", async () => {
  const { input } = setUpSealBench("p256");
  const withoutValue = async (): Promise<string> => {
    const pdf = (await sealOrThrow(input)).toString("latin1");
    return pdf.replace(/\/Contents <[0-9a-f]+>/, "");
  };
  expect(await withoutValue()).toBe(await withoutValue());
});
