import { readSvgPath } from "./svg-path.ts";
import { placed, type VectorPath } from "./vector-path.ts";

/** A seal is drawn into every contract; a logo of more than this would outweigh all its words. */
const LONGEST_LOGO = 8000;
const BOX = 100;

/** What is wrong with the seller's logo, in plain English; null for a logo that can be drawn, or none. */
export function logoFault(logo: string): string | null {
  if (logo === "") return null;
  if (logo.length > LONGEST_LOGO) return `the path has ${logo.length} characters, more than ${LONGEST_LOGO}`;
  const reading = readSvgPath(logo);
  if (!reading.ok) return reading.fault;
  const inside = (at: number): boolean => at >= 0 && at <= BOX;
  const strays = reading.path.some((step) => step.kind !== "close" && !step.to.every(inside));
  return strays ? `the path leaves its box of ${BOX} by ${BOX}` : null;
}

/** The logo in a square of `size` around the origin, turned so that y points upwards. Throws where it has a fault. */
export function logoPath(logo: string, size: number): VectorPath {
  const reading = readSvgPath(logo);
  if (!reading.ok) throw new Error(reading.fault);
  const scale = size / BOX;
  return placed(reading.path, ([x, y]) => [(x - BOX / 2) * scale, (BOX / 2 - y) * scale]);
}
