import { openModelDatabase } from "../model/open-model-database.ts";
import { runSequences, type SequenceCounts } from "../model/run-sequences.ts";
import { brokenInvariants } from "../../src/store/invariants/check-books.ts";
import type { Torture, TortureConditions } from "./torture.ts";

const SEQUENCES = 50_000;
/** Each with a database of its own, so that numbers and sweeps can be held against the model exactly. */
const WORKERS = 8;

/** Random sequences of commands against a small model, with failures, crashes and clocks that differ. */
export const MODEL: Torture = {
  name: "model",
  promise: "whatever is asked, reported, repeated, interrupted and restarted, the books say what a small model says",
  run: async ({ newDatabase, scale, seed, print }: TortureConditions) => {
    const counts: SequenceCounts = { sequences: 0, steps: 0, contracts: 0, done: new Map() };
    const wanted = Math.ceil(SEQUENCES * scale);
    const workers = Math.min(WORKERS, wanted);
    const started = performance.now();
    const perMinute = () => Math.round(counts.sequences / ((performance.now() - started) / 60_000));
    const timer = setInterval(() => print(`${counts.sequences} sequences, ${perMinute()} a minute`), 60_000);
    const work = async (_: unknown, worker: number): Promise<readonly string[]> => {
      const { url, database, drop } = await newDatabase();
      const pool = await openModelDatabase(url);
      const sequences = Math.floor(wanted / workers) + (worker < wanted % workers ? 1 : 0);
      const failure = await runSequences({ pool, sequences, seed: seed + worker, counts });
      const broken = failure === null ? await brokenInvariants(database) : [];
      await pool.end();
      await drop();
      return failure === null ? broken : [`worker ${worker}: ${failure}\nAgain: ${again(scale, seed)}`];
    };
    const failures = await Promise.all(Array.from({ length: workers }, work)).finally(() => clearInterval(timer));
    return {
      figures: {
        sequences: counts.sequences,
        steps: counts.steps,
        "steps a sequence": (counts.steps / counts.sequences).toFixed(1),
        contracts: counts.contracts,
        ...Object.fromEntries([...counts.done].sort(([, left], [, right]) => right - left)),
        "sequences a minute": perMinute(),
      },
      failures: failures.flat(),
    };
  },
};

function again(scale: number, seed: number): string {
  return `npm run torture -- --only model --scale ${scale} --seed ${seed}`;
}
