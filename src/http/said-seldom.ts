import type { HttpDependencies } from "./dependencies.ts";

const SAY_AGAIN_AFTER_MS = 1_000;

/**
 * What happens is one story, however many requests it meets: a line a second, of the latest of them, with how many it
 * stands for. What came within the second is told at its end, also when nothing follows.
 */
export function saidSeldom(log: HttpDependencies["log"]): (entry: Readonly<Record<string, unknown>>) => void {
  let unsaid = 0;
  let latest: Readonly<Record<string, unknown>> = {};
  let isResting = false;
  const say = (): void => {
    isResting = unsaid > 0;
    if (!isResting) return;
    log({ level: "warn", ...latest, requests: unsaid });
    unsaid = 0;
    setTimeout(say, SAY_AGAIN_AFTER_MS).unref();
  };
  return (entry) => {
    unsaid += 1;
    latest = entry;
    if (!isResting) say();
  };
}
