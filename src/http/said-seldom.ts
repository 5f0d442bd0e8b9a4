import type { HttpDependencies } from "./dependencies.ts";

const SAY_AGAIN_AFTER_MS = 1_000;

/** What happens is one story, however many requests it meets: a line a second, with how many it stands for. */
export function saidSeldom(log: HttpDependencies["log"]): (entry: Readonly<Record<string, unknown>>) => void {
  let unsaid = 0;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  return (entry) => {
    unsaid += 1;
    if (performance.now() - saidAtMs < SAY_AGAIN_AFTER_MS) return;
    log({ level: "warn", ...entry, requests: unsaid });
    unsaid = 0;
    saidAtMs = performance.now();
  };
}
