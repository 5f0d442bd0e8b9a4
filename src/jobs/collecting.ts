import { setTimeout } from "node:timers/promises";
import { type CollectOrphansPorts, collectOrphans } from "../application/collect-orphans.ts";
import type { Schedule } from "./schedule.ts";

const SYSTEM = { kind: "system", id: "collect-orphans" } as const;
/** Often enough for files that wait a day, rarely enough to look through millions. */
const EVERY_MS = 6 * 3_600_000;
/**
 * More than that, and more than a hundredth of all, are no remains of crashes: the files may belong to another database as
 * well, or this one was restored from a backup that is older than they are.
 */
const CRASHES_LEAVE = 20;
const PATIENCE_MS = 2_000;

/** Collects files that nobody refers to, now and then. */
export function startCollecting(
  ports: CollectOrphansPorts,
  log: (line: string) => void,
  reportBroken: (error: unknown) => void,
): Schedule {
  let running = Promise.resolve();
  let isStopping = false;
  const collect = () => {
    running = collectCautiously(ports, log).catch((error: unknown) => {
      if (!isStopping) reportBroken(error);
    });
    return running;
  };
  // The first at any time, so that nodes that were started together do not look together; each then waits for the last.
  let timer = globalThis.setTimeout(again, EVERY_MS * Math.random());
  function again(): void {
    void collect().then(() => {
      if (!isStopping) timer = globalThis.setTimeout(again, EVERY_MS);
    });
  }
  return {
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      // Cut short, it is taken up by the next round: nothing of it has to be finished.
      await Promise.race([running, setTimeout(PATIENCE_MS, undefined, { ref: false })]);
    },
  };
}

/** One round: what was taken away is said in one line, and nothing is when it would be more than crashes leave. */
export async function collectCautiously(ports: CollectOrphansPorts, log: (line: string) => void): Promise<void> {
  const planned = await collectOrphans(ports, SYSTEM, { isDryRun: true });
  const orphans = planned.setAside.length;
  if (orphans > CRASHES_LEAVE && orphans > planned.lookedAt / 100) {
    log(
      `ATTENTION: nobody refers to ${orphans} of ${planned.lookedAt} files, too many for crashes; nothing was taken away. Is this the database of these files? If so: orderseal objects collect`,
    );
    return;
  }
  const { setAside, restored, discarded, remains } = await collectOrphans(ports, SYSTEM);
  if (setAside.length + restored.length + discarded.length + remains === 0) return;
  log(
    `files that nobody refers to: ${setAside.length} set aside, ${discarded.length} discarded after a day, ${restored.length} restored, ${remains} unfinished ones removed`,
  );
}
