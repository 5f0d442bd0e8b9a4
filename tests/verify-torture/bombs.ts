import { deflateSync } from "node:zlib";
import type { AttackedContracts } from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import { inPlace, Patient, revise, stream } from "../../src/verify/attacks/pdf-surgery.fixture.ts";
import { bracketBomb, classicPdf } from "../../src/verify/hostile-pdf.fixture.ts";

/** As much as the service takes. */
const MOST_BYTES = 8 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;
const CATALOG = "<</Type/Catalog/AcroForm 2 0 R>>";

/** Fills the file up to what the service takes. */
const filled = (unit: string, bytes = MOST_BYTES - 4096): string => unit.repeat(Math.floor(bytes / unit.length));

/** A file of these objects with a cross-reference stream; `compressed` names the stream and place of further ones. */
function withTableStream(
  objects: readonly string[],
  compressed: readonly (readonly [stream: number, index: number])[],
): Buffer {
  const parts = ["%PDF-1.7\n"];
  let length = 9;
  const rows = objects.map((text, index) => {
    const part = `${index + 1} 0 obj\n${text}\nendobj\n`;
    parts.push(part);
    length += part.length;
    return row(1, length - part.length, 0);
  });
  const all = [...rows, ...compressed.map(([holder, index]) => row(2, holder, index))];
  const number = all.length + 1;
  const data = deflateSync(Buffer.concat([...all, row(1, length, 0)])).toString("latin1");
  const entries = `/Type/XRef/Size ${number + 1}/Root ${objects.length + 1} 0 R/W[1 4 4]/Index[1 ${number}]/Filter/FlateDecode`;
  return Buffer.from(
    `${parts.join("")}${number} 0 obj\n${stream(data, entries)}\nendobj\nstartxref\n${length}\n%%EOF\n`,
    "latin1",
  );
}

function row(type: number, second: number, third: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(type, 0);
  bytes.writeUInt32BE(second, 1);
  bytes.writeUInt32BE(third, 5);
  return bytes;
}

const deflated = (text: string | Buffer, more: string): string =>
  stream(deflateSync(text).toString("latin1"), `${more}/Filter/FlateDecode`);

/** An object stream with one member, a catalog under this number, that unpacks to so much more. */
function bombStream(number: number, megabytes: number, filling = " "): string {
  const head = `${number} 0 `;
  return deflated(
    `${head}${CATALOG}${filling.repeat((megabytes * MEGABYTE) / filling.length)}`,
    `/Type/ObjStm/N 1/First ${head.length}`,
  );
}

/** Files that keep every bound of syntax and cost as much as they can. */
export const BOMBS: Readonly<Record<string, (contracts: AttackedContracts) => Buffer>> = {
  "brackets, eight deep": () => bracketBomb(),
  "brackets, sixty deep": () => classicPdf([CATALOG, `[${filled(`${"[".repeat(60)}${"]".repeat(60)}`, MEGABYTE)}]`]),
  "empty dictionaries": () => manyObjects(`[${"<<>>".repeat(180_000)}]`),
  "dictionaries of one entry": () => manyObjects(`[${"<</A 1>>".repeat(90_000)}]`),
  "references of the form's fields to large dictionaries": () =>
    classicPdf([
      CATALOG,
      `<</Fields[${range(3, 10)
        .map((number) => `${number} 0 R`)
        .join(" ")}]>>`,
      ...range(3, 10).map(() => `<</A[${"<<>>".repeat(190_000)}]>>`),
    ]),
  "a dictionary with many names": () =>
    classicPdf([
      CATALOG,
      `<<${range(0, 99_000)
        .map((number) => `/n${number} 1`)
        .join(" ")}>>`,
    ]),
  "a table of as many objects as are read": () => largeTable(299_000),
  "a table of more": () => largeTable(400_000),
  "hexadecimal as long as the file": () => classicPdf([CATALOG, `<${filled("0")}>`]),
  "a string as long as the file": () => classicPdf([CATALOG, `(${filled("x")})`]),
  "a string of brackets": () => classicPdf([CATALOG, `(${filled("(")}`]),
  "a name as long as the file": () => classicPdf([CATALOG, `/${filled("n")}`]),
  "a comment as long as the file": () => classicPdf([CATALOG, `%${filled("c")}\nnull`]),
  "white space as long as the file": () => classicPdf([CATALOG, `${filled(" ")}null`]),
  "a number as long as the file": () => classicPdf([CATALOG, filled("9")]),
  numbers: () => manyObjects(`[${"0 ".repeat(199_000)}]`),
  "names of two letters": () => manyObjects(`[${"/A".repeat(199_000)}]`),
  references: () => manyObjects(`[${"1 0 R ".repeat(66_000)}]`),
  "form fields in a circle of many": () => {
    const count = 9000;
    const fields = range(3, 3 + count).map((number) => `<</Kids[${number === 2 + count ? 3 : number + 1} 0 R]>>`);
    return classicPdf([CATALOG, "<</Fields[3 0 R]>>", ...fields]);
  },
  "form fields without end": () =>
    classicPdf([
      CATALOG,
      `<</Fields[${range(3, 11_000)
        .map((number) => `${number} 0 R`)
        .join(" ")}]>>`,
      ...range(3, 11_000).map(() => "<</FT/Sig>>"),
    ]),
  "references in a circle": () => classicPdf([...range(2, 60_000).map((number) => `${number} 0 R`), "1 0 R"]),
  "a table stream that unpacks to gigabytes": () =>
    withStream(deflated(Buffer.alloc(1500 * MEGABYTE), "/Type/XRef/Size 9/Root 1 0 R/W[1 4 1]")),
  "a table stream with a predictor": () =>
    withStream(
      deflated(
        Buffer.alloc(15 * MEGABYTE),
        "/Type/XRef/Size 2500000/Root 1 0 R/W[1 4 1]/DecodeParms<</Predictor 12/Columns 6>>",
      ),
    ),
  "a table stream packed twice": () =>
    withStream(deflated(deflateSync(Buffer.alloc(MEGABYTE)), "/Type/XRef/Size 9/Root 1 0 R/W[1 4 1]")),
  "an object stream that unpacks to 15 MB": () => withTableStream([bombStream(2, 15)], [[1, 0]]),
  "an object stream that unpacks to 200 MB": () => withTableStream([bombStream(2, 200)], [[1, 0]]),
  "many object streams that unpack to 1 MB each": () =>
    withTableStream(
      range(0, 100).map((index) => bombStream(101 + index, 1)),
      [[1, 0], ...range(2, 101).map((number) => [number, 0] as const)],
    ),
  "an object stream of 15 MB of empty dictionaries": () => withTableStream([bombStream(2, 15, "<<>>")], [[1, 0]]),
  "an object stream with an index of 15 MB": () => {
    const index = "2 0 ".repeat((15 * MEGABYTE) / 4);
    return withTableStream(
      [deflated(`${index}${CATALOG}`, `/Type/ObjStm/N ${index.length / 4}/First ${index.length}`)],
      [[1, 0]],
    );
  },
  "one member of an object stream listed under many numbers": () => {
    const members = range(0, 50_000);
    const head = members.map((member) => `${member + 2} 0`).join(" ");
    return withTableStream(
      [
        deflated(
          `${head} ${CATALOG}${" ".repeat(4 * MEGABYTE)}`,
          `/Type/ObjStm/N ${members.length}/First ${head.length + 1}`,
        ),
      ],
      members.map((member) => [1, member] as const),
    );
  },
  "objects that overlap to the end of the file": () => overlapping(20_000),
  "two hundred revisions": ({ sealed }) => {
    let file = sealed.pdf;
    for (let round = 0; round < 200; round += 1) file = revise(file, { [9000 + round]: "null" });
    return file;
  },
  "an archive of sixty revisions over a large contract": ({ archived }) => {
    let file = archived.pdf;
    for (let round = 0; round < 60; round += 1) file = moreData(file, `${"x".repeat(100_000)}`);
    return file;
  },
  "an archive with thousands of certificates": ({ archived }) => {
    const p = new Patient(archived.pdf);
    const dss = Number(/\/DSS (\d+) 0 R/.exec(p.body(p.catalog))?.[1]);
    const streams = Object.fromEntries(range(0, 1000).map((index) => [p.size + index, stream(`${index}`)]));
    const list = Object.keys(streams)
      .map((number) => `${number} 0 R`)
      .join(" ");
    return revise(p.pdf, { ...streams, [dss]: p.body(dss).replace("/Certs [", `/Certs [${list} `) });
  },
  "a signature value that fills the file": ({ sealed }) => {
    const p = new Patient(sealed.pdf);
    return Buffer.concat([
      p.pdf.subarray(0, p.hole[1] - 1),
      Buffer.alloc(7 * MEGABYTE, "0"),
      p.pdf.subarray(p.hole[1] - 1),
    ]);
  },
  "a signature value of nested elements": ({ sealed }) => {
    const p = new Patient(sealed.pdf);
    return inPlace(p.pdf, p.value, `<${"3080".repeat((p.value.length - 2) / 4)}>`);
  },
  "a signature value of a thousand elements": ({ sealed }) => {
    const p = new Patient(sealed.pdf);
    const elements = "0500".repeat(1200);
    const length = (elements.length / 2).toString(16).padStart(4, "0");
    return inPlace(p.pdf, p.value, `<3082${length}${elements.padEnd(p.value.length - 10, "0")}>`);
  },
  "8 MB of nothing": () => Buffer.alloc(MOST_BYTES),
  "8 MB of one line": () => Buffer.alloc(MOST_BYTES, "%PDF-1.7 1 0 obj << "),
  "8 MB between a contract and its end": ({ sealed }) => {
    const p = new Patient(sealed.pdf);
    return revise(p.pdf, {}, { before: filled("x", MOST_BYTES - p.pdf.length - 4096) });
  },
  "a revision of 7 MB of white space": ({ sealed }) =>
    revise(sealed.pdf, { 9000: "null" }, { between: filled(" ", 7 * MEGABYTE) }),
  "a trailer of 7 MB": ({ sealed }) =>
    revise(sealed.pdf, { 9000: "null" }, { trailer: `/X(${filled("x", 7 * MEGABYTE)})` }),
  "a table of 7 MB of startxref": ({ sealed }) =>
    revise(sealed.pdf, { 9000: "null" }, { trailer: `/X[${filled("(startxref 1 )", 2 * MEGABYTE)}]` }),
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** The catalog, and as many copies of the object as fit. */
function manyObjects(text: string): Buffer {
  return classicPdf([CATALOG, ...range(0, Math.floor((MOST_BYTES - 20_000) / (text.length + 60))).map(() => text)]);
}

function largeTable(count: number): Buffer {
  const rows = range(0, count).map((index) => `${String(index + 20).padStart(10, "0")} 00000 n \n`);
  return Buffer.from(
    `%PDF-1.7\nxref\n1 ${count}\n${rows.join("")}trailer\n<</Size ${count + 1}/Root 1 0 R>>\nstartxref\n9\n%%EOF\n`,
  );
}

function withStream(text: string): Buffer {
  return Buffer.from(`%PDF-1.7\n1 0 obj\n${text}\nendobj\nstartxref\n9\n%%EOF\n`, "latin1");
}

function overlapping(count: number): Buffer {
  const head = "%PDF-1.7\n000001 0 obj <<>> endobj\n";
  const bodies = range(2, count + 2).map((number) => `${String(number).padStart(6, "0")} 0 obj (`);
  const front = `${head}${bodies.join("")}${"x".repeat(100_000)}${") endobj ".repeat(count)}\n`;
  const offsets = [9, ...bodies.map((body, index) => head.length + index * body.length)];
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  return Buffer.from(
    `${front}xref\n1 ${count + 1}\n${rows.join("")}trailer\n<</Size ${count + 2}/Root 1 0 R>>\nstartxref\n${front.length}\n%%EOF\n`,
  );
}

/** One revision more of archive data, as an archive that is renewed has it. */
function moreData(pdf: Buffer, data: string): Buffer {
  const p = new Patient(pdf);
  const dss = Number(/\/DSS (\d+) 0 R/.exec(p.body(p.catalog))?.[1]);
  return revise(pdf, {
    [p.size]: stream(data),
    [dss]: p.body(dss).replace(/\/Certs \[([^\]]*)\]/, `/Certs [$1 ${p.size} 0 R]`),
  });
}
