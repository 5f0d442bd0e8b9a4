import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyBillFacts, anyFacts } from "./any-facts.fixture.ts";
import { billDraftOf } from "./bill-snapshot.ts";
import { BLANKS, type Blank, blanksIn, bracesArePaired, filled, isBlank } from "./clause.ts";
import {
  blanksAllowedIn,
  CLAUSE_LIBRARY,
  CLAUSE_NUMBERS,
  type ClauseNumber,
  GENERAL_BLANKS,
  OMITTABLE_CLAUSES,
} from "./clause-library.ts";
import { clausesOf } from "./contract-clauses.ts";
import { draftOf } from "./contract-snapshot.ts";
import { decideBillIssuance } from "./decide-bill-issuance.ts";
import { decideIssuance } from "./decide-issuance.ts";
import { CATALOGUE } from "./facts.fixture.ts";
import { CONTRACT_LANGUAGES } from "./localized.ts";
import type { SellerWording } from "./seller-wording.ts";
import { emptyDetails } from "./snapshot-parties.ts";
import { faultOfWording } from "./wording-fault.ts";

const both = (text: string) => ({ "zh-CN": text, en: text });

/** Every clause reworded and followed by one more, each with all the blanks that it may have. */
const WITH_EVERY_BLANK: SellerWording = {
  version: 7,
  replaced: Object.fromEntries(CLAUSE_NUMBERS.map((number) => [number, wordsWithBlanks(number)])),
  omitted: [],
  added: CLAUSE_NUMBERS.map((after, index) => ({ clause: `S${index + 1}`, after, ...wordsWithBlanks(after) })),
};

function wordsWithBlanks(number: ClauseNumber) {
  const text = blanksAllowedIn(number).map((blank) => `{${blank}}`);
  return { title: both(`第 ${number} 条`), text: both(text.join(" ")) };
}

const FILLINGS = Object.fromEntries(BLANKS.map((blank) => [blank, { "zh-CN": `〔${blank}〕`, en: `<${blank}>` }]));

describe("R7: every blank of a contract's clauses is filled, whatever the order", () => {
  const anyLanguage = fc.constantFrom(...CONTRACT_LANGUAGES);
  const platform = { "zh-CN": "平台公司", en: "Platform Co." };

  test.each<[string, SellerWording | null]>([
    ["in the library's words", null],
    ["in a seller's own that use every blank they may", WITH_EVERY_BLANK],
  ])("%s", (_, wording) => {
    let issued = 0;
    fc.assert(
      fc.property(anyFacts, anyLanguage, fc.option(fc.constant(platform)), (facts, language, named) => {
        const decision = decideIssuance(facts);
        if (decision.kind === "refuse" || !facts.seller) return;
        issued++;
        const seller = { ...facts.seller, wording };
        const input = { products: CATALOGUE, issue: decision, details: emptyDetails(language), platform: named };
        expectFilled(draftOf({ ...input, facts: { ...facts, seller }, demo: false }).clauses, wording);
      }),
    );
    fc.assert(
      fc.property(anyBillFacts, anyLanguage, (facts, language) => {
        const decision = decideBillIssuance(facts);
        if (decision.kind === "refuse") return;
        issued++;
        const seller = { ...facts.seller, wording };
        const input = { products: CATALOGUE, issue: decision, details: emptyDetails(language), demo: false };
        expectFilled(billDraftOf({ ...input, facts: { ...facts, seller } }).clauses, wording);
      }),
    );
    expect(issued).toBeGreaterThan(5);
  });

  function expectFilled(clauses: ReturnType<typeof clausesOf>, wording: SellerWording | null): void {
    expect(clauses.length).toBeGreaterThan(8);
    for (const { source, titleZh, titleEn, textZh, textEn } of clauses) {
      expect(source).toBe(wording === null ? "library" : "seller");
      for (const text of [titleZh, titleEn, textZh, textEn]) {
        expect(text).not.toBe("");
        expect(text).not.toMatch(/[{}]|undefined|null/);
      }
    }
  }
});

describe("the library", () => {
  test.each(CLAUSE_NUMBERS)("%s says the same in both languages: native marks, the same blanks", (number) => {
    const { title, text, blanks } = CLAUSE_LIBRARY[number];
    expect(blanksIn(text["zh-CN"]).toSorted()).toEqual(blanksIn(text.en).toSorted());
    expect([...blanks].sort()).toEqual(blanksIn(text.en).toSorted());
    for (const words of [title["zh-CN"], title.en, text["zh-CN"], text.en]) {
      expect(bracesArePaired(words)).toBe(true);
      expect(words).toBe(words.trim().normalize("NFC"));
      expect(words).not.toMatch(/ {2}|[\p{Cc}]/u);
    }
    expect(title.en).toMatch(/^[A-Z][a-z]/);
    expect(text.en).toMatch(/^[A-Z][^\p{Script=Han}]*\.$/u);
    expect(text["zh-CN"]).toMatch(/^\P{Script=Latin}.*。$/u);
    // Half-width marks between Chinese characters are a slip of the keyboard; a space stands around blanks only.
    expect(text["zh-CN"]).not.toMatch(/[,;:()?!"]|(?<!\}) (?!\{)/);
  });

  test("of the parties only what is agreed between them: R6 names come from the contract's head", () => {
    for (const number of CLAUSE_NUMBERS) {
      expect(CLAUSE_LIBRARY[number].blanks).not.toContain("buyer");
      expect(CLAUSE_LIBRARY[number].blanks).not.toContain("seller");
    }
  });

  test("a clause that may be left out is one, and none that the product's own promises stand in", () => {
    expect([...OMITTABLE_CLAUSES]).toEqual(["401", "402", "403", "502", "601", "701", "702", "911"]);
  });

  test("what a wording may leave open is what the clause does, and what every contract can fill", () => {
    expect(blanksAllowedIn("911")).toEqual([...GENERAL_BLANKS].sort());
    expect(blanksAllowedIn("301")).toEqual(["account", "account_kind", "buyer", "seller", "term_from", "term_to"]);
    expect(blanksAllowedIn("901")).toEqual(["account", "account_kind", "buyer", "seller"]);
    expect(faultOfWording({ replaced: WITH_EVERY_BLANK.replaced, omitted: [], added: [] })).toBeNull();
  });
});

describe("a seller's wording in a contract", () => {
  const words = (text: string) => ({ title: both(`${text}的标题`), text: both(text) });
  const wording: SellerWording = {
    version: 3,
    replaced: { "601": { title: both("保密"), text: { "zh-CN": "{buyer}保密。", en: "{buyer} keeps it secret." } } },
    omitted: ["401"],
    added: [
      { clause: "S2", after: "601", ...words("二") },
      { clause: "S1", after: "401", ...words("一") },
      { clause: "S3", after: "601", ...words("三") },
      { clause: "S4", after: "502", ...words("四") },
    ],
  };
  const clauses = clausesOf(["101", "401", "601"], wording, FILLINGS);

  test("rewords, leaves out and adds, each behind its clause and in the wording's order", () => {
    expect(clauses.map(({ clause, source }) => [clause, source])).toEqual([
      ["101", "library"],
      // What stands behind a clause stays where that one is left out.
      ["S1", "seller"],
      ["601", "seller"],
      ["S2", "seller"],
      ["S3", "seller"],
    ]);
  });

  test("has its blanks filled in each language", () => {
    expect(clauses[2]).toEqual({
      clause: "601",
      source: "seller",
      titleZh: "保密",
      titleEn: "保密",
      textZh: "〔buyer〕保密。",
      textEn: "<buyer> keeps it secret.",
    });
  });

  test("leaves the library's words alone elsewhere", () => {
    const { title, text } = CLAUSE_LIBRARY["101"];
    const plain = { titleZh: title["zh-CN"], titleEn: title.en, textZh: text["zh-CN"], textEn: text.en };
    expect(clauses[0]).toEqual({ clause: "101", source: "library", ...plain });
    expect(clausesOf(["101"], null, {})).toEqual([{ clause: "101", source: "library", ...plain }]);
  });
});

describe("blanks", () => {
  test("are found once each, also those that are none of ours", () => {
    expect(blanksIn("{a} x {buyer}{a} {}")).toEqual(["a", "buyer", ""]);
    expect(isBlank("buyer")).toBe(true);
    expect(isBlank("Buyer")).toBe(false);
  });

  test("braces stand in pairs around one blank", () => {
    for (const text of ["", "x", "{buyer}", "{a}{b}"]) expect(bracesArePaired(text)).toBe(true);
    for (const text of ["{", "}", "{a", "a}", "{{a}}", "}{", "{a}}"]) expect(bracesArePaired(text)).toBe(false);
  });

  test("a company whose name ends with a full stop ends its sentence with it", () => {
    const wording = { title: both("{seller}"), text: both("{seller}. {seller}, {buyer}. {buyer}") };
    const fillings = { seller: both("A Co., Ltd."), buyer: both("B Inc") };
    expect(filled(wording, fillings)).toEqual({
      title: both("A Co., Ltd."),
      text: both("A Co., Ltd. A Co., Ltd., B Inc. B Inc"),
    });
  });

  test("one that nothing is known of is a bug, not an empty place in a contract", () => {
    const wording = { title: both("T"), text: both("{month}") };
    expect(() => filled(wording, {})).toThrow("nothing is known to fill {month} with");
    expect(() => filled({ title: both("{toString}"), text: both("") }, FILLINGS)).toThrow("{toString}");
    const month: Blank = "month";
    expect(filled(wording, { [month]: { "zh-CN": "十月", en: "October" } }).text).toEqual({
      "zh-CN": "十月",
      en: "October",
    });
  });
});
