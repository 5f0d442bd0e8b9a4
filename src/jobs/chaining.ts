import { type ChainBreak, type WatchChainPorts, watchChain } from "../application/watch-chain.ts";
import { failingRounds } from "./failing-rounds.ts";
import { repeatRounds } from "./repeated-rounds.ts";
import type { Schedule } from "./schedule.ts";

const EVERY_MS = 500;
/** So often an alarm is repeated while its reason lasts. */
const ALARM_EVERY_MS = 60_000;

/**
 * Goes on with the chain of the audit twice a second, and notes its head in the home of this node. When the books no longer
 * have what was noted, it says so once a minute.
 */
export function startChaining(ports: WatchChainPorts, log: (line: string) => void): Schedule {
  let alarmedAt = Number.NEGATIVE_INFINITY;
  // It stays so: a chain that goes on elsewhere does not come back.
  let broken: ChainBreak | null = null;
  const round = failingRounds(
    "chaining the audit",
    async () => {
      const found = await watchChain(ports);
      broken ??= found;
      if (!broken || performance.now() - alarmedAt < ALARM_EVERY_MS) return;
      alarmedAt = performance.now();
      const { batch, position } = broken.witnessed;
      const they = broken.found === "behind" ? "have no such batch any more" : "have another one";
      log(
        `ATTENTION: this node has seen batch ${batch} of the audit (up to entry ${position}), and the books ${they}. They were altered, or restored from a backup. Look: orderseal audit verify`,
      );
    },
    log,
  );
  // What was written last is chained before nobody does.
  return repeatRounds(round, EVERY_MS, round);
}
