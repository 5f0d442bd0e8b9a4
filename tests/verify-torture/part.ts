/** One of the long runs behind `npm run verify:torture`; a short sample of each is in the suite. */
export interface Part {
  /** As given to `--only`. */
  readonly name: string;
  readonly promise: string;
  run(conditions: PartConditions): Promise<PartResult>;
}

export interface PartConditions {
  /** 1 is the full run; less is a part of it. */
  readonly scale: number;
  readonly seed: number;
  readonly print: (line: string) => void;
}

export interface PartResult {
  readonly figures: Readonly<Record<string, number | string>>;
  /** A sentence for each promise that was broken; empty when all held. */
  readonly failures: readonly string[];
}
