import type { TortureDatabase } from "../torture.ts";
import type { Authorities } from "./authorities.ts";
import { checkEverything } from "./check-everything.ts";
import { type CrashSite, openCrashSite, type Workshop } from "./crash-site.ts";
import type { Action, NodeOptions } from "./node-messages.ts";
import { Promises } from "./promises.ts";
import { recovery } from "./recovery.ts";
import type { CrashNode } from "./running-node.ts";

/** What several lanes count together. */
export interface KillFigures {
  kills: number;
  acknowledged: number;
  contracts: number;
  orphans: number;
  slowestRecoveryMs: number;
  readonly failures: string[];
}

export function noFigures(): KillFigures {
  return { kills: 0, acknowledged: 0, contracts: 0, orphans: 0, slowestRecoveryMs: 0, failures: [] };
}

/** One installation on which one node after the other lives and is killed. */
export interface CrashLane {
  readonly site: CrashSite;
  /** The one that lives at present. */
  node(): CrashNode;
  /** Kills it and starts the next one, which serves when this resolves to true. */
  replace(options?: Partial<Omit<NodeOptions, "settings">>): Promise<boolean>;
  /** Has it done, and remembers what was promised; null when the node died before it answered. Throws where it failed. */
  attempt(action: Action): Promise<readonly string[] | null>;
  /** The same, of a node that must not die. */
  insist(action: Action): Promise<readonly string[]>;
  /** Gives the node, which has just started, ten seconds to bring the books to rest. */
  expectRest(where: string): Promise<void>;
  /** Kills the last node and looks at everything. */
  close(): Promise<void>;
}

export async function openCrashLane(
  database: TortureDatabase,
  workshop: Workshop,
  figures: KillFigures,
  authorities: Authorities | null = null,
): Promise<CrashLane> {
  const site = await openCrashSite(database, workshop, authorities);
  const promises = new Promises();
  let node = await site.start();

  const end = async (): Promise<void> => {
    node.kill();
    await node.ended;
  };
  const attempt = (action: Action) => promises.attempt(node, action);
  return {
    site,
    node: () => node,
    replace: async (options) => {
      await end();
      node = await site.start(options);
      return node.ready;
    },
    attempt,
    insist: async (action) => {
      const steps = await attempt(action);
      if (steps === null) throw new Error(`the node died of ${JSON.stringify(action)}: ${node.said()}`);
      return steps;
    },
    expectRest: async (where) => {
      const took = await recovery(site.database.database);
      if (took === null) figures.failures.push(`${where}: still being issued ten seconds after the restart`);
      figures.slowestRecoveryMs = Math.max(figures.slowestRecoveryMs, Math.round(took ?? 0));
    },
    close: async () => {
      await end();
      const checked = await checkEverything(site.database.database, site.objects, promises.acknowledged);
      figures.failures.push(...checked.failures);
      figures.acknowledged += promises.acknowledged.length;
      figures.contracts += checked.contracts;
      figures.orphans += checked.orphans;
      await site.close();
    },
  };
}
