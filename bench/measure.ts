/** Figures of one series of measurements, in the unit of its values. */
export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
}

/** Throws on an empty series: a measurement that measured nothing must not look like zero. */
export function spreadOf(values: readonly number[]): Spread {
  return {
    count: values.length,
    median: percentile(values, 50),
    p95: percentile(values, 95),
    p99: percentile(values, 99),
  };
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Nearest rank: a value that was really measured, never one between two. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error("nothing was measured");
  return value;
}

export interface Line {
  readonly slope: number;
  /** Standard error of the slope, in the same unit. */
  readonly slopeError: number;
}

/** Least squares through the points; needs three at different places. */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): Line {
  const count = points.length;
  if (count < 3) throw new Error(`a line with an error needs three points, not ${count}`);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const spreadX = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spreadX;
  const residual = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, slopeError: Math.sqrt(residual / (count - 2) / spreadX) };
}

/** Wall time of each of `count` runs, one after the other, in ms; `work` gets the number of its run. */
export async function timeEach(count: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < count; run += 1) times.push(await timeOf(() => work(run)));
  return times;
}

/** Wall time in ms. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Does the work for every item, `width` at a time; the wall time of the whole in ms. */
export async function timeAtOnce<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<unknown>,
): Promise<number> {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  return timeOf(() => Promise.all(Array.from({ length: width }, lane)));
}
