import { allocate, eachPage, loadPdfium, type OpenPage } from "./pdfium.ts";

/** A page as a picture: rows from the top, one byte (grey) or three (red, green, blue) for each pixel. */
export interface PageImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

export interface PageImageOptions {
  readonly pixelsPerInch: number;
  readonly colour: boolean;
  /** Numbers from 1; all where it is left out. */
  readonly pages?: readonly number[];
}

/**
 * Pages as Chrome's engine shows them, the visible seal of a signature field included; by page number. The same bytes
 * give the same pixels on every machine: WebAssembly knows one arithmetic, and all fonts are embedded. Throws for what
 * is no PDF.
 */
export async function drawPages(
  pdf: Uint8Array,
  { pixelsPerInch, colour, pages }: PageImageOptions,
): Promise<ReadonlyMap<number, PageImage>> {
  const pdfium = await loadPdfium();
  const drawn = eachPage(pdfium, pdf, (page, number) =>
    pages && !pages.includes(number) ? null : ([number, draw(page, pixelsPerInch / 72, colour)] as const),
  );
  return new Map(drawn.filter((one) => one !== null));
}

/** How many pages a reader finds; throws for what is no PDF. */
export async function countPages(pdf: Uint8Array): Promise<number> {
  return eachPage(await loadPdfium(), pdf, () => null).length;
}

// fpdfview.h
const FORMAT_GREY = 1;
const FORMAT_BGRX = 3;
const BYTES_OF_BGRX = 4;
const FLAG_ANNOTATIONS = 0x01;
const FLAG_GREYSCALE = 0x08;
const FLAG_RGB_ORDER = 0x10;
const WHITE = 0xffffffff;

/** Without LCD_TEXT, which the package's own `render` always asks for: it tints the edges of every letter. */
function draw({ pdfium, page, form, width: points, height: pointsHigh }: OpenPage, scale: number, colour: boolean) {
  const [width, height] = [Math.round(points * scale), Math.round(pointsHigh * scale)];
  const stride = width * (colour ? BYTES_OF_BGRX : 1);
  const buffer = allocate(pdfium, stride * height);
  const format = colour ? FORMAT_BGRX : FORMAT_GREY;
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, format, buffer, stride);
  const flags = colour ? FLAG_RGB_ORDER : FLAG_GREYSCALE;
  try {
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags | FLAG_ANNOTATIONS);
    pdfium._FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, flags);
    const drawn = pdfium.HEAPU8.slice(buffer, buffer + stride * height);
    return colour ? rgbImage(width, height, drawn) : ({ width, height, channels: 1, pixels: drawn } as const);
  } finally {
    pdfium._FPDFBitmap_Destroy(bitmap);
    pdfium.wasmExports.free(buffer);
  }
}

function rgbImage(width: number, height: number, drawn: Uint8Array): PageImage {
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    pixels[pixel * 3] = drawn[pixel * BYTES_OF_BGRX] ?? 0;
    pixels[pixel * 3 + 1] = drawn[pixel * BYTES_OF_BGRX + 1] ?? 0;
    pixels[pixel * 3 + 2] = drawn[pixel * BYTES_OF_BGRX + 2] ?? 0;
  }
  return { width, height, channels: 3, pixels };
}
