import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classicPdf as classic } from "./hostile-pdf.fixture.ts";
import { judge, sealed } from "./ladder.fixture.ts";
import { plainPdf } from "./sealed-pdf.fixture.ts";

const limitMs = 3_000;

/** Every file gets a verdict that is not acceptance and not a fault of ours, in time. */
function refuses(pdf: Uint8Array): string {
  const start = performance.now();
  const { verdict, reason, detail } = judge(pdf);
  expect(performance.now() - start).toBeLessThan(limitMs);
  expect(verdict).not.toBe("passed");
  expect(reason, detail).not.toBe("verifier_fault");
  return reason;
}

/** A file whose one table is a cross-reference stream over these objects. */
function withTableStream(
  objects: readonly string[],
  rows: (offsets: readonly number[]) => readonly (readonly number[])[],
  root = 1,
): Buffer {
  let body = "%PDF-1.7\n";
  const offsets = objects.map((text, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${text}\nendobj\n`;
    return offset;
  });
  const at = body.length;
  const bytes = Buffer.concat(
    rows([...offsets, at]).map(([type = 0, second = 0, third = 0]) => {
      const row = Buffer.alloc(6);
      row.writeUInt8(type, 0);
      row.writeUInt32BE(second, 1);
      row.writeUInt8(third, 5);
      return row;
    }),
  );
  const data = deflateSync(bytes);
  const dictionary = `<</Type/XRef/Size 99/Root ${root} 0 R/W[1 4 1]/Index[1 ${bytes.length / 6}]/Filter/FlateDecode/Length ${data.length}>>`;
  return Buffer.concat([
    Buffer.from(`${body}${objects.length + 1} 0 obj\n${dictionary}\nstream\n`, "latin1"),
    data,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`),
  ]);
}

describe("anything at all may be uploaded", () => {
  test("random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 512 }), (bytes) => void refuses(bytes)),
      { numRuns: 500 },
    );
  });

  test("random tokens between a header and an end", () => {
    const word = fc.constantFrom(
      "1 0 obj",
      "endobj",
      "<<",
      ">>",
      "[",
      "]",
      "(",
      ")",
      "/Type",
      "/Sig",
      "6 0 R",
      "stream",
      "endstream",
      "xref",
      "0 1",
      "trailer",
      "/Root 1 0 R",
      "/Size 9",
      "9999999999",
      "-1",
      "<41",
      ">",
      "%",
      "null",
      "startxref",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.nat(80), (words, at) => {
        refuses(Buffer.from(`%PDF-1.7\n${words.join("\n")}\nstartxref\n${at}\n%%EOF\n`));
      }),
      { numRuns: 1000 },
    );
  });

  test("sealed files with stretches overwritten, moved and cut", () => {
    const pdf = sealed();
    fc.assert(
      fc.property(
        fc.nat(pdf.length - 1),
        fc.nat(pdf.length - 1),
        fc.integer({ min: 1, max: 60 }),
        (from, to, length) => {
          const copied = Buffer.from(pdf);
          pdf.copy(copied, to, from, from + length);
          if (!copied.equals(pdf)) refuses(copied);
          refuses(Buffer.concat([pdf.subarray(0, from), pdf.subarray(from + length)]));
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe("structures that never end", () => {
  const page = "<</Type/Catalog/AcroForm 2 0 R>>";

  test("references in a circle", () => {
    expect(refuses(classic(["2 0 R", "1 0 R"]))).toBe("malformed_structure");
    expect(refuses(classic([page, "<</Fields[3 0 R]>>", "<</Kids[3 0 R]>>"]))).toBe("malformed_structure");
    expect(refuses(classic([page, "<</Fields 2 0 R>>"]))).toBe("not_signed");
  });

  test("revisions in a circle", () => {
    const pdf = classic([page]);
    const at = pdf.lastIndexOf("xref\n1");
    expect(refuses(classic([page], `/Root 1 0 R/Prev ${at}`))).toBe("malformed_structure");
  });

  test("objects nested without end", () => {
    expect(refuses(classic(["[".repeat(1_000_000)]))).toBe("malformed_structure");
    expect(refuses(classic(["<</A".repeat(1_000_000)]))).toBe("malformed_structure");
    expect(refuses(classic([`${"(".repeat(1_000_000)}`]))).toBe("malformed_structure");
  });

  test("form fields nested deeply", () => {
    const fields = Array.from({ length: 5000 }, (_, index) => `<</Kids[${index + 4} 0 R]>>`);
    expect(refuses(classic([page, "<</Fields[3 0 R]>>", ...fields]))).toBe("too_large");
  });
});

describe("numbers and sizes that overwhelm", () => {
  test("huge numbers in a table", () => {
    const pdf = plainPdf().toString("latin1");
    for (const line of ["9999999999 1", "0 9999999999", "4294967295 2", "00000000000000000001 1"]) {
      expect(refuses(Buffer.from(pdf.replace("0 1\n", `${line}\n`), "latin1"))).toBe("malformed_structure");
    }
    expect(refuses(Buffer.from(pdf.replace(/startxref\n\d+/, "startxref\n9999999999"), "latin1"))).toBe(
      "malformed_structure",
    );
    expect(refuses(Buffer.from(pdf.replace(/\d{10} 00000 n/, "9999999999 00000 n"), "latin1"))).toBe(
      "malformed_structure",
    );
  });

  test("an array of millions of numbers", () => {
    expect(refuses(classic([`[${"0 ".repeat(2_000_000)}]`]))).toBe("too_large");
  });

  test("a table of millions of objects", () => {
    const rows = Array.from({ length: 400_000 }, (_, index) => `${String(index + 20).padStart(10, "0")} 00000 n \n`);
    const text = `%PDF-1.7\nxref\n1 400000\n${rows.join("")}trailer\n<</Size 400001/Root 1 0 R>>\nstartxref\n9\n%%EOF\n`;
    expect(refuses(Buffer.from(text))).toBe("too_large");
  });

  test("objects that overlap so that each is read to the end of the file", () => {
    const count = 20_000;
    const head = "%PDF-1.7\n000001 0 obj <<>> endobj\n";
    const bodies = Array.from({ length: count }, (_, index) => `${String(index + 2).padStart(6, "0")} 0 obj (`);
    const front = `${head}${bodies.join("")}${"x".repeat(100_000)}${") endobj ".repeat(count)}\n`;
    const offsets = [9, ...bodies.map((body, index) => head.length + index * body.length)];
    const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
    const trailer = `trailer\n<</Size ${count + 2}/Root 1 0 R>>\nstartxref\n${front.length}\n%%EOF\n`;
    expect(refuses(Buffer.from(`${front}xref\n1 ${count + 1}\n${rows.join("")}${trailer}`))).toBe("too_large");
  });

  test("a table that unpacks to gigabytes", () => {
    const data = deflateSync(Buffer.alloc(200 * 1024 * 1024));
    const dictionary = `<</Type/XRef/Size 9/Root 1 0 R/W[1 4 1]/Filter/FlateDecode/Length ${data.length}>>`;
    const pdf = Buffer.concat([
      Buffer.from(`%PDF-1.7\n1 0 obj\n${dictionary}\nstream\n`),
      data,
      Buffer.from("\nendstream\nendobj\nstartxref\n9\n%%EOF\n"),
    ]);
    expect(refuses(pdf)).toBe("too_large");
  });
});

describe("files by other writers", () => {
  const objectStream = (body: string, index: string): string => {
    const data = `${index} ${body}`;
    return `<</Type/ObjStm/N 2/First ${index.length + 1}/Length ${data.length}>>\nstream\n${data}\nendstream`;
  };
  const catalog = "<</Type/Catalog/AcroForm 5 0 R>>";
  const form = "<</Fields[]>>";
  const compressed = objectStream(`${catalog} ${form}`, `4 0 5 ${catalog.length + 1}`);
  const rows = ([first = 0]: readonly number[]) => [
    [1, first, 0],
    [0, 0, 0],
    [0, 0, 0],
    [2, 1, 0],
    [2, 1, 1],
  ];

  test("cross-reference streams and object streams are read", () => {
    expect(refuses(withTableStream([compressed], rows, 4))).toBe("not_signed");
    expect(refuses(withTableStream([compressed], rows, 5))).toBe("not_signed");
    expect(refuses(withTableStream([compressed], rows, 3))).toBe("malformed_structure");
  });

  test("an object stream that holds itself is refused", () => {
    const pdf = withTableStream(["null"], () => [[2, 1, 0]]);
    expect(refuses(pdf)).toBe("malformed_structure");
  });

  test("hybrid files, which show different things to different readers, are not judged", () => {
    expect(refuses(classic(["null"], "/Root 1 0 R/XRefStm 9"))).toBe("structure_not_supported");
  });
});
