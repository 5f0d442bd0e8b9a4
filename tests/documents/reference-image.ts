import { decode, encode } from "fast-png";
import type { PageImage } from "../../src/document/pages/page-image.ts";

/**
 * White, the faint grey of tinted boxes and watermarks, the edge of a letter, ink. Four tones make an image of 20 kB,
 * sixteen one of 40 kB, and show no fault that four do not.
 */
const TONES = [255, 240, 130, 20] as const;
/** From this brightness down it is the next darker tone; paper that is not white, be it ever so little, is a tone. */
const BRIGHTER = [251, 200, 75] as const;
const PIXELS_PER_BYTE = 4;
export const REFERENCE_PIXELS_PER_INCH = 72;

/** A page in four tones: one number from 0 (white) to 3 (ink) for each pixel. */
export interface ReferenceImage {
  readonly width: number;
  readonly height: number;
  readonly tones: Uint8Array;
}

/** `page` is grey. */
export function referenceOf({ width, height, channels, pixels }: PageImage): ReferenceImage {
  if (channels !== 1) throw new Error("a reference image is made from a grey one");
  return { width, height, tones: pixels.map(toneOf) };
}

function toneOf(brightness: number): number {
  const tone = BRIGHTER.findIndex((bound) => brightness >= bound);
  return tone < 0 ? TONES.length - 1 : tone;
}

/** The same image, the same bytes, on every machine. */
export function referencePng({ width, height, tones }: ReferenceImage): Uint8Array {
  const stride = Math.ceil(width / PIXELS_PER_BYTE);
  const data = new Uint8Array(stride * height);
  for (const [pixel, tone] of tones.entries()) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const at = y * stride + Math.floor(x / PIXELS_PER_BYTE);
    data[at] = (data[at] ?? 0) | (tone << (6 - 2 * (x % PIXELS_PER_BYTE)));
  }
  const palette = TONES.map((tone) => [tone, tone, tone]);
  return encode({ width, height, data, depth: 2, channels: 1, palette }, { zlib: { level: 9 } });
}

/** Reads what `referencePng` wrote; throws for other images. */
export function readReference(png: Uint8Array): ReferenceImage {
  const { width, height, data, depth } = decode(png);
  if (depth !== 2 || !(data instanceof Uint8Array)) throw new Error("not an image in four tones");
  const stride = Math.ceil(width / PIXELS_PER_BYTE);
  const tones = new Uint8Array(width * height);
  for (let pixel = 0; pixel < tones.length; pixel += 1) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    tones[pixel] = ((data[y * stride + Math.floor(x / PIXELS_PER_BYTE)] ?? 0) >> (6 - 2 * (x % PIXELS_PER_BYTE))) & 3;
  }
  return { width, height, tones };
}

/** How many pixels are not the same; all of the larger where the sizes differ. No tolerance: nothing here is random. */
export function countDifferences(expected: ReferenceImage, actual: ReferenceImage): number {
  if (expected.width !== actual.width || expected.height !== actual.height) {
    return Math.max(expected.tones.length, actual.tones.length);
  }
  return actual.tones.reduce((count, tone, pixel) => count + (tone === expected.tones[pixel] ? 0 : 1), 0);
}

const [RED, BLUE] = [
  [200, 0, 0],
  [0, 90, 220],
] as const;

/** The actual page, pale, with what it has too much in red and what it lacks in blue. */
export function differencePng(expected: ReferenceImage, actual: ReferenceImage): Uint8Array {
  const { width, height } = actual;
  const data = new Uint8Array(width * height * 3);
  for (const [pixel, tone] of actual.tones.entries()) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const known = x < expected.width && y < expected.height ? (expected.tones[y * expected.width + x] ?? 0) : 0;
    const pale = 255 - (255 - (TONES[tone] ?? 0)) / 4;
    data.set(tone > known ? RED : tone < known ? BLUE : [pale, pale, pale], pixel * 3);
  }
  return encode({ width, height, data, channels: 3 }, { zlib: { level: 6 } });
}
