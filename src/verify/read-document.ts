import { openDocument } from "./pdf-document.ts";
import { isArray, isDictionary, isName, type PdfValue } from "./pdf-lexer.ts";
import { findLastTable } from "./pdf-tail.ts";
import { Finding } from "./verdict.ts";

/**
 * What a file is, before anybody keeps it for others to open: `unreadable` when it is no PDF, cut off, encrypted or
 * otherwise not to be read; `active` when it would run something or reach out when opened.
 */
export type Reading = "readable" | "unreadable" | "active";

/** Keys and actions by which a PDF runs scripts, starts programs or plays media (ISO 32000-2 §12.6.4). */
const ACTIVE_KEYS = ["JS", "JavaScript", "RichMediaContent", "XFA"];
const ACTIVE_ACTIONS = new Set([
  "JavaScript",
  "Launch",
  "ImportData",
  "RichMediaExecute",
  "Rendition",
  "Movie",
  "Sound",
]);

/** Reads a file that may be hostile. Pure and total over the bytes; what the file may cost is the caller's to bound. */
export function readDocument(pdf: Uint8Array): Reading {
  try {
    const bytes = withoutPadding(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
    // Word writes hybrid files. No seal is judged here, and the objects that only newer readers see are looked at, too.
    const document = openDocument(bytes, findLastTable(bytes), "read");
    const catalog = document.resolve(document.revisions[0].trailer.entries.get("Root"));
    if (!isDictionary(catalog) || !isDictionary(document.resolve(catalog.entries.get("Pages")))) return "unreadable";
    for (const { value } of document.liveObjects()) if (isActive(value)) return "active";
    return "readable";
  } catch (error) {
    if (error instanceof Finding || error instanceof RangeError) return "unreadable";
    throw error;
  }
}

/** Scanners and mail gateways leave white space after the end. */
function withoutPadding(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && PADDING.has(bytes.readUInt8(end - 1))) end--;
  return bytes.subarray(0, end);
}

const PADDING = new Set(Buffer.from("\0\t\n\f\r "));

function isActive(value: PdfValue): boolean {
  if (isArray(value)) return value.items.some(isActive);
  if (!isDictionary(value)) return false;
  const { entries } = value;
  const action = entries.get("S");
  if (ACTIVE_KEYS.some((key) => entries.has(key)) || (isName(action) && ACTIVE_ACTIONS.has(action.name))) return true;
  return [...entries.values()].some(isActive);
}
