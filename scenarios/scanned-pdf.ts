import { handMadePdf } from "../src/document/seal/hand-made-pdf.fixture.ts";

/** What comes out of the scanner: a page with nothing that we have drawn. */
export function scannedPdf(about: string): Buffer {
  const text = `BT /F1 12 Tf 72 720 Td (${about}) Tj ET`;
  return handMadePdf([
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ]);
}
