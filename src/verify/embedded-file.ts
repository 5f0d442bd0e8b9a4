import { openDocument } from "./pdf-document.ts";
import { isArray, isDictionary, isReference, isString, type PdfValue } from "./pdf-lexer.ts";
import { findLastTable } from "./pdf-tail.ts";
import { Finding } from "./verdict.ts";

/**
 * The content of the file of this name that is associated with the whole document (catalog /AF, ISO 32000-2 §14.13);
 * null when there is none, more than one, or when the PDF cannot be read. Never throws on account of the bytes.
 */
export function readEmbeddedFile(pdf: Uint8Array, name: string): Buffer | null {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  try {
    const document = openDocument(bytes, findLastTable(bytes));
    const catalog = document.resolve(document.revisions[0].trailer.entries.get("Root"));
    const associated = isDictionary(catalog) ? document.resolve(catalog.entries.get("AF")) : null;
    const specifications = (isArray(associated) ? associated.items : [])
      .map((item) => document.resolve(item))
      .filter((item) => isDictionary(item) && textOf(bytes, document.resolve(item.entries.get("UF"))) === name);
    const [only, ...others] = specifications;
    if (!isDictionary(only ?? null) || others.length > 0) return null;
    const streams = isDictionary(only) ? document.resolve(only.entries.get("EF")) : null;
    const stream = isDictionary(streams) ? streams.entries.get("F") : null;
    return isReference(stream ?? null) && isReference(stream) ? document.readStream(stream) : null;
  } catch (error) {
    if (error instanceof Finding) return null;
    throw error;
  }
}

/** File names of ours are ASCII and written as such, or in hexadecimal. */
function textOf(bytes: Buffer, value: PdfValue): string | null {
  if (!isString(value)) return null;
  const inner = bytes.toString("latin1", value.start + 1, value.end - 1);
  if (value.form === "literal") return inner;
  const decoded = Buffer.from(inner, "hex");
  return decoded[0] === 0xfe && decoded[1] === 0xff
    ? decoded.subarray(2).swap16().toString("utf16le")
    : decoded.toString("latin1");
}
