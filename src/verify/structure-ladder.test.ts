import { type Case, dictionary, type StructureReason, sealed, walkLadder } from "./ladder.fixture.ts";
import { appendRevision, catalog, certification, plainPdf } from "./sealed-pdf.fixture.ts";

const approved = (): Buffer =>
  sealed({
    signature: dictionary("ETSI.CAdES.detached", ""),
    objects: new Map([[1, catalog.replace(/\/Perms.*?>>/, "")]]),
  });

/** The upper rungs of `verdictOfReason`: what the file itself tells, before its signature is opened. */
walkLadder({
  too_large: [["a file over 64 MB", () => Buffer.alloc(64 * 1024 * 1024 + 1)]],
  not_a_pdf: [
    ["an empty file", () => new Uint8Array()],
    ["a PDF behind other bytes", () => Buffer.concat([Buffer.from("MZ"), sealed()])],
  ],
  covers_not_whole_file: [
    ["bytes after the end", () => Buffer.concat([sealed(), Buffer.from("junk")])],
    ["a second end of file", () => Buffer.concat([sealed(), Buffer.from("%%EOF\n")])],
    [
      "the old end of file once more",
      () => Buffer.concat([sealed(), sealed().subarray(sealed().lastIndexOf("startxref"))]),
    ],
    ["a range that stops short of the end", () => sealed({ byteRange: ([z, a, b, c]) => [z, a, b, c - 1] })],
  ],
  malformed_structure: [
    ["no end at all", () => Buffer.from("%PDF-1.7\n")],
    ["a startxref that leads nowhere", () => Buffer.from("%PDF-1.7\nstartxref\n9\n%%EOF\n")],
    ["an object listed twice", () => sealed({ revision: { table: (text) => text.replace("7 1\n", "6 1\n") } })],
    [
      "two objects at one place",
      () => sealed({ revision: { table: (text) => text.replace(/(7 1\n)\d{10}/, `$1${text.slice(9, 19)}`) } }),
    ],
    ["a field listed twice", () => sealed({ objects: new Map([[7, "<</Fields[5 0 R 5 0 R]>>"]]) })],
    ["a signature that no field shows", () => sealed({ objects: new Map([[7, "<</Fields[]>>"]]) })],
    ["a dictionary with a key twice", () => sealed({ objects: new Map([[7, "<</Fields[]/Fields[5 0 R]>>"]]) })],
  ],
  structure_not_supported: [["an encrypted file", () => sealed({ revision: { trailer: "/Encrypt 9 0 R" } })]],
  not_signed: [["a plain PDF", () => plainPdf()]],
  more_than_one_signature: [
    [
      "a second signature that no field shows",
      () => sealed({ size: 9, objects: new Map([[8, "<</Type/Sig/Contents<00>>>"]]) }),
    ],
    [
      "a second signature without its type",
      () => sealed({ size: 9, objects: new Map([[8, "<</ByteRange[0 1 2 3]>>"]]) }),
    ],
    [
      "a second signature inside another object",
      () => sealed({ size: 9, objects: new Map([[8, "[[<</Type/S#69g>>]]"]]) }),
    ],
    [
      "a second field with the same value",
      () =>
        sealed({
          size: 9,
          objects: new Map([
            [7, "<</Fields[5 0 R 8 0 R]>>"],
            [8, "<</FT/Sig/T(B)/V 6 0 R>>"],
          ]),
        }),
    ],
  ],
  later_revision_changes_content: [
    [
      "a page replaced later",
      () => appendRevision(sealed(), new Map([[3, "<</Type/Page/Parent 2 0 R>>"]]), { size: 8 }),
    ],
    [
      "a page replaced behind a signature that certifies nothing",
      () => appendRevision(approved(), new Map([[3, "<</Type/Page/Parent 2 0 R>>"]]), { size: 8 }),
    ],
  ],
  later_revision_unexplained: [
    ["an empty later revision", () => appendRevision(sealed(), new Map(), { size: 8 })],
    ["one behind a signature that certifies nothing", () => appendRevision(approved(), new Map(), { size: 8 })],
  ],
  byte_range_invalid: [
    ["a range that does not start at 0", () => sealed({ byteRange: ([, a, b, c]) => [1, a - 1, b, c] })],
    ["a hole wider than the value", () => sealed({ byteRange: ([z, a, b, c]) => [z, a - 9, b, c] })],
    ["a hole that ends later", () => sealed({ byteRange: ([z, a, b, c]) => [z, a, b + 1, c - 1] })],
    ["brackets of the value outside the hole", () => sealed({ byteRange: ([z, a, b, c]) => [z, a + 1, b - 1, c + 1] })],
    ["negative numbers", () => sealed({ byteRange: ([z, a, b, c]) => [z, a, -b, c] })],
    ["numbers beyond any file", () => sealed({ byteRange: ([z, a]) => [z, a, 1e15, 1e15] })],
    ["two holes", () => sealed({ byteRange: ([z, a, b, c]) => [z, a, b, 9, b + 10, c - 10] })],
  ],
  signature_format_not_supported: [
    ["an Adobe signature", () => sealed({ signature: dictionary("adbe.pkcs7.detached") })],
  ],
  not_certified: [
    ["a signature without certification", () => sealed({ signature: dictionary("ETSI.CAdES.detached", "") })],
    [
      "form filling permitted",
      () => sealed({ signature: dictionary("ETSI.CAdES.detached", certification.replace("/P 1", "/P 2")) }),
    ],
    ["a catalog that does not name it", () => sealed({ objects: new Map([[1, catalog.replace(/\/Perms.*?>>/, "")]]) })],
    [
      "a catalog that names another object",
      () => sealed({ objects: new Map([[1, catalog.replace("DocMDP 6", "DocMDP 7")]]) }),
    ],
  ],
} satisfies Record<StructureReason, readonly Case[]>);
