import type { TortureDatabase } from "../torture.ts";
import { type Authorities, openAuthorities } from "./authorities.ts";
import { type CrashLane, type KillFigures, openCrashLane } from "./crash-lane.ts";
import type { CaseId, CrashPath } from "./crash-paths.ts";
import type { Workshop } from "./crash-site.ts";
import type { Action, Death } from "./node-messages.ts";

/** Some steps are not always taken: a folder is made once. */
const MOST_TRIES = 10;

/** One kill: at one step of one path; without a path, at a step of a start. */
interface Point {
  readonly path: CrashPath | null;
  readonly death: Death;
}

export interface PointOptions {
  readonly newDatabase: () => Promise<TortureDatabase>;
  readonly workshop: Workshop;
  readonly lanes: number;
  readonly paths: readonly CrashPath[];
  /** Which of the points are to be met. */
  readonly choose: <Point>(points: readonly Point[]) => readonly Point[];
  readonly print: (line: string) => void;
}

/**
 * Kills a node before and after each step of each path, starts another one, asks again as a caller does who has got no
 * answer, and looks at everything. A first run lists the steps, so that none is forgotten. Answers how many there are.
 */
export async function killAtEveryPoint(options: PointOptions, figures: KillFigures): Promise<number> {
  const authorities = await openAuthorities();
  try {
    return await killWith(authorities, options, figures);
  } finally {
    await authorities.close();
  }
}

async function killWith(authorities: Authorities, options: PointOptions, figures: KillFigures): Promise<number> {
  const open = async () => openCrashLane(await options.newDatabase(), options.workshop, figures, authorities);
  const first = await open();
  let cases = 0;
  const nextCase = () => caseOf(cases++);
  const points = await record(first, nextCase, options);
  const lanes = [first, ...(await Promise.all(Array.from({ length: options.lanes - 1 }, open)))];
  // All lanes draw from the one iterator, so that each point is met once.
  const left = options.choose(points).toSorted(foldersFirst).values();
  await Promise.all(
    lanes.map(async (lane) => {
      for (const point of left) await meet(lane, point, nextCase, figures);
      await lane.close();
    }),
  );
  return points.length;
}

/** A folder is made by whoever is the first to need it; later on, hardly anybody comes there. */
function foldersFirst(one: Point, other: Point): number {
  const isOfFolder = ({ death }: Point) => (/mkdir|folder/.test(death.step) ? 0 : 1);
  return isOfFolder(one) - isOfFolder(other);
}

async function record(
  lane: CrashLane,
  nextCase: () => CaseId,
  { paths, print }: PointOptions,
): Promise<readonly Point[]> {
  await lane.node().ready;
  const starting = lane.node().startSteps();
  const points = pointsOf(null, starting);
  print(`a service starts: ${starting.length} steps`);
  for (const path of paths) {
    const id = nextCase();
    await arrange(lane, path, id);
    const steps = await lane.insist(path.action(id));
    print(`${path.name}: ${steps.length} steps`);
    points.push(...pointsOf(path, steps));
  }
  return points;
}

async function meet(lane: CrashLane, point: Point, nextCase: () => CaseId, figures: KillFigures): Promise<void> {
  const { moment, step, time } = point.death;
  const where = `${point.path?.name ?? "a service starts"}, ${moment} ${step} (${time})`;
  let again: readonly Action[] | null = null;
  for (let tries = 0; again === null && tries < MOST_TRIES; tries++) again = await die(lane, point, nextCase());
  await lane.replace();
  if (again === null) {
    figures.failures.push(`${where}: nobody came there`);
    return;
  }
  figures.kills += 1;
  await point.path?.wait?.(lane.site);
  for (const action of again) await lane.insist(action);
  await lane.expectRest(where);
}

/** What to ask again after the death; null when the node has lived on. */
async function die(lane: CrashLane, { path, death }: Point, id: CaseId): Promise<readonly Action[] | null> {
  if (path === null) return (await lane.replace({ startDeath: death })) ? null : [];
  await arrange(lane, path, id);
  const action = path.action(id);
  return (await lane.node().act(action, death)).kind === "died" ? [action] : null;
}

async function arrange(lane: CrashLane, path: CrashPath, id: CaseId): Promise<void> {
  for (const action of path.before(id)) await lane.insist(action);
  await path.arrange?.(lane.site);
}

function caseOf(number: number): CaseId {
  const month = String((number % 12) + 1).padStart(2, "0");
  return { order: `KILL-${number}`, cycle: `${2000 + Math.floor(number / 12)}-${month}` };
}

function pointsOf(path: CrashPath | null, steps: readonly string[]): Point[] {
  return steps.flatMap((step, index) => {
    const time = steps.slice(0, index + 1).filter((other) => other === step).length;
    return [
      { path, death: { moment: "before", step, time } },
      { path, death: { moment: "after", step, time } },
    ];
  });
}
