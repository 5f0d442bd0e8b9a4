import type { PageLook } from "../../application/page-look.ts";
import { faultsOf } from "./page-faults.ts";
import { drawPages } from "./page-image.ts";
import { pngOf } from "./page-png.ts";
import { readPageText } from "./page-text.ts";

const PIXELS_PER_INCH = 96;

/** Every page in colour at 96 pixels per inch, and what is wrong with it; throws for what is no PDF. */
export async function lookAtPages(pdf: Uint8Array): Promise<PageLook> {
  const [texts, images] = [
    await readPageText(pdf),
    await drawPages(pdf, { pixelsPerInch: PIXELS_PER_INCH, colour: true }),
  ];
  return { images: [...images.values()].map((image) => pngOf(image)), faults: texts.flatMap(faultsOf) };
}
