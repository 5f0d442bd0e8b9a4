import { openWorkshop } from "./crash/crash-site.ts";
import { killAtEveryPoint } from "./crash/every-point.ts";
import { seededRandom } from "./crash/seeded-random.ts";
import type { Torture } from "./torture.ts";

const LANES = 3;

export const KILLS: Torture = {
  name: "kills",
  promise: "a node killed at any step loses nothing that was acknowledged, doubles nothing, leaves nothing unfinished",
  run: async ({ newDatabase, scale, seed, print }) => {
    const workshop = await openWorkshop();
    const random = seededRandom(seed);
    try {
      const { failures, ...figures } = await killAtEveryPoint(newDatabase, workshop, {
        lanes: scale < 1 ? 1 : LANES,
        choose: () => random() < scale,
        print,
      });
      return { figures: { ...figures }, failures };
    } finally {
      await workshop.close();
    }
  },
};
