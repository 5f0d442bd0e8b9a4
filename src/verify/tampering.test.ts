import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeParty } from "./certificates.fixture.ts";
import { timestampAttribute } from "./cms.fixture.ts";
import { judge, root, sealed, sealedBy, stampedAt, timeStamping } from "./ladder.fixture.ts";
import { appendRevision, holeOf } from "./sealed-pdf.fixture.ts";

const tsa = makeParty({ name: "TSA", issuer: root, ...timeStamping });
const carried = { certificates: [tsa.certificate, root.certificate] };
/** With a stamp and the root on board: as much unsigned data as a seal of ours can hold. */
const pdf = sealedBy({
  unsignedAttributes: timestampAttribute(tsa, { time: stampedAt, ...carried }),
});
const [holeStart, holeEnd] = holeOf(pdf);

function survivors(changes: Iterable<Uint8Array>): string[] {
  const accepted: string[] = [];
  let index = 0;
  for (const change of changes) {
    const { verdict, reason } = judge(change);
    if (verdict === "passed" || reason === "verifier_fault") accepted.push(`${reason} at change ${index}`);
    index++;
  }
  return accepted;
}

function* flipped(offsets: Iterable<number>, masks: readonly number[]): Generator<Uint8Array> {
  const copy = Buffer.from(pdf);
  for (const offset of offsets) {
    for (const mask of masks) {
      const before = copy[offset] ?? 0;
      copy[offset] = before ^ mask;
      yield copy;
      copy[offset] = before;
    }
  }
}

function* range(from: number, to: number, step = 1): Generator<number> {
  for (let value = from; value < to; value += step) yield value;
}
const everyBit = [1, 2, 4, 8, 16, 32, 64, 128];
/** Of what nobody signed, the suite takes every third byte, another one each day; npm run test:standards takes them all. */
const STEP = process.env.ORDERSEAL_EVERY_CONTRACT === "1" ? 1 : 3;
const FIRST = Math.floor(Date.now() / 86_400_000) % STEP;

describe("no change of one bit is accepted", { timeout: 120_000 }, () => {
  test("anywhere outside the signature value", () => {
    expect(judge(pdf)).toMatchObject({ verdict: "passed", sealedAtSource: "timestamp" });
    expect(survivors(flipped(range(0, holeStart + 1), everyBit))).toEqual([]);
    expect(survivors(flipped(range(holeEnd - 1, pdf.length), everyBit))).toEqual([]);
  });

  test("in the signature value, which nobody signed", () => {
    // Bits 0 and 5 turn a digit into another digit or case; the others mostly leave hexadecimal, a sample suffices.
    const used = pdf.toString("latin1", holeStart, holeEnd).replace(/0*>$/, "").length;
    expect(survivors(flipped(range(holeStart + FIRST, holeStart + used + 8, STEP), [1, 32]))).toEqual([]);
    expect(survivors(flipped(range(holeStart + FIRST, holeStart + used + 8, 8 * STEP), everyBit))).toEqual([]);
    expect(survivors(flipped(range(holeStart + used, holeEnd, 97), everyBit))).toEqual([]);
  });
});

describe("nothing may be missing or added", () => {
  test("no truncation is accepted", () => {
    const lengths = [...range(0, pdf.length, 41), ...range(pdf.length - 400, pdf.length)];
    expect(survivors(lengths.map((length) => pdf.subarray(0, length)))).toEqual([]);
  });

  test("no appended bytes are accepted", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (tail) => {
        expect(judge(Buffer.concat([pdf, tail])).verdict).not.toBe("passed");
      }),
    );
  });

  test("no appended revision is accepted, whatever it redefines", () => {
    const text = fc.constantFrom(
      "null",
      "<<>>",
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Fields[5 0 R]>>",
      "<</Fields[]>>",
      "6 0 R",
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("1", "2", "3", "4", "5", "6", "7", "8"), text), (objects) => {
        const revision = new Map(Object.entries(objects).map(([number, value]) => [Number(number), value]));
        expect(judge(appendRevision(pdf, revision, { size: 9 })).verdict).not.toBe("passed");
      }),
    );
  });

  test("bytes cannot move into the signature value to make room", () => {
    const wider = Buffer.concat([pdf.subarray(0, holeEnd - 1), Buffer.from("00"), pdf.subarray(holeEnd - 1)]);
    expect(judge(wider).verdict).toBe("failed");
  });
});

describe("a signature cannot be wrapped", () => {
  const signedRange = /\/ByteRange(\[[\d ]+\])/.exec(pdf.toString("latin1"))?.[1] ?? "";

  test("by a second dictionary with the old range and value in a later revision", () => {
    const value = pdf.toString("latin1", holeStart, holeEnd);
    const wrapped = appendRevision(
      pdf,
      new Map([[6, `<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange${signedRange}/Contents${value}>>`]]),
      { size: 8 },
    );
    expect(judge(wrapped).verdict).not.toBe("passed");
  });

  test("by a range that points back at the signed bytes while the dictionary stands elsewhere", () => {
    const value = pdf.toString("latin1", holeStart, holeEnd);
    const moved = (newRange: string): Buffer =>
      appendRevision(
        pdf,
        new Map([
          [6, `<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[${newRange}]/Contents${value}>>`],
          [5, "<</FT/Sig/T(Seal)/V 6 0 R>>"],
        ]),
        { size: 8 },
      );
    const total = moved("0 0 0 0").length;
    const ranges = [
      `0 ${holeStart} ${holeEnd} ${total - holeEnd}`,
      `0 ${holeStart} ${holeEnd} ${pdf.length - holeEnd}`,
      `0 ${total} ${total} 0`,
    ];
    for (const newRange of ranges) expect(judge(moved(newRange)).verdict).not.toBe("passed");
  });

  test("by a value that belongs to another sealed file", () => {
    const other = sealed({ signature: "/Type/Sig/SubFilter/ETSI.CAdES.detached" });
    const swapped = Buffer.from(pdf);
    other.copy(swapped, holeStart, ...holeOf(other));
    expect(judge(swapped).reason).toBe("digest_mismatch");
  });
});
