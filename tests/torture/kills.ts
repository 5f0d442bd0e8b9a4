import { noFigures } from "./crash/crash-lane.ts";
import { CRASH_PATHS } from "./crash/crash-paths.ts";
import { inWorkshop } from "./crash/crash-site.ts";
import { killAtEveryPoint, type PointOptions } from "./crash/every-point.ts";
import { killAtRandom, type RandomOptions } from "./crash/random-kills.ts";
import { seededRandom } from "./crash/seeded-random.ts";
import type { Torture, TortureConditions, TortureResult } from "./torture.ts";

const LANES = 3;
const KILLS_AT_RANDOM = 1_000;
/** Of a hundred nodes; those have their renderer killed with them, and take twice as long to start. */
const OWN_RENDERERS = 10;

export const KILLS: Torture = {
  name: "kills",
  promise:
    "nodes killed before and after every step lose nothing acknowledged, double nothing, leave nothing unfinished",
  run: (conditions) => killIn(conditions, { atPoints: true, atRandom: 0 }),
};

export const RANDOM_KILLS: Torture = {
  name: "random-kills",
  promise: "nodes killed at any moment lose nothing acknowledged, double nothing, leave nothing unfinished",
  run: (conditions) => killIn(conditions, { atPoints: false, atRandom: KILLS_AT_RANDOM }),
};

function killIn(
  { newDatabase, scale, seed, print }: TortureConditions,
  { atPoints, atRandom }: { readonly atPoints: boolean; readonly atRandom: number },
): Promise<TortureResult> {
  const random = seededRandom(seed);
  return inWorkshop((workshop) =>
    kill({
      newDatabase,
      workshop,
      print,
      lanes: scale < 0.1 ? 1 : LANES,
      paths: atPoints ? CRASH_PATHS : [],
      choose: (points) => (atPoints ? points.filter(() => random() < scale) : []),
      kills: Math.ceil(atRandom * scale),
      random,
      ownRenderers: OWN_RENDERERS,
    }),
  );
}

/** At the chosen points, and then at random. */
export async function kill(options: PointOptions & RandomOptions): Promise<TortureResult> {
  const figures = noFigures();
  const points = await killAtEveryPoint(options, figures);
  const atPoints = figures.kills;
  if (options.kills > 0) await killAtRandom(options, figures);
  const { failures, kills, ...rest } = figures;
  const counted = { "fault points": points, "kills at them": atPoints, "kills at random": kills - atPoints };
  return { figures: { ...counted, ...rest }, failures };
}
