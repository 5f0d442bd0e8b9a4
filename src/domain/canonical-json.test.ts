import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CanonicalValue, canonicalJson } from "./canonical-json.ts";

const wellFormed = fc.string({ unit: "binary" });
const { value: anyValue } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    wellFormed,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(wellFormed, tie("value"), { maxKeys: 4 }),
  ),
}));

/** The same value with the members of every object laid down in the opposite order. */
function reversed(value: CanonicalValue): CanonicalValue {
  if (Array.isArray(value)) return value.map((member: CanonicalValue) => reversed(member));
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value as Record<string, CanonicalValue>);
  return Object.fromEntries(members.reverse().map(([key, member]) => [key, reversed(member)]));
}

describe("RFC 8785", () => {
  test("keys are sorted by UTF-16 code units, as in the example of section 3.2.3", () => {
    const value = {
      "€": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "😀": "Emoji: Grinning Face",
      "\u0080": "Control",
      ö: "Latin Small Letter O With Diaeresis",
    };
    expect([...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map((match) => match[1])).toEqual([
      "Carriage Return",
      "One",
      "Control",
      "Latin Small Letter O With Diaeresis",
      "Euro Sign",
      "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh",
    ]);
  });

  test("strings are escaped as section 3.2.2.2 says: short forms, lower-case \\u00xx, everything else as it is", () => {
    expect(canonicalJson('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
    expect(canonicalJson("\b\t\f\r\u001f\u007f\u2028")).toBe('"\\b\\t\\f\\r\\u001f\u007f\u2028"');
    expect(canonicalJson("合同“甲方”😀")).toBe('"合同“甲方”😀"');
  });

  test("there is no white space, at any depth, and lists keep their order", () => {
    expect(canonicalJson({ b: [3, 1, { d: null, c: true }], a: "x" })).toBe('{"a":"x","b":[3,1,{"c":true,"d":null}]}');
    expect(canonicalJson([])).toBe("[]");
    expect(canonicalJson({})).toBe("{}");
  });

  test("minus zero is zero", () => {
    expect(canonicalJson(-0)).toBe("0");
  });

  test("it is JSON that says the same", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
      { numRuns: 1000 },
    );
  });

  test("the order in which members were laid down does not show", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("what a frozen document may not hold", () => {
  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("the number %s", (value) => {
    expect(() => canonicalJson({ value })).toThrow("whole numbers only");
  });

  test.each(["\ud800", "a\udc00", "\udc00\ud800", "\ud83d\ud83d\ude00"])(
    "a lone surrogate, in a value or in a key",
    (text) => {
      expect(() => canonicalJson(text)).toThrow("well-formed Unicode");
      expect(() => canonicalJson({ [text]: 1 })).toThrow("well-formed Unicode");
    },
  );

  test("anything that UTF-8 could not carry, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xd700, max: 0xe0ff }), { maxLength: 6 }), (units) => {
        const text = String.fromCharCode(...units);
        const carried = Buffer.from(text, "utf8").toString("utf8") === text;
        let accepted = true;
        try {
          canonicalJson(text);
        } catch {
          accepted = false;
        }
        expect(accepted).toBe(carried);
      }),
      { numRuns: 2000 },
    );
  });
});
