/** What an outside verifier needs of a sealed PDF: the CMS trimmed to its DER length, and the bytes it signs. */
export interface ExtractedSignature {
  readonly cms: Buffer;
  readonly content: Buffer;
  /** Offsets of the /Contents string, brackets included. */
  readonly contentsStart: number;
  readonly contentsEnd: number;
}

/** Throws unless there is exactly one /ByteRange, from 0 to the end around one hexadecimal string. */
export function extractSignature(pdf: Buffer): ExtractedSignature {
  const ranges = [...pdf.toString("latin1").matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/g)];
  const numbers = ranges[0]?.slice(1).map(Number) ?? [];
  const [start = -1, contentsStart = -1, contentsEnd = -1, tail = -1] = numbers;
  if (ranges.length !== 1 || start !== 0 || contentsEnd + tail !== pdf.length) {
    throw new Error(`Expected one /ByteRange over ${pdf.length} bytes, found ${ranges.map((range) => range[0])}`);
  }
  const contents = pdf.subarray(contentsStart, contentsEnd).toString("latin1");
  if (!/^<(?:[0-9a-f]{2})+>$/.test(contents)) throw new Error("Expected a hexadecimal string between the ranges");
  const padded = Buffer.from(contents.slice(1, -1), "hex");
  const lengthBytes = padded.readUInt8(1) & 0x7f;
  const length = 2 + lengthBytes + padded.readUIntBE(2, lengthBytes);
  if (padded.subarray(length).some((byte) => byte !== 0)) throw new Error("Expected zeros behind the CMS");
  return {
    cms: padded.subarray(0, length),
    content: Buffer.concat([pdf.subarray(0, contentsStart), pdf.subarray(contentsEnd)]),
    contentsStart,
    contentsEnd,
  };
}
