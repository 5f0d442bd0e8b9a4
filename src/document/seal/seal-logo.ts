import { LOGO_BOX, type LogoStep, readLogo } from "../../domain/logo-path.ts";
import { type PathStep, type Point, placed, quadraticCurve, type VectorPath } from "./vector-path.ts";

/**
 * The logo in a square of `size` around the origin, turned so that y points upwards. Throws where it has a fault: the
 * seller's design was refused then.
 */
export function logoPath(logo: string, size: number): VectorPath {
  const reading = readLogo(logo);
  if (!reading.ok) throw new Error(`the logo cannot be drawn (${reading.fault})`);
  const scale = size / LOGO_BOX;
  return placed(cubicOnly(reading.steps), ([x, y]) => [(x - LOGO_BOX / 2) * scale, (LOGO_BOX / 2 - y) * scale]);
}

function cubicOnly(steps: readonly LogoStep[]): VectorPath {
  let at: Point = [0, 0];
  let start = at;
  return steps.map((step): PathStep => {
    const from = at;
    at = step.kind === "close" ? start : step.to;
    if (step.kind === "move") start = at;
    if (step.kind === "close") return step;
    if (step.kind === "quadratic") return quadraticCurve(from, step.control, step.to);
    return step.kind === "cubic" ? { ...step, kind: "curve" } : step;
  });
}
