import { type PdfStructure, readDictionary } from "./pdf-structure.ts";
import { type PdfDictionary, type PdfValue, pdfArray, pdfName, pdfNumber, withEntries } from "./pdf-values.ts";

/** Left, bottom, right, top in points. */
export type Rectangle = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * The document's Figure elements with their bounding boxes added, by object number. ISO 32000-1, table 344, demands one of
 * a figure on one page (and ISO 14289-1 builds on that), and Typst 0.14 writes none for vector images. The template
 * knows where its pictures stand; throws where there are more or fewer of them than elements.
 */
export function boundFigures(structure: PdfStructure, pictures: readonly Rectangle[]): ReadonlyMap<number, PdfValue> {
  const figures = figureNumbers(structure);
  if (figures.length !== pictures.length) {
    throw new Error(`Expected the frames of ${figures.length} pictures, not ${pictures.length}`);
  }
  return new Map(
    figures.map((number, index) => {
      const { value } = readDictionary(structure, { kind: "reference", object: number, generation: 0 });
      return [number, withBounds(value, pictures[index] ?? [0, 0, 0, 0])];
    }),
  );
}

/**
 * Elements are found in the bytes: walking the structure of 400 lines for the one figure would take milliseconds. Typst
 * writes them before its first stream, and looking no further saves a tenth of a whole seal; one that stood elsewhere
 * would stay without bounds, which the inspection of the sealed file tells.
 */
function figureNumbers({ pdf, offsets }: PdfStructure): readonly number[] {
  const whole = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const firstStream = whole.indexOf(STREAM);
  const bytes = whole.subarray(0, firstStream < 0 ? whole.length : firstStream);
  const places: number[] = [];
  for (let at = bytes.indexOf(FIGURE); at >= 0; at = bytes.indexOf(FIGURE, at + 1)) places.push(at);
  return places.map((place) => {
    let [nearest, start] = [0, -1];
    for (const [number, offset] of offsets) {
      if (offset !== null && offset <= place && offset > start) [nearest, start] = [number, offset];
    }
    return nearest;
  });
}

const FIGURE = Buffer.from("/S /Figure");
const STREAM = Buffer.from("\nstream");

function withBounds(figure: PdfDictionary, frame: Rectangle): PdfDictionary {
  const attributes = figure.entries.get("A");
  const list = attributes?.kind === "array" ? attributes.items : attributes === undefined ? [] : [attributes];
  const [layout, ...others] = list;
  if (layout?.kind !== "dictionary" || others.length > 0) throw new Error("Expected one attribute object of a figure");
  if (layout.entries.has("BBox")) return figure;
  const bounds = pdfArray(...frame.map(pdfNumber));
  return withEntries(figure, { A: pdfArray(withEntries(layout, { O: pdfName("Layout"), BBox: bounds })) });
}
