import { expect, test } from "vitest";
import { loadGlyphCoverage } from "./glyph-coverage.ts";

const coverage = await loadGlyphCoverage();

test("ordinary Chinese, English and figures are covered", () => {
  const text = "《合同》——“甲方”（买方）……䶮喆堃 Müller & Söhne №5 ¥1,234.50 €£ × · − Ω Ж";
  expect(coverage.missingCharacters(text)).toEqual([]);
});

test("rare characters and emoji are named once each, in order", () => {
  expect(coverage.missingCharacters("甲🎉𪚥乙🎉")).toEqual(["🎉", "𪚥"]);
});

test.each([
  ["line break", "\n"],
  ["tab", "\t"],
  ["right-to-left override", "\u202e"],
  ["left-to-right isolate", "\u2066"],
  ["zero width joiner", "\u200d"],
  ["soft hyphen", "\u00ad"],
  ["variation selector", "\ufe0f"],
  ["ideographic variation selector", "\u{e0100}"],
  ["byte order mark", "\ufeff"],
  ["line separator", "\u2028"],
  ["private use", "\ue000"],
  ["lone surrogate", "\ud800"],
])("a %s counts as missing, whatever the fonts say", (_, character) => {
  expect(coverage.missingCharacters(`甲${character}乙`)).toEqual([character]);
});
