import type { TortureDatabase } from "../torture.ts";
import { type Acknowledged, checkEverything } from "./check-everything.ts";
import { type CaseId, CRASH_PATHS, type CrashPath } from "./crash-paths.ts";
import { type CrashSite, openCrashSite, type Workshop } from "./crash-site.ts";
import type { Action, Death } from "./node-messages.ts";
import { recovery } from "./recovery.ts";
import type { CrashNode } from "./running-node.ts";

const MOST_TRIES = 10;

/** One kill: at one step of one path; without a path, at a step of a start. */
interface Point {
  readonly path: CrashPath | null;
  readonly death: Death;
}

export interface KillFigures {
  points: number;
  kills: number;
  acknowledged: number;
  contracts: number;
  orphans: number;
  slowestRecoveryMs: number;
  readonly failures: string[];
}

/** Kills a node before and after each step of each path, starts another one, asks again, and looks at everything. */
export async function killAtEveryPoint(
  newDatabase: () => Promise<TortureDatabase>,
  workshop: Workshop,
  options: { readonly lanes: number; readonly choose: () => boolean; readonly print: (line: string) => void },
): Promise<KillFigures> {
  const figures: KillFigures = {
    points: 0,
    kills: 0,
    acknowledged: 0,
    contracts: 0,
    orphans: 0,
    slowestRecoveryMs: 0,
    failures: [],
  };
  const first = await openLane(await openCrashSite(await newDatabase(), workshop), figures);
  const points = await first.record(options.print);
  figures.points = points.length;
  const left = points.filter(options.choose).values();
  const others = Array.from({ length: options.lanes - 1 }, async () =>
    openLane(await openCrashSite(await newDatabase(), workshop), figures),
  );
  const lanes = [first, ...(await Promise.all(others))];
  // All lanes draw from the one iterator, so that each point is met once.
  await Promise.all(lanes.map((lane) => lane.work(left)));
  return figures;
}

interface Lane {
  record(print: (line: string) => void): Promise<readonly Point[]>;
  work(points: Iterable<Point>): Promise<void>;
}

async function openLane(site: CrashSite, figures: KillFigures): Promise<Lane> {
  const { database } = site.database;
  const acknowledged: Acknowledged[] = [];
  let node = await started(site);
  let cases = 0;

  const nextCase = (): CaseId => {
    const number = cases++;
    const cycle = `${2000 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
    return { order: `KILL-${number}`, cycle };
  };
  const insist = async (action: Action): Promise<readonly string[]> => {
    const acted = await node.act(action);
    if (acted.kind !== "done") throw new Error(`${JSON.stringify(action)} ${JSON.stringify(acted)} ${node.said()}`);
    const subject = subjectOf(action);
    if (subject !== null) acknowledged.push({ subject, number: acted.answer });
    return acted.steps;
  };
  const arrange = async (path: CrashPath, id: CaseId): Promise<void> => {
    for (const action of path.before(id)) await insist(action);
    await path.arrange?.(site, node);
  };

  const die = async ({ path, death }: Point): Promise<Action | null> => {
    if (path === null) {
      node.kill();
      await node.ended;
      node = await site.start({ startDeath: death });
      return (await node.ready) ? null : { kind: "stopSchedule" };
    }
    const id = nextCase();
    await arrange(path, id);
    return (await node.act(path.action(id), death)).kind === "died" ? path.action(id) : null;
  };

  const meet = async (point: Point): Promise<void> => {
    const { moment, step, time } = point.death;
    const where = `${point.path?.name ?? "a service starts"}, ${moment} ${step} (${time})`;
    let cutOff: Action | null = null;
    // Some steps are not always taken: a folder is made once.
    for (let tries = 0; cutOff === null && tries < MOST_TRIES; tries++) cutOff = await die(point);
    node.kill();
    await node.ended;
    node = await started(site);
    if (cutOff === null) return void figures.failures.push(`${where}: nobody came there`);
    figures.kills += 1;
    const since = performance.now();
    // As a caller does who has got no answer.
    if (cutOff.kind !== "stopSchedule") await insist(cutOff);
    const took = await recovery(database, since);
    if (took === null) figures.failures.push(`${where}: still being issued ten seconds after the restart`);
    figures.slowestRecoveryMs = Math.max(figures.slowestRecoveryMs, took ?? 0);
  };

  return {
    record: async (print) => {
      const points = pointsOf(null, node.startSteps());
      print(`a service starts: ${points.length / 2} steps`);
      for (const path of CRASH_PATHS) {
        const id = nextCase();
        await arrange(path, id);
        const steps = await insist(path.action(id));
        print(`${path.name}: ${steps.length} steps`);
        points.push(...pointsOf(path, steps));
        node.kill();
        await node.ended;
        node = await started(site);
      }
      return points;
    },
    work: async (points) => {
      for (const point of points) await meet(point);
      node.kill();
      await node.ended;
      const checked = await checkEverything(database, site.objects, acknowledged);
      figures.failures.push(...checked.failures);
      figures.acknowledged += acknowledged.length;
      figures.contracts += checked.contracts;
      figures.orphans += checked.orphans;
      await site.close();
    },
  };
}

async function started(site: CrashSite): Promise<CrashNode> {
  const node = await site.start();
  if (!(await node.ready)) throw new Error(`a node did not start: ${node.said()}`);
  return node;
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

/** Whose contract the answer to this is about. */
function subjectOf(action: Action): string | null {
  if (action.kind === "request") return action.order;
  return action.kind === "requestBill" ? action.cycle : null;
}
