/** What a check needs of an embedded TrueType program (ISO/IEC 14496-22): which glyphs there are, drawn and how wide. */
export interface FontProgram {
  readonly glyphs: number;
  /** The advance width in thousandths of the em, as PDF measures it. */
  width(glyph: number): number;
  /** Whether the glyph draws anything. */
  isDrawn(glyph: number): boolean;
}

interface Table {
  readonly start: number;
  readonly length: number;
}

/** Reads the tables `head`, `hhea`, `hmtx`, `maxp`, `loca` and `glyf`; null where they are not those of a TrueType font. */
export function readFontProgram(bytes: Buffer): FontProgram | null {
  try {
    return readTrueType(bytes);
  } catch (error) {
    // Offsets in a font may point anywhere; Buffer refuses to read outside of itself.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const VERSIONS = new Set([0x00010000, 0x74727565]);

function readTrueType(bytes: Buffer): FontProgram | null {
  if (!VERSIONS.has(bytes.readUInt32BE(0))) return null;
  const tables = new Map<string, Table>();
  for (let index = 0; index < bytes.readUInt16BE(4); index++) {
    const at = 12 + 16 * index;
    const table = { start: bytes.readUInt32BE(at + 8), length: bytes.readUInt32BE(at + 12) };
    tables.set(bytes.toString("latin1", at, at + 4), table);
  }
  const [head, hhea, hmtx, maxp, loca, glyf] = ["head", "hhea", "hmtx", "maxp", "loca", "glyf"].map((tag) => {
    const table = tables.get(tag);
    return table && table.start + table.length <= bytes.length ? table : null;
  });
  if (!head || !hhea || !hmtx || !maxp || !loca || !glyf) return null;
  const unitsPerEm = bytes.readUInt16BE(head.start + 18);
  const longOffsets = bytes.readInt16BE(head.start + 50) === 1;
  const glyphs = bytes.readUInt16BE(maxp.start + 4);
  const metrics = bytes.readUInt16BE(hhea.start + 34);
  if (unitsPerEm === 0 || metrics === 0 || hmtx.length < 4 * metrics) return null;
  if (loca.length < (glyphs + 1) * (longOffsets ? 4 : 2)) return null;
  const offsetOf = (glyph: number): number =>
    longOffsets ? bytes.readUInt32BE(loca.start + 4 * glyph) : 2 * bytes.readUInt16BE(loca.start + 2 * glyph);
  return {
    glyphs,
    width: (glyph) => (bytes.readUInt16BE(hmtx.start + 4 * Math.min(glyph, metrics - 1)) * 1000) / unitsPerEm,
    isDrawn(glyph) {
      const [start, end] = [offsetOf(glyph), offsetOf(glyph + 1)];
      return end > start && end <= glyf.length && bytes.readInt16BE(glyf.start + start) !== 0;
    },
  };
}
