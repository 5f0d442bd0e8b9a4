import { SEAL_COLOUR, SEAL_DIAMETER_MM, type SealArt } from "./seal-art.ts";
import { horizontalSpan, svgPathData } from "./vector-path.ts";

/** A seal for the template to cut into slices: SVG path data in millimetres around the middle, y upwards. */
export interface RidingArt {
  readonly radius: number;
  readonly colour: string;
  readonly paths: readonly RidingPath[];
}

interface RidingPath {
  readonly d: string;
  /** Line width, or null for a filled path. */
  readonly stroke: number | null;
  /** A page leaves out what its slice does not show: each path comes with its span. */
  readonly left: number;
  readonly right: number;
}

/** The art of the seller's seal for the riding seal (骑缝章) across the edges of a contract's pages. */
export function ridingArtOf({ marks }: SealArt): RidingArt {
  return {
    radius: SEAL_DIAMETER_MM / 2,
    colour: SEAL_COLOUR,
    paths: marks.map(({ path, stroke }) => {
      const [left, right] = horizontalSpan(path);
      const beside = (stroke ?? 0) / 2;
      return { d: svgPathData(path), stroke, left: left - beside, right: right + beside };
    }),
  };
}
