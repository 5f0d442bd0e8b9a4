import { brokenInvariants } from "../../src/store/invariants/check-books.ts";
import { openModelDatabase } from "../model/open-model-database.ts";
import { openRealDrawing } from "../model/real-drawing.ts";
import { noCounts, runSequences } from "../model/run-sequences.ts";
import type { Torture, TortureConditions } from "./torture.ts";

const SEQUENCES = 50_000;
/** Each with a database of its own, so that numbers and sweeps can be held against the model exactly. */
const WORKERS = 8;
/** For so few sequences no further database is worth its making. */
const FEW = 20;

/** One more in so many is really drawn, sealed and inspected, which takes a thousand times as long. */
const ONE_IS_DRAWN_IN = 500;

/** Random sequences of commands against a small model, with failures, crashes and clocks that differ. */
export const MODEL: Torture = {
  name: "model",
  promise: "whatever is asked, reported, repeated, interrupted and restarted, the books say what a small model says",
  run: async ({ newDatabase, scale, seed, print }: TortureConditions) => {
    const counts = noCounts();
    const wanted = Math.ceil(SEQUENCES * scale);
    const workers = Math.min(WORKERS, Math.ceil(wanted / FEW));
    const started = performance.now();
    const perMinute = () => Math.round(counts.sequences / ((performance.now() - started) / 60_000));
    const timer = setInterval(() => print(`${counts.sequences} sequences, ${perMinute()} a minute`), 60_000);
    const runOn = async (worker: number, sequences: number, isReal: boolean): Promise<readonly string[]> => {
      const { url, database, drop } = await newDatabase();
      const real = isReal ? await openRealDrawing(url) : null;
      const pool = await openModelDatabase(url);
      const parts = real ? { drawing: real.drawing } : {};
      // Each worker has sequences of its own.
      const failure = await runSequences({ pool, sequences, seed: seed * 100 + worker, counts, ...parts });
      const broken = failure === null ? await brokenInvariants(database) : [];
      await pool.end();
      await real?.close();
      await drop();
      return failure === null ? broken : [`worker ${worker}: ${failure}\nAgain: ${again(scale, seed)}`];
    };
    const drawn = Math.floor(wanted / ONE_IS_DRAWN_IN);
    const shareOf = (worker: number) => Math.floor(wanted / workers) + (worker < wanted % workers ? 1 : 0);
    const failures = await Promise.all([
      ...Array.from({ length: workers }, (_, worker) => runOn(worker, shareOf(worker), false)),
      ...(drawn > 0 ? [runOn(workers, drawn, true)] : []),
    ]).finally(() => clearInterval(timer));
    return {
      figures: {
        sequences: counts.sequences,
        steps: counts.steps,
        "steps a sequence": (counts.steps / counts.sequences).toFixed(1),
        contracts: counts.contracts,
        "sequences really drawn and sealed": drawn,
        ...Object.fromEntries([...counts.done].sort(([, left], [, right]) => right - left)),
        ...Object.fromEntries([...counts.faults].map(([kind, times]) => [`met: ${kind}`, times])),
        "sequences a minute": perMinute(),
      },
      failures: failures.flat(),
    };
  },
};

function again(scale: number, seed: number): string {
  return `npm run torture -- --only model --scale ${scale} --seed ${seed}`;
}
