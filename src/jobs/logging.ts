import { type WatchLogPorts, watchLog } from "../application/watch-log.ts";
import { failingRounds } from "./failing-rounds.ts";
import { repeatRounds } from "./repeated-rounds.ts";
import type { Schedule } from "./schedule.ts";

const EVERY_MS = 500;
/** So often an alarm is repeated while its reason lasts. */
const ALARM_EVERY_MS = 60_000;

/** Goes on with the transparency log twice a second. Where the books contradict what was signed, it stands still and says so. */
export function startLogging(ports: WatchLogPorts, log: (line: string) => void): Schedule {
  let alarmedAt = Number.NEGATIVE_INFINITY;
  const round = failingRounds(
    "entering contracts into the transparency log",
    async () => {
      const found = await watchLog(ports);
      if (found === "sound" || performance.now() - alarmedAt < ALARM_EVERY_MS) return;
      alarmedAt = performance.now();
      log(
        `ATTENTION: this node has seen the transparency log ${found.origin} with ${found.size} leaves, and the books have another one or none. They were altered, or restored from a backup; nothing is entered meanwhile. Look: orderseal audit verify`,
      );
    },
    log,
  );
  return repeatRounds(round, EVERY_MS);
}
