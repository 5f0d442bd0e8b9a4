import { allocate, eachPage, loadPdfium, type OpenPage, type Pdfium } from "./pdfium.ts";

/** Where one character's ink stands: PDF points from the lower left corner of the page. */
export interface PageCharacter {
  readonly text: string;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  /** Set straight, as all text but a watermark is. */
  readonly upright: boolean;
}

export interface PageText {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly characters: readonly PageCharacter[];
}

/** The characters of each page that leave ink, as a PDF reader finds them; throws for what is no PDF. */
export async function readPageText(pdf: Uint8Array): Promise<readonly PageText[]> {
  const pdfium = await loadPdfium();
  return eachPage(pdfium, pdf, (page, number) => ({
    number,
    width: page.width,
    height: page.height,
    characters: charactersOf(page),
  }));
}

const DOUBLE_BYTES = 8;
const STRAIGHT_RADIANS = 0.01;

function charactersOf({ pdfium, page }: OpenPage): readonly PageCharacter[] {
  const text = pdfium._FPDFText_LoadPage(page);
  if (text === 0) throw new Error("PDFium finds no text layer");
  const box = allocate(pdfium, 4 * DOUBLE_BYTES);
  try {
    const indexes = Array.from({ length: pdfium._FPDFText_CountChars(text) }, (_, index) => index);
    return indexes.flatMap((index) => characterAt(pdfium, text, index, box));
  } finally {
    pdfium.wasmExports.free(box);
    pdfium._FPDFText_ClosePage(text);
  }
}

/** None for spaces, and for the line breaks that PDFium adds itself. */
function characterAt(pdfium: Pdfium, text: number, index: number, box: number): readonly PageCharacter[] {
  if (pdfium._FPDFText_IsGenerated(text, index) === 1) return [];
  const [left, right, bottom, top] = [0, 1, 2, 3].map((place) => box + place * DOUBLE_BYTES);
  if (!left || !right || !bottom || !top) return [];
  if (pdfium._FPDFText_GetCharBox(text, index, left, right, bottom, top) === 0) return [];
  const memory = new DataView(pdfium.HEAPU8.buffer);
  const character = {
    text: String.fromCodePoint(pdfium._FPDFText_GetUnicode(text, index)),
    left: memory.getFloat64(left, true),
    right: memory.getFloat64(right, true),
    bottom: memory.getFloat64(bottom, true),
    top: memory.getFloat64(top, true),
    upright: Math.abs(pdfium._FPDFText_GetCharAngle(text, index)) < STRAIGHT_RADIANS,
  };
  return character.right > character.left && character.top > character.bottom && character.text.trim() !== ""
    ? [character]
    : [];
}
