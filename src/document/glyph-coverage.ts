import { readFile } from "node:fs/promises";
import { create } from "fontkit";
import type { GlyphCoverage } from "../application/ports.ts";
import { fontPaths } from "./fonts.ts";

/** What has no shape of its own must not hide in a contract, whether or not a font maps it. */
const SHAPELESS = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const CODE_POINTS = 0x110000;

let loaded: Promise<GlyphCoverage> | null = null;

/**
 * Reads the character maps of the fonts once per process (about 60 ms; 136 kB are kept).
 * `missingCharacters` answers with the characters that neither font has, each once, in the order of their first
 * appearance. What prints nothing or changes the order of what is printed (controls, bidi marks, joiners, lone
 * surrogates) counts as missing.
 */
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
