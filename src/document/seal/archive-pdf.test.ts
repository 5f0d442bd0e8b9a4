import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgeTest } from "../../../tests/judges.ts";
import { type ArchiveBench, setUpArchiveBench } from "./archive-bench.fixture.ts";
import { addValidationData, archivePdf } from "./archive-pdf.ts";
import { readDictionary, readObject, readPage, readPdfStructure, referenceEntry } from "./pdf-structure.ts";
import { pdfReference, serializePdfValue } from "./pdf-values.ts";
import { ARCHIVED_AT } from "./revocation-bench.fixture.ts";
import { readFormFields, readSignatures } from "./sealed-signatures.ts";
import { createTimestampClient } from "./timestamp-client.ts";

const directory = mkdtempSync(join(tmpdir(), "orderseal-archive-"));
let bench: ArchiveBench;
let archived: Buffer;
let withData: Buffer;

beforeAll(async () => {
  bench = await setUpArchiveBench();
  withData = Buffer.from(addValidationData(bench.sealed, await dataOf(bench.sealed)));
  archived = await archive(bench.sealed);
});
afterAll(async () => {
  await bench.close();
  rmSync(directory, { recursive: true, force: true });
});

async function dataOf(pdf: Uint8Array) {
  const gathered = await bench.gather(pdf);
  if (!gathered.ok) throw new Error(gathered.detail);
  return gathered.data;
}

async function archive(pdf: Uint8Array): Promise<Buffer> {
  const outcome = await archivePdf({ pdf, data: await dataOf(pdf), timestamp: bench.timestamp });
  if (!outcome.ok) throw new Error(outcome.failure.detail);
  return Buffer.from(outcome.pdf);
}

function kept(name: string, bytes: Uint8Array | string): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

describe("an archive", () => {
  judgeTest("pdfsig", "still calls the seal valid, and finds the timestamp over the whole file", (pdfsig) => {
    const { output } = pdfsig("-nocert", kept("archived.pdf", archived));
    const [, seal = "", stamp = ""] = output.split("Signature #");
    expect(seal).toContain("Signature Validation: Signature is Valid.");
    expect(stamp).toContain("Signature Field Name: ArchiveTimestamp1");
    expect(stamp).toContain("Total document signed");
  });

  judgeTest(
    "qpdf",
    "finds no fault in the structure of an archive with data, with a timestamp, and renewed",
    async (qpdf) => {
      for (const pdf of [withData, archived, await archive(archived)]) {
        expect(qpdf("--check", kept("checked.pdf", pdf)).output).toContain("No syntax or stream encoding errors found");
      }
    },
  );

  judgeTest("mutool", "calls the seal's signature valid", (mutool) => {
    expect(mutool("sign", "-v", kept("mupdf.pdf", archived)).output).toContain("The signature is valid");
  });

  judgeTest("openssl", "accepts the document timestamp's token over the bytes that it covers", (openssl) => {
    const [, , contentsStart = 0, contentsEnd = 0] =
      /\/ByteRange \[(0) (\d+) (\d+) \d+\]\s+\/Contents <[0-9a-f]+>>>\nendobj\nxref\n[^%]*%%EOF\n$/.exec(
        archived.toString("latin1"),
      ) ?? [];
    const covered = [archived.subarray(0, Number(contentsStart)), archived.subarray(Number(contentsEnd))];
    const padded = readSignatures(readPdfStructure(archived)).at(-1)?.contents ?? new Uint8Array();
    const token = kept("token.der", padded.subarray(0, 4 + Buffer.from(padded).readUInt16BE(2)));
    const files = ["-in", token, "-token_in", "-data", kept("covered", Buffer.concat(covered))];
    const trust = ["-CAfile", kept("root.pem", bench.authority.root.certificatePem)];
    const at = ["-attime", String(ARCHIVED_AT.getTime() / 1000)];
    expect(openssl("ts", "-verify", ...files, ...trust, ...at).output).toContain("Verification: OK");
    writeFileSync(join(directory, "covered"), "other bytes");
    expect(openssl("ts", "-verify", ...files, ...trust, ...at).exitCode).not.toBe(0);
  });

  test("begins with the sealed file, byte for byte, and a renewed one with the former", async () => {
    expect(archived.subarray(0, bench.sealed.length).equals(bench.sealed)).toBe(true);
    const renewed = await archive(archived);
    expect(renewed.subarray(0, archived.length).equals(archived)).toBe(true);
    expect(readFormFields(readPdfStructure(renewed))).toHaveLength(3);
  });

  test("holds the data in a security store, under the name of the seal's value", () => {
    const structure = readPdfStructure(withData);
    const store = readDictionary(structure, referenceEntry(structure.catalog.value, "DSS", "catalog")).value;
    const [seal] = readSignatures(structure);
    const name = createHash("sha1")
      .update(seal?.contents ?? "")
      .digest("hex")
      .toUpperCase();
    const text = serializePdfValue(store);
    expect(text).toMatch(new RegExp(`^<</Type /DSS /VRI <</${name} <</Cert \\[.+\\] /OCSP \\[.+\\]>>>> /Certs \\[`));
    expect(serializePdfValue(structure.catalog.value)).toContain("/Extensions <</ESIC");
  });

  test("shows nothing on the page, prints nothing, and names its timestamp for whoever cannot see (PDF/A-3, PDF/UA-1)", () => {
    const structure = readPdfStructure(archived);
    const stamp = readFormFields(structure)[1]?.field;
    if (stamp === undefined) throw new Error("Expected a field for the timestamp");
    const widget = serializePdfValue(stamp.value);
    expect(widget).toContain("/F 132 /Rect [0 0 0 0]");
    expect(widget).toContain(`/TU <FEFF${Buffer.from("文件", "utf16le").swap16().toString("hex").toUpperCase()}`);
    expect(widget).not.toContain("/AP");
    const page = readPage(structure, 2).value;
    const annotations = page.entries.get("Annots");
    expect(annotations?.kind === "array" && annotations.items.at(-1)).toEqual(pdfReference(stamp.number));
    expect(serializePdfValue(page)).toContain("/Tabs /S");
    const elements = [...structure.offsets]
      .filter(([, offset]) => offset !== null)
      .map(([number]) => serializePdfValue(readObject(structure, number)));
    expect(
      elements.filter((text) => text.includes(`/S /Form`) && text.includes(`/Obj ${stamp.number} 0 R`)),
    ).toHaveLength(1);
  });

  test("is not made without its timestamp", async () => {
    const timestamp = createTimestampClient({ url: "http://127.0.0.1:9/", timeoutMs: 500, now: () => new Date() });
    const outcome = await archivePdf({ pdf: bench.sealed, data: await dataOf(bench.sealed), timestamp });
    expect(outcome).toMatchObject({ ok: false, failure: { reason: "unreachable" } });
  });
});
