// The build for browsers of the last years; the other one asks for what is newer than many a company's browser.
import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = workerUrl;

/** Beyond two points of the screen for one of the page nobody sees a difference, and memory grows with the square. */
const SHARPEST = 2;

export interface OpenPdf {
  readonly pages: readonly PDFPageProxy[];
  close(): void;
}

/** Reads a PDF; the caller closes it. Rejects where the bytes are none. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  // A copy: the worker takes the bytes away from whoever hands them over.
  const loading = getDocument({ data: bytes.slice(), isEvalSupported: false, enableXfa: false });
  const document: PDFDocumentProxy = await loading.promise;
  const pages = await Promise.all(Array.from({ length: document.numPages }, (_, index) => document.getPage(index + 1)));
  return { pages, close: () => void loading.destroy() };
}

/** Draws a page as wide as its canvas is on screen. Answers how to stop. */
export function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement): { done: Promise<void>; stop: () => void } {
  const { width } = page.getViewport({ scale: 1 });
  const shownWidth = canvas.clientWidth || width;
  const sharpness = Math.min(window.devicePixelRatio || 1, SHARPEST);
  const viewport = page.getViewport({ scale: (shownWidth / width) * sharpness });
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  const task = page.render({ canvas, viewport });
  return { done: task.promise.catch(ignoreStopped), stop: () => task.cancel() };
}

function ignoreStopped(error: unknown): void {
  if (!(error instanceof Error && error.name === "RenderingCancelledException")) throw error;
}
