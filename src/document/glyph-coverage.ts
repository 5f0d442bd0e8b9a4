import { readFile } from "node:fs/promises";
import { create } from "fontkit";
import { fontPaths } from "./fonts.ts";

/** Answers which characters of a text no contract could print. */
export interface GlyphCoverage {
  /**
   * The characters that neither font has, each once, in the order of their first appearance. Characters that print
   * nothing or change the order of what is printed (controls, bidi marks, joiners, lone surrogates) count as missing.
   */
  missingCharacters(text: string): readonly string[];
}

/** What has no shape of its own must not hide in a contract, whether or not a font maps it. */
const SHAPELESS = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const CODE_POINTS = 0x110000;

let loaded: Promise<GlyphCoverage> | null = null;

/** Reads the character maps of the fonts once per process (about 60 ms, 136 kB kept). */
export function loadGlyphCoverage(): Promise<GlyphCoverage> {
  loaded ??= readCoverage();
  return loaded;
}

async function readCoverage(): Promise<GlyphCoverage> {
  const bitmap = new Uint8Array(CODE_POINTS / 8);
  for (const path of fontPaths()) {
    const font = create(await readFile(path));
    if (!("characterSet" in font)) throw new Error(`${path} is a collection, not a font`);
    for (const point of font.characterSet) bitmap[point >> 3] = (bitmap[point >> 3] ?? 0) | (1 << (point & 7));
  }
  const has = (point: number): boolean => ((bitmap[point >> 3] ?? 0) & (1 << (point & 7))) !== 0;
  return {
    missingCharacters: (text) => [
      ...new Set([...text].filter((character) => SHAPELESS.test(character) || !has(character.codePointAt(0) ?? 0))),
    ],
  };
}
