import { encode } from "fast-png";
import type { PageImage } from "./page-image.ts";

const PALETTE_SIZE = 256;
// fflate's levels; 9 costs twice the time of 6 and saves two per cent.
const COMPRESSION = 6;

/**
 * A PNG of the most frequent colours, at most and by default 256, some 80 kB for a page at 96 pixels per inch: tints and
 * accents stay as they are, and only the rarer edges of letters move to the nearest. The same picture gives the same
 * bytes everywhere: it is compressed by JavaScript, not by whichever zlib Node was built with.
 */
export function pngOf(image: PageImage, { colours: paletteSize = PALETTE_SIZE } = {}): Uint8Array {
  const { width, height } = image;
  const colours = coloursOf(image);
  const palette = mostFrequent(colours, paletteSize);
  const indexes = new Map(palette.map((colour, index) => [colour, index]));
  const data = new Uint8Array(width * height);
  let [before, index] = [Number.NaN, 0];
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    const colour = colours[pixel] ?? 0;
    if (colour !== before) {
      index = indexes.get(colour) ?? nearest(palette, colour);
      indexes.set(colour, index);
      before = colour;
    }
    data[pixel] = index;
  }
  return encode(
    { width, height, data, depth: 8, channels: 1, palette: palette.map((colour) => [...primaries(colour)]) },
    { zlib: { level: COMPRESSION } },
  );
}

/** 0xRRGGBB for each pixel. */
function coloursOf({ width, height, channels, pixels }: PageImage): Uint32Array {
  const colours = new Uint32Array(width * height);
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const at = pixel * channels;
    const [red = 0, green = 0, blue = 0] =
      channels === 1 ? [pixels[at], pixels[at], pixels[at]] : [pixels[at], pixels[at + 1], pixels[at + 2]];
    colours[pixel] = (red << 16) | (green << 8) | blue;
  }
  return colours;
}

/** By number of pixels, counted in runs, since a page is mostly white. */
function mostFrequent(colours: Uint32Array, paletteSize: number): readonly number[] {
  const counts = new Map<number, number>();
  for (let from = 0, to = 0; from < colours.length; from = to) {
    const colour = colours[from] ?? 0;
    while (to < colours.length && colours[to] === colour) to += 1;
    counts.set(colour, (counts.get(colour) ?? 0) + to - from);
  }
  const sorted = [...counts].toSorted(([a, countA], [b, countB]) => countB - countA || a - b);
  return sorted.slice(0, Math.min(paletteSize, PALETTE_SIZE)).map(([colour]) => colour);
}

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  const [red, green, blue] = primaries(colour);
  for (const [index, other] of palette.entries()) {
    const [otherRed, otherGreen, otherBlue] = primaries(other);
    const distance = (red - otherRed) ** 2 + (green - otherGreen) ** 2 + (blue - otherBlue) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function primaries(colour: number): readonly [number, number, number] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}
