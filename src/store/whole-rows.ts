const PIECE_BYTES = 4 * 1024 * 1024;
const END_OF_ROW = 0x0a;

/**
 * The output of COPY in pieces of some four megabytes, each of whole rows: within a row, COPY's text format writes a line
 * break as \n, so that the byte itself ends the row.
 */
export async function* wholeRows(output: AsyncIterable<Buffer>): AsyncIterable<Uint8Array> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const part of output) {
    parts.push(part);
    length += part.length;
    // A row may be of twenty megabytes (evidence): what has come of it is not looked through again with every part.
    if (length < PIECE_BYTES || !part.includes(END_OF_ROW)) continue;
    const bytes = Buffer.concat(parts);
    const end = bytes.lastIndexOf(END_OF_ROW) + 1;
    if (end > 0) yield bytes.subarray(0, end);
    parts = end < bytes.length ? [bytes.subarray(end)] : [];
    length = bytes.length - end;
  }
  if (length > 0) yield Buffer.concat(parts);
}
