import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withDefiniteLengths } from "./definite-lengths.ts";
import { integer, octets, oid, sequence, set, tlv } from "./der.fixture.ts";
import { childrenOf, readOnly } from "./der.ts";

/** The same with every length left open that may be. */
function leftOpen(der: Buffer): Buffer {
  const node = readOnly(der);
  if ((node.tag & 0x20) === 0) return der;
  return Buffer.concat([
    Buffer.from([node.tag, 0x80]),
    ...childrenOf(node).map(({ raw }) => leftOpen(raw)),
    Buffer.alloc(2),
  ]);
}

const leaf = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 31 - 1 }).map(integer),
  fc.uint8Array({ maxLength: 300 }).map(octets),
  fc.constantFrom("1.2.840.113549.1.7.2", "2.5.4.3").map(oid),
);
const { tree } = fc.letrec<{ tree: Buffer }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    leaf,
    fc.array(tie("tree"), { maxLength: 5 }).map((parts) => sequence(...parts)),
    fc.array(tie("tree"), { maxLength: 5 }).map((parts) => set(...parts)),
  ),
}));

describe("lengths", () => {
  test("that are definite stay what they are, and open ones become so; zeros may follow, and nothing else", () => {
    fc.assert(
      fc.property(tree, fc.nat({ max: 20 }), (der, zeros) => {
        expect(withDefiniteLengths(der)).toEqual(der);
        const open = Buffer.concat([leftOpen(der), Buffer.alloc(zeros)]);
        expect(withDefiniteLengths(open)).toEqual(der);
        expect(() => withDefiniteLengths(Buffer.concat([open, Buffer.from([7])]))).toThrow("something else follows");
      }),
    );
  });

  test("longer than need be, and strings in pieces, become what DER has", () => {
    expect(withDefiniteLengths(Buffer.from("3083000003020107", "hex"))).toEqual(sequence(integer(7)));
    const pieces = tlv(0x24, octets(Buffer.from("one ")), octets(Buffer.from("contract")));
    expect(withDefiniteLengths(leftOpen(pieces))).toEqual(octets(Buffer.from("one contract")));
  });

  test.each([
    ["nothing", ""],
    ["an open length without an end", "3080020107"],
    ["an open length of what cannot be open", "0480"],
    ["an element that is longer than what holds it", "3004020507"],
    ["a length of five bytes", "308500000000030201070000"],
    ["a tag of several bytes", "1f810100"],
    ["a thousand levels", "3080".repeat(1000)],
  ])("%s is refused", (_, hex) => {
    expect(() => withDefiniteLengths(Buffer.from(hex, "hex"))).toThrow("not BER");
  });
});
