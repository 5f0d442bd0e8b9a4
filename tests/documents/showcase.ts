import { drawPages, type PageImage } from "../../src/document/pages/page-image.ts";
import { type Draw, finishedPdf } from "./drawn-variant.ts";
import type { VariantDocument } from "./variants.ts";

const PIXELS_PER_INCH = 110;
const FRAME = 24;
/** A grey that parts two white pages on a white screen as well as on a black one. */
const BACKGROUND = 0xd8;

/** The first and the last page side by side, as a reader would lay them on a table. */
export async function showcase({ task }: VariantDocument, draw: Draw): Promise<PageImage> {
  const pdf = await finishedPdf(await draw(task), task);
  const pages = [...(await drawPages(pdf, { pixelsPerInch: PIXELS_PER_INCH, colour: true })).values()];
  const [first, last] = [pages[0], pages.at(-1)];
  if (!first || !last) throw new Error("a document without pages");
  const width = first.width + last.width + 3 * FRAME;
  const height = Math.max(first.height, last.height) + 2 * FRAME;
  const pixels = new Uint8Array(width * height * 3).fill(BACKGROUND);
  const lay = (page: PageImage, left: number): void => {
    for (let y = 0; y < page.height; y += 1) {
      const row = page.pixels.subarray(y * page.width * 3, (y + 1) * page.width * 3);
      pixels.set(row, ((y + FRAME) * width + left) * 3);
    }
  };
  lay(first, FRAME);
  lay(last, first.width + 2 * FRAME);
  return { width, height, channels: 3, pixels };
}
