import type { PDFiumModule } from "@hyzyla/pdfium";

/** PDFium's C functions as WebAssembly, as far as pages are looked at; pointers are numbers. */
type Declared = Awaited<ReturnType<typeof PDFiumModule>>;

/** Functions that the package exports but does not declare (fpdf_text.h). */
interface TextFunctions {
  _FPDFText_GetUnicode(textPage: number, index: number): number;
  _FPDFText_GetCharAngle(textPage: number, index: number): number;
  _FPDFText_GetCharBox(
    textPage: number,
    index: number,
    left: number,
    right: number,
    bottom: number,
    top: number,
  ): number;
  _FPDFText_IsGenerated(textPage: number, index: number): number;
}

export type Pdfium = Declared & TextFunctions;

/** A page while it is open: its handle, and the handle of the document's form fields, whose seal is drawn with it. */
export interface OpenPage {
  readonly pdfium: Pdfium;
  readonly page: number;
  readonly form: number;
  /** PDF points. */
  readonly width: number;
  readonly height: number;
}

let loading: Promise<Pdfium> | null = null;

/** The engine, loaded by the first who wants it: 4 MB of WebAssembly, some 30 ms. It keeps no fonts and reads no files. */
export function loadPdfium(): Promise<Pdfium> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Pdfium> {
  const { PDFiumModule: start } = await import("@hyzyla/pdfium");
  const pdfium = await start({});
  if (!hasTextFunctions(pdfium)) throw new Error("this build of PDFium has no functions for text");
  pdfium._FPDF_InitLibraryWithConfig({ version: 2 });
  return pdfium;
}

function hasTextFunctions(pdfium: Declared): pdfium is Pdfium {
  return "_FPDFText_GetCharBox" in pdfium && "_FPDFText_GetCharAngle" in pdfium;
}

// FPDF_FORMFILLINFO is 140 bytes in 32 bits; version 2 asks for no callback (fpdf_formfill.h).
const FORM_INFO_BYTES = 256;

/** Shows the pages (numbered from 1) one after the other; throws for what PDFium does not take for a PDF. */
export function eachPage<Found>(
  pdfium: Pdfium,
  pdf: Uint8Array,
  look: (page: OpenPage, number: number) => Found,
): readonly Found[] {
  const bytes = allocate(pdfium, pdf.length + FORM_INFO_BYTES);
  const formInfo = bytes + pdf.length + (-(bytes + pdf.length) & 7);
  const document = lendBytes(pdfium, pdf, bytes);
  if (document === 0) {
    pdfium.wasmExports.free(bytes);
    throw new Error(`PDFium cannot read this as a PDF: error ${pdfium._FPDF_GetLastError()}`);
  }
  new DataView(pdfium.HEAPU8.buffer).setUint32(formInfo, 2, true);
  const form = pdfium._FPDFDOC_InitFormFillEnvironment(document, formInfo);
  try {
    const count = pdfium._FPDF_GetPageCount(document);
    return Array.from({ length: count }, (_, index) => onPage(pdfium, document, form, index, look));
  } finally {
    pdfium._FPDFDOC_ExitFormFillEnvironment(form);
    pdfium._FPDF_CloseDocument(document);
    pdfium.wasmExports.free(bytes);
  }
}

function lendBytes(pdfium: Pdfium, pdf: Uint8Array, bytes: number): number {
  pdfium.HEAPU8.fill(0, bytes, bytes + pdf.length + FORM_INFO_BYTES);
  pdfium.HEAPU8.set(pdf, bytes);
  return pdfium._FPDF_LoadMemDocument(bytes, pdf.length, 0);
}

function onPage<Found>(
  pdfium: Pdfium,
  document: number,
  form: number,
  index: number,
  look: (page: OpenPage, number: number) => Found,
): Found {
  const page = pdfium._FPDF_LoadPage(document, index);
  if (page === 0) throw new Error(`PDFium cannot open page ${index + 1}`);
  pdfium._FORM_OnAfterLoadPage(page, form);
  try {
    const [width, height] = [pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page)];
    return look({ pdfium, page, form, width, height }, index + 1);
  } finally {
    pdfium._FORM_OnBeforeClosePage(page, form);
    pdfium._FPDF_ClosePage(page);
  }
}

/** The caller frees it. */
export function allocate(pdfium: Pdfium, bytes: number): number {
  const pointer = pdfium.wasmExports.malloc(bytes);
  if (pointer === 0) throw new Error(`PDFium has no room for ${bytes} bytes`);
  return pointer;
}
