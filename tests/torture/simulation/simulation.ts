import { brokenInvariants } from "../../../src/store/invariants/check-books.ts";
import { openModelDatabase } from "../../model/open-model-database.ts";
import type { Torture, TortureConditions } from "../torture.ts";
import { type Simulated, simulate } from "./simulate.ts";

const RUNS = 170;
const DAYS = 60;
/** Each with a database of its own: a sweep is for all that is in it. */
const WORKERS = 6;

/** Weeks of a shop in seconds, with everything that goes wrong in weeks; the same seed, the same history. */
export const SIMULATION: Torture = {
  name: "simulation",
  promise:
    "after weeks of crashes, outages and late reports, everything promised is there, once, and worth what it should be",
  run: async ({ newDatabase, scale, seed, print }: TortureConditions) => {
    const runs = Math.max(2, Math.ceil(RUNS * Math.min(1, scale * 4)));
    const days = Math.ceil((RUNS * DAYS * scale) / runs);
    const simulated: Simulated[] = [];
    const failures: string[] = [];
    const waiting = [...Array(runs).keys()].values();
    const timer = setInterval(() => print(`${simulated.length * days} days`), 60_000);
    const work = async (_: unknown, worker: number) => {
      const { url, database, drop } = await newDatabase();
      const pool = await openModelDatabase(url);
      for (const run of waiting) simulated.push(await simulate(pool, `s${run}`, seed + run, days));
      // Lived once more, in other books, it must be the same life.
      if (worker === 0) {
        const [once, again] = [await simulate(pool, "once", seed, days), await simulate(pool, "again", seed, days)];
        simulated.push(once, again);
        if (once.trace !== again.trace) failures.push(`seed ${seed}: two histories, ${once.trace} and ${again.trace}`);
      }
      failures.push(...(await brokenInvariants(database)));
      await pool.end();
      await drop();
    };
    await Promise.all(Array.from({ length: Math.min(WORKERS, runs) }, work)).finally(() => clearInterval(timer));
    failures.push(...simulated.flatMap((one) => one.failures));
    return { figures: { days: simulated.length * days, runs, ...totalsOf(simulated) }, failures };
  },
};

function totalsOf(simulated: readonly Simulated[]): Readonly<Record<string, number>> {
  const total = (count: (one: Simulated) => number) => simulated.reduce((sum, one) => sum + count(one), 0);
  return {
    orders: total(({ orders }) => orders),
    contracts: total(({ contracts }) => contracts),
    events: total(({ events }) => events),
    "faults injected": total(({ faults }) => faults),
    crashes: total(({ crashes }) => crashes),
  };
}
