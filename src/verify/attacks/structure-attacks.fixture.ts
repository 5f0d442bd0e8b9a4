import { type AttackFamily, attacks } from "./attack.fixture.ts";
import {
  inPlace,
  objectStream,
  oldEntries,
  type Patient,
  revise,
  reviseByStream,
  stream,
} from "./pdf-surgery.fixture.ts";

const EVIL = "BT /f0 40 Tf 60 400 Td (PAY MALLORY) Tj ET";
const evil = (p: Patient) => ({ [p.content]: stream(EVIL) });
const evilPage = (p: Patient) => ({ [p.page]: p.body(p.page).replace(/\/Annots \[[^\]]*\]/, "") });
const before = (p: Patient): number => Number(/\/Prev (\d+)/.exec(p.text.slice(p.startxref))?.[1]);

export const COMPRESSED: AttackFamily = {
  name: "objects replaced in compressed streams",
  source: "ISO 32000-2, 7.5.7 and 7.5.8",
  attacks: attacks([
    [
      "later_revision_unexplained",
      "a cross-reference stream with a new content",
      (p) => reviseByStream(p.pdf, { plain: evil(p) }),
    ],
    [
      "later_revision_unexplained",
      "the page in an object stream",
      (p) => reviseByStream(p.pdf, { compressed: evilPage(p) }),
    ],
    [
      "later_revision_unexplained",
      "the catalog in an object stream",
      (p) =>
        reviseByStream(p.pdf, {
          compressed: { [p.catalog]: p.dictionary(p.catalog, "/Lang (en)", /\/Lang \([^)]*\) /) },
        }),
    ],
    [
      "later_revision_unexplained",
      "the signature in an object stream",
      (p) => reviseByStream(p.pdf, { compressed: { [p.signature]: p.body(p.signature) } }),
    ],
    [
      "later_revision_unexplained",
      "the widget in an object stream",
      (p) => reviseByStream(p.pdf, { compressed: { [p.widget]: p.body(p.widget) } }),
    ],
    [
      "later_revision_unexplained",
      "archive data in an object stream",
      (p) =>
        reviseByStream(p.pdf, {
          compressed: { [p.size]: "<</Type/DSS/Certs[]>>", [p.catalog]: p.dictionary(p.catalog, `/DSS ${p.size} 0 R`) },
        }),
    ],
    [
      "later_revision_changes_content",
      "an object stream that nothing lists, for readers that open all",
      (p) => revise(p.pdf, { [p.size]: objectStream(evilPage(p)) }),
    ],
    [
      "later_revision_unexplained",
      "an object stream in itself",
      (p) => reviseByStream(p.pdf, { compressed: { [p.size]: "null" } }),
    ],
    [
      "later_revision_changes_content",
      "an object stream that extends another one",
      (p) =>
        revise(p.pdf, {
          [p.size]: objectStream(evilPage(p)).replace("/Type/ObjStm", `/Type/ObjStm/Extends ${p.size} 0 R`),
        }),
    ],
  ]),
};

/** The file with the entry of an object in its last table pointing elsewhere. */
function entry(p: Patient, number: number, offset: number): Buffer {
  const at = String(p.text.lastIndexOf(`\n${number} 0 obj`) + 1).padStart(10, "0");
  return inPlace(p.pdf, at, String(offset).padStart(10, "0"));
}

export const TABLES: AttackFamily = {
  name: "tricks with cross-reference tables",
  source: "ISO 32000-2, 7.5.4 and 7.5.8.4; files that two readers see differently",
  attacks: attacks([
    [
      "structure_not_supported",
      "a hybrid table, whose stream shows newer readers another page",
      (p) => {
        const hidden = reviseByStream(p.pdf, { compressed: evilPage(p) });
        const at = /startxref\n(\d+)\n%%EOF\n$/.exec(hidden.toString("latin1"))?.[1];
        return revise(hidden, {}, { trailer: `${oldEntries(p.pdf)}/XRefStm ${at}`, prev: p.startxref });
      },
    ],
    [
      "structure_not_supported",
      "a hybrid table in place: the seal's trailer names a stream",
      (p) => inPlace(p.pdf, /\/Info \d+ 0 R/.exec(p.text.slice(p.startxref))?.[0] ?? "", "/XRefStm 9"),
    ],
    ["malformed_structure", "the entry of the content points at another stream, in place", (p) => entryOfContent(p)],
    [
      "malformed_structure",
      "the entry of the page points at the catalog, in place",
      (p) => entry(p, p.page, p.text.lastIndexOf(`\n${p.catalog} 0 obj`) + 1),
    ],
    [
      "digest_mismatch",
      "the entry of the page points at its version before the seal, in place",
      (p) => entry(p, p.page, p.text.indexOf(`\n${p.page} 0 obj`) + 1),
    ],
    [
      "malformed_structure",
      "the entry of the page points beyond the file, in place",
      (p) => entry(p, p.page, 9_999_999_999),
    ],
    [
      "malformed_structure",
      "the entry of the page points into the middle of an object, in place",
      (p) => entry(p, p.page, p.text.lastIndexOf(`\n${p.page} 0 obj`) + 9),
    ],
    [
      "digest_mismatch",
      "the entry of the page is free, in place",
      (p) => {
        const at = String(p.text.lastIndexOf(`\n${p.page} 0 obj`) + 1).padStart(10, "0");
        return inPlace(p.pdf, `${at} 00000 n`, "0000000000 65535 f");
      },
    ],
    [
      "malformed_structure",
      "an object of another generation, in place",
      (p) => {
        const at = String(p.text.lastIndexOf(`\n${p.page} 0 obj`) + 1).padStart(10, "0");
        return inPlace(p.pdf, `${at} 00000 n`, `${at} 00001 n`);
      },
    ],
    [
      "later_revision_changes_content",
      "an object of another generation, behind the seal",
      (p) =>
        Buffer.from(
          revise(p.pdf, evilPage(p))
            .toString("latin1")
            .replace(new RegExp(`\n${p.page} 0 obj(?![\\s\\S]*\n${p.page} 0 obj)`), `\n${p.page} 1 obj`),
          "latin1",
        ),
    ],
    ["malformed_structure", "an object listed twice in one table", (p) => twice(p)],
    [
      "malformed_structure",
      "two objects at one place",
      (p) => revise(p.pdf, evilPage(p), { rows: { [p.content]: p.pdf.length } }),
    ],
    [
      "malformed_structure",
      "two /Prev",
      (p) => revise(p.pdf, evil(p), { trailer: `${oldEntries(p.pdf)}/Prev ${before(p)}` }),
    ],
    ["malformed_structure", "two /Root", (p) => revise(p.pdf, evil(p), { trailer: `${oldEntries(p.pdf)}/Root 1 0 R` })],
    [
      "malformed_structure",
      "/Prev is a reference",
      (p) =>
        revise(
          p.pdf,
          { [p.size]: String(p.startxref) },
          { prev: null, trailer: `${oldEntries(p.pdf)}/Prev ${p.size} 0 R` },
        ),
    ],
    [
      "structure_not_supported",
      "the revision says that the file is encrypted",
      (p) => revise(p.pdf, evil(p), { trailer: `${oldEntries(p.pdf)}/Encrypt 1 0 R` }),
    ],
    [
      "malformed_structure",
      "startxref between the tables",
      (p) => inPlace(p.pdf, `startxref\n${p.startxref}`, `startxref\n${p.startxref - 3}`),
    ],
    [
      "not_signed",
      "startxref to the table before the seal, in place",
      (p) =>
        inPlace(
          p.pdf,
          `startxref\n${p.startxref}`,
          `startxref\n${String(before(p)).padStart(String(p.startxref).length, "0")}`,
        ),
    ],
    [
      "covers_not_whole_file",
      "startxref with a sign",
      (p) =>
        inPlace(
          p.pdf,
          `startxref\n${p.startxref}`,
          `startxref\n+${p.startxref}`.slice(0, `startxref\n${p.startxref}`.length),
        ),
    ],
    [
      "covers_not_whole_file",
      "a second startxref behind the mark",
      (p) => Buffer.concat([p.pdf, Buffer.from(`startxref\n${p.startxref}\n`)]),
    ],
    [
      "later_revision_unexplained",
      "an update with objects between which others hide",
      (p) => revise(p.pdf, evilPage(p), { between: `${p.content} 0 obj\n${stream(EVIL)}\nendobj\n` }),
    ],
  ]),
};

/** Content streams of the drawn file stand in its first table. */
function entryOfContent(p: Patient): Buffer {
  const at = String(p.text.lastIndexOf(`\n${p.content} 0 obj`) + 1).padStart(10, "0");
  const first = Number(/\/Contents (\d+) 0 R/.exec(p.text)?.[1]);
  return inPlace(p.pdf, at, String(p.text.indexOf(`\n${first} 0 obj`) + 1).padStart(10, "0"));
}

function twice(p: Patient): Buffer {
  const revised = revise(p.pdf, evilPage(p)).toString("latin1");
  const [row = ""] = /\d+ 1\n\d{10} 00000 n \n(?=trailer)/.exec(revised) ?? [];
  const at = revised.lastIndexOf("trailer");
  return Buffer.from(revised.slice(0, at) + row + revised.slice(at), "latin1");
}

const spelled = (from: string, to: string) => (p: Patient) => {
  const at = p.pdf.lastIndexOf(from, undefined, "latin1");
  return Buffer.concat([p.pdf.subarray(0, at), Buffer.from(to, "latin1"), p.pdf.subarray(at + from.length)]);
};

export const SPELLING: AttackFamily = {
  name: "tricks with spelling",
  source: "ISO 32000-2, 7.2 and 7.3: the same thing written otherwise",
  attacks: attacks([
    [
      "malformed_structure",
      "a name in escapes beside the plain one",
      (p) => inPlace(p.pdf, p.byteRange, "/Byte#52ange [0 0 0 0] /ByteRange [0 1 1 0]"),
    ],
    ["malformed_structure", "a name in escapes, which moves the value", spelled("/Contents <", "/#43ontents <")],
    ["malformed_structure", "a name with a broken escape", (p) => inPlace(p.pdf, "/Contents <", "/Content#< ")],
    ["malformed_structure", "a comment inside the dictionary", spelled("/Contents <", "/Contents %\n<")],
    [
      "digest_mismatch",
      "a comment in the place of spaces",
      (p) => inPlace(p.pdf, `${p.byteRange.trimEnd()}   `, `${p.byteRange.trimEnd()} %\n`),
    ],
    ["digest_mismatch", "other white space", (p) => inPlace(p.pdf, "/Type /Catalog /Pages", "/Type\t/Catalog\f/Pages")],
    [
      "covers_not_whole_file",
      "line ends turned into those of another system",
      (p) => Buffer.from(`${p.text.slice(0, -1)}\r\n`, "latin1"),
    ],
    ["malformed_structure", "all line ends turned", (p) => Buffer.from(p.text.replaceAll("\n", "\r\n"), "latin1")],
    ["malformed_structure", "the file as UTF-8", (p) => Buffer.from(p.text, "utf8")],
    ["not_a_pdf", "the file as UTF-16", (p) => Buffer.from(p.text, "utf16le")],
    ["not_a_pdf", "a byte order mark before it", (p) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), p.pdf])],
    ["not_a_pdf", "the file in base64", (p) => Buffer.from(p.pdf.toString("base64"))],
    ["digest_mismatch", "another version in the head", (p) => inHead(p, "%PDF-1.4")],
    ["not_a_pdf", "a version that does not exist", (p) => inHead(p, "%PDF-x.y")],
    ["not_a_pdf", "a head of another language", (p) => inHead(p, "%!PS-1.7")],
  ]),
};

function inHead(p: Patient, head: string): Buffer {
  const changed = Buffer.from(p.pdf);
  changed.write(head, 0, "latin1");
  return changed;
}
