import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect } from "vitest";
import { judgesTest, type RunJudge } from "../../tests/judges.ts";
import { classicPdf } from "./hostile-pdf.fixture.ts";
import { openDocument } from "./pdf-document.ts";
import { isArray, isDictionary, isReference } from "./pdf-lexer.ts";
import { findLastTable } from "./pdf-tail.ts";
import { verifyDocument } from "./verify-document.ts";

/** Files that other programs wrote and signed, as pdfsig sees them and as this verifier does. */
const folder = mkdtempSync(join(tmpdir(), "orderseal-foreign-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const judge = (pdf: Uint8Array) => verifyDocument(pdf, { roots: [], at: new Date() });

const holeLength = 12_000;
const page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>";
const widget = (value: string): string =>
  `<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature)/F 132/Rect[0 0 0 0]/P 3 0 R${value}>>`;
const catalog = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>";
const pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>";

/** A file with places for a signature, which qpdf may write anew before they are filled. */
function unsigned(format: string): Buffer {
  const range = "[0 9999999999 9999999998 9999999997]";
  const signature = `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/${format}/ByteRange${range}/Contents<${"00".repeat(holeLength / 2)}>>>`;
  return classicPdf([catalog, pages, page, widget("/V 5 0 R"), signature]);
}

/** As node-signpdf and its like do: the places are found in the bytes, whoever wrote the file. */
function fill(pdf: Buffer, sign: (covered: Buffer) => Buffer): Buffer {
  const start = pdf.indexOf(`<${"00".repeat(64)}`);
  const end = pdf.indexOf(">", start) + 1;
  const [place = ""] = /\[\s*0\s+9999999999\s+9999999998\s+9999999997\s*\]/.exec(pdf.toString("latin1")) ?? [];
  const range = `[0 ${start} ${end} ${pdf.length - end}]`.padEnd(place.length);
  const signed = Buffer.from(pdf);
  signed.write(range, pdf.indexOf(place), "latin1");
  const cms = sign(Buffer.concat([signed.subarray(0, start), signed.subarray(end)]));
  signed.write(cms.toString("hex"), start + 1, "latin1");
  return signed;
}

const keyOptions = {
  rsa: ["-newkey", "rsa:2048"],
  p256: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  p384: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
  p521: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
} as const;
type Key = keyof typeof keyOptions;

function makeKey(openssl: RunJudge, key: Key): void {
  const subject = ["-subj", "/C=CN/O=他人公司/CN=Foreign Signer", "-utf8", "-addext", "keyUsage=digitalSignature"];
  const files = ["-keyout", at(`${key}.key`), "-out", at(`${key}.pem`)];
  const { exitCode, output } = openssl(
    "req",
    "-x509",
    ...keyOptions[key],
    "-nodes",
    "-days",
    "30",
    ...subject,
    ...files,
  );
  expect(exitCode, output).toBe(0);
}

function opensslSigner(openssl: RunJudge, key: Key, ...options: readonly string[]) {
  makeKey(openssl, key);
  return (covered: Buffer): Buffer => {
    writeFileSync(at("covered"), covered);
    const [from, to] = [at("covered"), at("cms")];
    const signer = ["-signer", at(`${key}.pem`), "-inkey", at(`${key}.key`)];
    const run = openssl("cms", "-sign", "-binary", "-in", from, ...signer, ...options, "-outform", "DER", "-out", to);
    expect(run.exitCode, run.output).toBe(0);
    return readFileSync(to);
  };
}

function expectSound(pdfsig: RunJudge, pdf: Buffer): void {
  writeFileSync(at("signed.pdf"), pdf);
  const { output } = pdfsig("-nocert", at("signed.pdf"));
  expect(output).toContain("Signature is Valid.");
  expect(output).toContain("Total document signed");
  const verdict = judge(pdf);
  expect(verdict, verdict.detail).toMatchObject({ verdict: "indeterminate", signature: "sound" });
  expect(verdict.signer?.subject).toBe("CN=Foreign Signer, O=他人公司, C=CN");
  const altered = Buffer.from(pdf);
  altered.writeUInt8(altered.readUInt8(12) ^ 1, 12);
  expect(judge(altered).signature).not.toBe("sound");
}

describe("what openssl signs and pdfsig calls valid is sound", () => {
  const PSS = ["-keyopt", "rsa_padding_mode:pss"];
  for (const [key, format, ...options] of [
    ["rsa", "adbe.pkcs7.detached", "-md", "sha256"],
    ["rsa", "adbe.pkcs7.detached", "-md", "sha512", "-nosmimecap"],
    ["rsa", "ETSI.CAdES.detached", "-md", "sha384", "-cades"],
    ["rsa", "adbe.pkcs7.detached", "-md", "sha256", ...PSS],
    ["rsa", "ETSI.CAdES.detached", "-md", "sha512", "-cades", ...PSS, "-keyopt", "rsa_pss_saltlen:64"],
    ["p256", "adbe.pkcs7.detached", "-md", "sha256"],
    ["p384", "ETSI.CAdES.detached", "-md", "sha384", "-cades"],
    ["p521", "adbe.pkcs7.detached", "-md", "sha512"],
  ] as const) {
    judgesTest(["openssl", "pdfsig"], `${format} by ${key} ${options.join(" ")}`, (run) => {
      expectSound(run("pdfsig"), fill(unsigned(format), opensslSigner(run("openssl"), key, ...options)));
    });
  }

  // pdfsig shows no name for the one, and does not verify the other.
  judgesTest(["openssl"], "so is one that names its certificate by its key, and one without attributes", (run) => {
    for (const options of [["-keyid"], ["-noattr"]]) {
      const signer = opensslSigner(run("openssl"), "rsa", "-md", "sha256", ...options);
      expect(judge(fill(unsigned("adbe.pkcs7.detached"), signer))).toMatchObject({ signature: "sound" });
    }
  });
});

describe("files that qpdf has written are read", () => {
  for (const options of [
    ["--object-streams=disable"],
    ["--object-streams=generate"],
    ["--linearize"],
    ["--linearize", "--object-streams=generate"],
    ["--qdf"],
  ]) {
    judgesTest(["openssl", "pdfsig", "qpdf"], options.join(" "), (run) => {
      writeFileSync(at("plain.pdf"), unsigned("adbe.pkcs7.detached"));
      const { exitCode, output } = run("qpdf")(...options, at("plain.pdf"), at("written.pdf"));
      expect(exitCode, output).toBe(0);
      const signer = opensslSigner(run("openssl"), "rsa", "-md", "sha256");
      expectSound(run("pdfsig"), fill(readFileSync(at("written.pdf")), signer));
    });
  }
});

/** As writers do that keep to cross-reference streams: the signature comes in a revision whose table is one. */
function revisionWithTableStream(base: Buffer): Buffer {
  const document = openDocument(base, findLastTable(base));
  const { trailer } = document.revisions[0];
  const root = document.resolve(trailer.entries.get("Root"));
  const form = isDictionary(root) ? document.resolve(root.entries.get("AcroForm")) : null;
  const fields = isDictionary(form) ? document.resolve(form.entries.get("Fields")) : null;
  const [field] = isArray(fields) ? fields.items : [];
  const value = document.resolve(field);
  const onPage = isDictionary(value) ? value.entries.get("P") : null;
  const [size, catalogAt] = [trailer.entries.get("Size"), trailer.entries.get("Root")];
  if (!isReference(field) || !isReference(onPage) || !isReference(catalogAt) || typeof size !== "number") {
    throw new Error("qpdf has kept field and page");
  }
  const range = "[0 9999999999 9999999998 9999999997]";
  const signature = `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange${range}/Contents<${"00".repeat(holeLength / 2)}>>>`;
  const objects = [
    [field.number, widget(`/V ${size} 0 R`).replace("/P 3 0 R", `/P ${onPage.number} 0 R`)],
    [size, signature],
  ] as const;
  const rows: Buffer[] = [];
  let body = "";
  const addRow = (): void => {
    const row = Buffer.from([1, 0, 0, 0, 0, 0, 0]);
    row.writeUInt32BE(base.length + body.length, 1);
    rows.push(row);
  };
  for (const [number, text] of objects) {
    addRow();
    body += `${number} 0 obj\n${text}\nendobj\n`;
  }
  const table = base.length + body.length;
  addRow();
  const data = Buffer.concat(rows);
  const index = `/Index[${field.number} 1 ${size} 2]/W[1 4 2]/Length ${data.length}`;
  const head = `<</Type/XRef/Size ${size + 2}/Root ${catalogAt.number} 0 R/Prev ${findLastTable(base)}${index}>>`;
  const stream = `${size + 1} 0 obj\n${head}\nstream\n${data.toString("latin1")}\nendstream\nendobj\n`;
  return Buffer.concat([base, Buffer.from(`${body}${stream}startxref\n${table}\n%%EOF\n`, "latin1")]);
}

judgesTest(
  ["openssl", "pdfsig", "qpdf"],
  "a revision that signs, with its table in a stream, behind compressed objects",
  (run) => {
    writeFileSync(at("field.pdf"), classicPdf([catalog, pages, page, widget("")]));
    run("qpdf")("--object-streams=generate", at("field.pdf"), at("written.pdf"));
    const base = readFileSync(at("written.pdf"));
    expect(base.includes("/ObjStm")).toBe(true);
    expectSound(
      run("pdfsig"),
      fill(revisionWithTableStream(base), opensslSigner(run("openssl"), "p256", "-md", "sha256")),
    );
  },
);

describe("what mutool signs", () => {
  judgesTest(["openssl", "pdfsig", "mutool"], "rests on SHA-1, which is told, though pdfsig calls it valid", (run) => {
    makeKey(run("openssl"), "rsa");
    const pair = ["-in", at("rsa.pem"), "-inkey", at("rsa.key")];
    run("openssl")("pkcs12", "-export", ...pair, "-out", at("rsa.pfx"), "-passout", "pass:secret");
    writeFileSync(at("field.pdf"), classicPdf([catalog, pages, page, widget("")]));
    const names = ["-o", at("signed.pdf"), at("field.pdf"), "4"];
    run("mutool")("sign", "-s", at("rsa.pfx"), "-P", "secret", ...names);
    expect(run("pdfsig")("-nocert", at("signed.pdf")).output).toContain("Signature is Valid.");
    const verdict = judge(readFileSync(at("signed.pdf")));
    expect(verdict).toMatchObject({ reason: "algorithm_not_accepted", signature: "unknown", signer: null });
    expect(verdict.detail).toContain("1.3.14.3.2.26");
  });
});
