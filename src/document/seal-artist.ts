import { readFileSync } from "node:fs";
import type { SealDrawing } from "../application/ports.ts";
import { PLAIN_SEAL, type SealDesign } from "../domain/seal-design.ts";
import { type OutlineFont, openFont } from "./seal/glyph-outlines.ts";
import { drawSealArt, type SealArt } from "./seal/seal-art.ts";

/** Draws each seller's round seal once, and says beforehand whether it can be drawn at all. */
export interface SealArtist extends SealDrawing {
  /** Throws for a name or design that `findFault` finds fault with. A demonstration's seal says so in its caption. */
  artOf(legalName: string, design: SealDesign, demo: boolean): SealArt;
}

const DEMO_CAPTION = "演示 DEMO";
/** A marketplace has thousands of sellers, and the art of one takes some hundred kilobytes. */
const KEPT_SEALS = 100;
/** A font keeps every glyph that was taken from it. After so many seals it is opened afresh, and they are let go. */
const SEALS_PER_OPENING = 200;

/** `fontPaths`: bold fonts for the lettering, in the order in which a character is looked for. */
export function openSealArtist(fontPaths: readonly string[]): SealArtist {
  const drawn = new Map<string, SealArt>();
  let fonts: readonly OutlineFont[] = [];
  let seals = 0;
  const artOf = (legalName: string, design: SealDesign, demo: boolean): SealArt => {
    const { number: code, logo } = design;
    const caption = demo ? DEMO_CAPTION : design.caption;
    const key = JSON.stringify([legalName, code, caption, logo]);
    const known = drawn.get(key);
    if (known) return known;
    if (seals % SEALS_PER_OPENING === 0) fonts = fontPaths.map((path) => openFont(readFileSync(path)));
    // Only once they are open: fonts that could not be read are tried again.
    seals += 1;
    const art = drawSealArt({ legalName, code, caption, logo, fonts });
    const [oldest] = drawn.keys();
    if (oldest !== undefined && drawn.size >= KEPT_SEALS) drawn.delete(oldest);
    drawn.set(key, art);
    return art;
  };
  return {
    artOf,
    findFault: async (legalName, design = PLAIN_SEAL) => {
      try {
        // A seller of a demonstration seals for real one day, and the other way round: the name must fit either caption.
        for (const demo of [false, true]) artOf(legalName, design, demo);
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  };
}
