import { refuse } from "./verdict.ts";

const maxBytes = 64 * 1024 * 1024;

/** The offset in the last `startxref`, after the checks that need no structure: size, header, end of file. */
export function findLastTable(bytes: Buffer): number {
  if (bytes.length > maxBytes) refuse("too_large", `The file has ${bytes.length} bytes; at most ${maxBytes} are read.`);
  if (!/^%PDF-\d\.\d/.test(bytes.toString("latin1", 0, 8)))
    refuse("not_a_pdf", "The file does not begin as a PDF does.");
  const start = Math.max(0, bytes.length - 64);
  const end = /startxref[\t ]*(?:\r\n|\r|\n)[\t ]*(\d{1,10})[\t ]*(?:\r\n|\r|\n)%%EOF(?:\r\n|\r|\n)?$/.exec(
    bytes.toString("latin1", start),
  );
  if (end) return Number(end[1]);
  if (bytes.includes("%%EOF")) refuse("covers_not_whole_file", "The file does not end where its last revision ends.");
  return refuse("malformed_structure", "The file is cut off: it has no end.");
}
