import { type AttackFamily, attacks } from "./attack.fixture.ts";
import { type Patient, revise, stream } from "./pdf-surgery.fixture.ts";

const EVIL = "BT /f0 40 Tf 60 400 Td (PAY MALLORY) Tj ET";
const evilContent = (p: Patient): Record<number, string> => ({ [p.content]: stream(EVIL) });

/**
 * The first stretch, the value, something of the attacker's, then the second stretch, as long as the seal says. The
 * attacker's table stands where the last `startxref`, which is in the second stretch, points.
 */
function wrapped(
  p: Patient,
  signature: (moved: number) => string,
  more: Readonly<Record<number, string>> = {},
): Buffer {
  const [start, end] = p.hole;
  const second = p.pdf.subarray(end);
  const place = end + 40;
  const room = 4096 + p.value.length * 2;
  const moved = Math.max(p.startxref, place) + room;
  const objects = { ...evilContent(p), ...more, [p.signature]: signature(moved) };
  const head = Buffer.concat([p.pdf.subarray(0, end), Buffer.from(">>\nendobj\n")]);
  let body = "";
  const rows = Object.entries(objects).map(([number, text]) => {
    const offset = p.startxref + 2048 + body.length;
    body += `${number} 0 obj\n${text}\nendobj\n`;
    return `${number} 1\n${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  for (const number of sealedObjects(p)) {
    if (!(number in objects)) rows.push(`${number} 1\n${String(placeOf(p, number)).padStart(10, "0")} 00000 n \n`);
  }
  const former = /\/Prev (\d+)/.exec(p.text.slice(p.startxref))?.[1];
  const table = `xref\n${rows.join("")}trailer\n<</Size ${p.size}/Root ${p.catalog} 0 R/Prev ${former}>>\nstartxref\n${p.startxref}\n%%EOF\n`;
  const file = Buffer.alloc(moved + second.length, " ");
  head.copy(file);
  if (p.startxref < head.length) throw new Error("no room for the attacker's table");
  file.write(table, p.startxref, "latin1");
  file.write(body, p.startxref + 2048, "latin1");
  second.copy(file, moved);
  if (body.length > moved - p.startxref - 2048 || start > end) throw new Error("no room for the attacker's objects");
  return file;
}

const placeOf = (p: Patient, number: number): number => p.text.lastIndexOf(`\n${number} 0 obj`) + 1;

/** The objects that the sealing update wrote. */
function sealedObjects(p: Patient): readonly number[] {
  const former = p.text.indexOf("startxref");
  return Array.from({ length: p.size }, (_, number) => number).filter((number) => placeOf(p, number) > former);
}

const signatureWith = (p: Patient, range: string, value = p.value): string =>
  p.body(p.signature).replace(p.byteRange, `/ByteRange [${range}] `).replace(p.value, value);

export const WRAPPING: AttackFamily = {
  name: "signature wrapping",
  source: "the same, attack class SWA",
  attacks: attacks([
    [
      "byte_range_invalid",
      "the second stretch moved behind the attacker's objects, the range moved with it",
      (p) => wrapped(p, (moved) => signatureWith(p, `0 ${p.hole[0]} ${moved} ${p.pdf.length - p.hole[1]}`)),
    ],
    [
      "byte_range_invalid",
      "the same, with the old range",
      (p) => wrapped(p, () => signatureWith(p, `0 ${p.hole[0]} ${p.hole[1]} ${p.pdf.length - p.hole[1]}`)),
    ],
    [
      "malformed_structure",
      "the same, with both ranges",
      (p) =>
        wrapped(p, (moved) =>
          signatureWith(
            p,
            `0 ${p.hole[0]} ${p.hole[1]} 375] /ByteRange [0 ${p.hole[0]} ${moved} ${p.pdf.length - p.hole[1]}`,
          ),
        ),
    ],
    [
      "byte_range_invalid",
      "the same, with a range of six numbers",
      (p) =>
        wrapped(p, (moved) =>
          signatureWith(p, `0 ${p.hole[0]} ${moved} 100 ${moved + 100} ${p.pdf.length - p.hole[1] - 100}`),
        ),
    ],
    [
      "later_revision_changes_content",
      "in a revision behind: a copy of the signature with the old range",
      (p) => revise(p.pdf, { [p.signature]: p.body(p.signature), ...evilContent(p) }),
    ],
    [
      "later_revision_changes_content",
      "in a revision behind: a copy under a new number, which the field names",
      (p) =>
        revise(p.pdf, {
          [p.size]: p.body(p.signature),
          [p.widget]: p.body(p.widget).replace(`/V ${p.signature} 0 R`, `/V ${p.size} 0 R`),
          ...evilContent(p),
        }),
    ],
    [
      "later_revision_changes_content",
      "in a revision behind: an array of both signatures as the field's value",
      (p) =>
        revise(p.pdf, {
          [p.size]: p.body(p.signature),
          [p.widget]: p.body(p.widget).replace(/\/V \d+ 0 R/, `/V [${p.signature} 0 R ${p.size} 0 R]`),
        }),
    ],
    [
      "later_revision_changes_content",
      "in a revision behind: /Contents is an object of its own",
      (p) => revise(p.pdf, { [p.size]: p.value, [p.signature]: p.body(p.signature).replace(p.value, `${p.size} 0 R`) }),
    ],
    [
      "byte_range_invalid",
      "in a revision behind: a range to the new end, with the old hole",
      (p) => {
        const at = (length: number): Buffer =>
          revise(p.pdf, {
            [p.signature]: signatureWith(p, `0 ${p.hole[0]} ${p.hole[1]} ${String(length - p.hole[1]).padEnd(8)}`),
            [p.widget]: p.body(p.widget),
            ...evilContent(p),
          });
        return at(at(10_000_000).length);
      },
    ],
    [
      "digest_mismatch",
      "in a revision behind: range, hole and value are right, and nobody signed this",
      (p) => {
        const at = (hole: number, length: number): Buffer =>
          revise(p.pdf, {
            [p.widget]: p.body(p.widget),
            ...evilContent(p),
            [p.signature]: signatureWith(
              p,
              `0 ${String(hole).padEnd(8)} ${String(hole + p.value.length).padEnd(8)} ${String(length - hole - p.value.length).padEnd(8)}`,
            ),
          });
        const sketch = at(0, 0);
        const hole = sketch.lastIndexOf("/Contents <") + 10;
        return at(hole, sketch.length);
      },
    ],
    [
      "malformed_structure",
      "the same, without writing the field anew",
      (p) => {
        const at = (hole: number, length: number): Buffer =>
          revise(p.pdf, {
            [p.signature]: signatureWith(
              p,
              `0 ${String(hole).padEnd(8)} ${String(hole + p.value.length).padEnd(8)} ${String(length - hole - p.value.length).padEnd(8)}`,
            ),
          });
        const sketch = at(0, 0);
        return at(sketch.lastIndexOf("/Contents <") + 10, sketch.length);
      },
    ],
    [
      "malformed_structure",
      "more room inside the value, filled with objects",
      (p) =>
        Buffer.concat([
          p.pdf.subarray(0, p.hole[1] - 1),
          Buffer.from(`>/Evil<</A[${EVIL.length}]>>/B<`),
          p.pdf.subarray(p.hole[1] - 1),
        ]),
    ],
  ]),
};

const appended = (p: Patient, text: string): Buffer => Buffer.concat([p.pdf, Buffer.from(text, "latin1")]);

export const INCREMENTAL_SAVING: AttackFamily = {
  name: "incremental saving",
  source: "the same, attack class ISA",
  attacks: attacks([
    [
      "later_revision_changes_content",
      "a new page content, with table and trailer",
      (p) => revise(p.pdf, evilContent(p)),
    ],
    ["malformed_structure", "without a table", (p) => revise(p.pdf, evilContent(p), { end: "no table" })],
    ["malformed_structure", "without a trailer", (p) => revise(p.pdf, evilContent(p), { end: "no trailer" })],
    ["covers_not_whole_file", "without startxref", (p) => revise(p.pdf, evilContent(p), { end: "no startxref" })],
    ["covers_not_whole_file", "with the old startxref", (p) => revise(p.pdf, evilContent(p), { end: "old startxref" })],
    ["covers_not_whole_file", "without end-of-file mark", (p) => revise(p.pdf, evilContent(p), { end: "no EOF" })],
    [
      "covers_not_whole_file",
      "objects alone, for readers that search the file",
      (p) => revise(p.pdf, evilContent(p), { end: "none" }),
    ],
    [
      "covers_not_whole_file",
      "objects alone and an end-of-file mark",
      (p) => revise(p.pdf, evilContent(p), { end: "none", behind: "%%EOF\n" }),
    ],
    [
      "covers_not_whole_file",
      "objects alone and the old end once more",
      (p) => revise(p.pdf, evilContent(p), { end: "none", behind: `startxref\n${p.startxref}\n%%EOF\n` }),
    ],
    [
      "later_revision_changes_content",
      "the catalog replaced",
      (p) => revise(p.pdf, { [p.catalog]: p.dictionary(p.catalog, "/OpenAction [1 0 R /Fit]") }),
    ],
    [
      "malformed_structure",
      "another catalog under a new number",
      (p) => revise(p.pdf, { [p.size]: "<</Type/Catalog/Pages 1 0 R/AcroForm 1 0 R>>" }, { root: p.size }),
    ],
    [
      "later_revision_changes_content",
      "a copy of the catalog under a new number",
      (p) => revise(p.pdf, { [p.size]: p.dictionary(p.catalog, "/Lang (en)", /\/Lang \([^)]*\) /) }, { root: p.size }),
    ],
    [
      "later_revision_changes_content",
      "the document information replaced",
      (p) => revise(p.pdf, { [p.size]: "<</Title(Another contract)>>" }, { trailer: `/Info ${p.size} 0 R` }),
    ],
    ["later_revision_unexplained", "nothing but a table", (p) => revise(p.pdf, {})],
    [
      "later_revision_unexplained",
      "nothing but a table without rows and a comment",
      (p) => revise(p.pdf, {}, { before: "% harmless\n" }),
    ],
    [
      "later_revision_unexplained",
      "a /Size that leaves the newest objects out",
      (p) => revise(p.pdf, {}, { size: p.size - 1 }),
    ],
    ["malformed_structure", "a /Size below its own objects", (p) => revise(p.pdf, evilContent(p), { size: 2 })],
    [
      "malformed_structure",
      "no /Prev: the file begins anew behind its end",
      (p) => revise(p.pdf, evilContent(p), { prev: null }),
    ],
    ["malformed_structure", "/Prev to itself", (p) => revise(p.pdf, {}, { prev: p.pdf.length })],
    [
      "not_signed",
      "/Prev past the seal, to the contract before it was sealed",
      (p) => revise(p.pdf, {}, { prev: Number(/\/Prev (\d+)/.exec(p.text.slice(p.startxref))?.[1]) }),
    ],
    [
      "later_revision_unexplained",
      "/Prev past the seal, with the seal's objects listed anew",
      (p) => {
        const offsets = [p.catalog, p.form, p.widget, p.signature].map(
          (number) => [number, p.text.lastIndexOf(`\n${number} 0 obj`) + 1] as const,
        );
        return revise(
          p.pdf,
          {},
          { prev: Number(/\/Prev (\d+)/.exec(p.text.slice(p.startxref))?.[1]), rows: Object.fromEntries(offsets) },
        );
      },
    ],
    ["covers_not_whole_file", "a comment behind the end", (p) => appended(p, "% a remark\n")],
    ["covers_not_whole_file", "white space behind the end", (p) => appended(p, "   \n")],
    ["covers_not_whole_file", "a zero byte behind the end", (p) => appended(p, "\0")],
    ["covers_not_whole_file", "a second end-of-file mark", (p) => appended(p, "%%EOF\n")],
    ["covers_not_whole_file", "a new line behind the end", (p) => appended(p, "\n")],
    ["covers_not_whole_file", "the last line end cut off", (p) => p.pdf.subarray(0, p.pdf.length - 1)],
    ["covers_not_whole_file", "the end cut off", (p) => p.pdf.subarray(0, p.pdf.lastIndexOf("startxref"))],
    [
      "not_signed",
      "cut back to before the seal",
      (p) => p.pdf.subarray(0, p.pdf.indexOf("%%EOF\n", p.pdf.indexOf("\nstartxref")) + 6),
    ],
  ]),
};
