import { randomUUID } from "node:crypto";
import { classicPdf } from "../../src/verify/hostile-pdf.fixture.ts";
import type { Caller } from "./caller.ts";

const CATALOG = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>";

/** A PDF such as a scanner makes: of one page, and no two are alike. */
export function scannedPdf(note: string = randomUUID()): Buffer {
  return classicPdf([CATALOG, PAGES, PAGE, `(${note})`]);
}

/** One that would run a script when opened. */
export function scriptedPdf(): Buffer {
  return classicPdf([`<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>`, PAGES, PAGE]);
}

/** One that nobody can read without a password. */
export function encryptedPdf(): Buffer {
  return classicPdf([CATALOG, PAGES, PAGE, "<</Filter/Standard/V 4>>"], "/Root 1 0 R/Encrypt 4 0 R");
}

export function postPdf(caller: Caller, path: string, pdf: Uint8Array): Promise<Response> {
  return caller.send("POST", path, { "content-type": "application/pdf" }, new Uint8Array(pdf));
}
