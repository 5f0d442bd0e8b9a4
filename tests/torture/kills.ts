import { noFigures } from "./crash/crash-lane.ts";
import { openWorkshop } from "./crash/crash-site.ts";
import { killAtEveryPoint } from "./crash/every-point.ts";
import { killAtRandom } from "./crash/random-kills.ts";
import { seededRandom } from "./crash/seeded-random.ts";
import type { Torture } from "./torture.ts";

const LANES = 3;
const KILLS_AT_RANDOM = 1_000;
/** Of a hundred nodes; those have their renderer killed with them, and take twice as long to start. */
const OWN_RENDERERS = 10;

export const KILLS: Torture = {
  name: "kills",
  promise:
    "nodes killed at every step and at random lose nothing acknowledged, double nothing, leave nothing unfinished",
  run: async ({ newDatabase, scale, seed, print }) => {
    const workshop = await openWorkshop();
    const random = seededRandom(seed);
    const figures = noFigures();
    const lanes = scale < 0.1 ? 1 : LANES;
    try {
      const choose = () => random() < scale;
      const points = await killAtEveryPoint({ newDatabase, workshop, lanes, choose, print }, figures);
      const atPoints = figures.kills;
      const kills = Math.ceil(KILLS_AT_RANDOM * scale);
      await killAtRandom({ newDatabase, workshop, lanes, kills, random, ownRenderers: OWN_RENDERERS }, figures);
      const { failures, kills: all, ...rest } = figures;
      return {
        figures: { "fault points": points, "kills at them": atPoints, "kills at random": all - atPoints, ...rest },
        failures,
      };
    } finally {
      await workshop.close();
    }
  },
};
