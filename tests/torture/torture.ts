import type { Database } from "../../src/store/database.ts";

/** One of the long runs behind `npm run torture`; a short sample of each is in the suite. */
export interface Torture {
  /** As given to `--only`. */
  readonly name: string;
  /** What must hold, in a sentence. */
  readonly promise: string;
  run(conditions: TortureConditions): Promise<TortureResult>;
}

export interface TortureConditions {
  /** A migrated, empty database of this run's own on a real PostgreSQL. */
  newDatabase(): Promise<TortureDatabase>;
  /** 1 is the full run that docs/reliability.md has the figures of; less is a part of it. */
  readonly scale: number;
  /** Of all random choices; a failure names it. */
  readonly seed: number;
  readonly print: (line: string) => void;
}

export interface TortureDatabase {
  readonly url: string;
  readonly database: Database;
  drop(): Promise<void>;
}

interface TortureResult {
  /** What was counted, in the order to print it. */
  readonly figures: Readonly<Record<string, number | string>>;
  /** A sentence for each promise that was broken; empty when all held. */
  readonly failures: readonly string[];
}
