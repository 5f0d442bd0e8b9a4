import { readFile } from "node:fs/promises";
import type { SealDrawing } from "../application/ports.ts";
import { drawSealArt, type SealArt } from "./seal/seal-art.ts";

/** Draws each seller's round seal once, and says beforehand whether a name can be drawn at all. */
export interface SealArtist extends SealDrawing {
  /** Throws for a name that `findFault` finds fault with. */
  artOf(legalName: string, demo: boolean): Promise<SealArt>;
}

/** `fontPath`: a bold font for the lettering. */
export function openSealArtist(fontPath: string): SealArtist {
  const drawn = new Map<string, SealArt>();
  let font: Promise<Uint8Array> | null = null;
  const artOf = async (legalName: string, demo: boolean): Promise<SealArt> => {
    const caption = demo ? "演示 DEMO" : "合同专用章";
    const known = drawn.get(caption + legalName);
    if (known) return known;
    font ??= readFile(fontPath);
    const art = drawSealArt({ legalName, caption, font: await font });
    drawn.set(caption + legalName, art);
    return art;
  };
  return {
    artOf,
    findFault: (legalName) =>
      artOf(legalName, true).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
  };
}
