import type { BuiltProduct } from "./built-product.ts";
import { putOrders } from "./issue.ts";
import { fitLine, timeAtOnce } from "./measure.ts";
import { residentKb } from "./processes.ts";
import { type Figure, type Finding, figure } from "./report.ts";

const AT_ONCE = 2;
const FLAT_PERCENT = 5;
export interface MemoryOptions {
  readonly contracts: number;
  /** One line of the printed series for so many contracts; a tenth of it apart for the slope. */
  readonly every: number;
}

interface Sample {
  readonly contracts: number;
  /** The service, then its renderers. */
  readonly residentKb: readonly number[];
}

/** Resident memory of the service and its renderers while they issue contracts over HTTP, two at a time. */
export async function measureMemory(product: BuiltProduct, { contracts, every }: MemoryOptions): Promise<Finding> {
  const pids = [product.servicePid, ...product.rendererPids()];
  const names = pids.map((_, index) => (index === 0 ? "service" : `renderer ${index}`));
  const orders = await putOrders(product, "memory", contracts);
  const sample = (): Sample => ({
    contracts: contracts - orders.length,
    residentKb: pids.map((pid) => residentKb(pid) ?? died(pid)),
  });
  const samples = [sample()];
  while (orders.length > 0) {
    await timeAtOnce(orders.splice(0, every / 10), AT_ONCE, product.client.requestContract);
    samples.push(sample());
  }
  const settled = samples.filter((one) => one.contracts >= contracts / 4);
  return {
    name: "memory",
    title: `Resident memory over ${contracts} contracts`,
    figures: names.flatMap((name, index) => figuresOf(name, settled, index)),
    notes: [
      `Slopes by least squares over the last ${contracts - contracts / 4} contracts, ${settled.length} samples; ± is two standard errors.`,
      "Flat: grows by less than a twentieth of itself over these contracts. A leak would show: one kept PDF has 170 kB, and Typst without its cache emptied keeps 1,600 to 4,500 kB a document.",
      ...samples.filter((one) => one.contracts % every === 0).map((one) => seriesLine(one, names)),
    ],
  };
}

function figuresOf(name: string, settled: readonly Sample[], index: number): readonly Figure[] {
  const points = settled.map((one) => [one.contracts, one.residentKb[index] ?? 0] as const);
  const { slope, slopeError } = fitLine(points);
  const last = points.at(-1)?.[1] ?? 0;
  const contracts = (points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0);
  const share = (100 * slope * contracts) / Math.max(1, last);
  return [
    figure(`${name}: growth`, slope, `kB/contract ± ${(2 * slopeError).toFixed(1)}`, 1),
    {
      ...figure(`${name}: growth over ${contracts} contracts`, share, "% of resident memory", 1),
      target: `≤ ${FLAT_PERCENT}`,
      met: share <= FLAT_PERCENT,
    },
    figure(`${name}: resident at the end`, last / 1024, "MB", 0),
  ];
}

function seriesLine({ contracts, residentKb: resident }: Sample, names: readonly string[]): string {
  const parts = names.map((name, index) => `${name} ${((resident[index] ?? 0) / 1024).toFixed(0)} MB`);
  return `after ${contracts}: ${parts.join(", ")}`;
}

function died(pid: number): never {
  throw new Error(`process ${pid} has gone: a renderer was replaced while its memory was measured`);
}
