import type { BuiltProduct, ProductCpu } from "./built-product.ts";
import { spreadOf, timeAtOnce, timeEach } from "./measure.ts";
import { type Finding, figure, judged } from "./report.ts";
import { sampleOrder } from "./sample-orders.ts";

const TARGET_MS = 80;
const WARM_UP = 20;

export interface IssueOptions {
  readonly sequential: number;
  readonly atOnce: number;
}

/** One contract end to end: HTTP request to 201, with the database, the seal, the check and every fsync in between. */
export async function measureIssue(product: BuiltProduct, options: IssueOptions): Promise<Finding> {
  const orders = await putOrders(product, "issue", WARM_UP + options.sequential + 2 * options.atOnce);
  const take = (count: number): readonly string[] => orders.splice(0, count);
  for (const order of take(WARM_UP)) await product.client.requestContract(order);
  const before = product.cpu();
  const waiting = take(options.sequential);
  const { median, p95, p99 } = spreadOf(
    await timeEach(waiting.length, (run) => product.client.requestContract(waiting[run] ?? "")),
  );
  const cpu = cpuEach(before, product.cpu(), waiting.length);
  const perSecond = async (width: number): Promise<number> => {
    const wallMs = await timeAtOnce(take(options.atOnce), width, product.client.requestContract);
    return (options.atOnce / wallMs) * 1000;
  };
  return {
    name: "issue",
    title: "Issue one contract, HTTP request to 201 (built product, embedded PostgreSQL, warm)",
    figures: [
      judged("one at a time, median", median, "ms", "≤", TARGET_MS),
      figure("one at a time, p95", p95, "ms"),
      figure("one at a time, p99", p99, "ms"),
      figure("CPU of service and renderers", cpu.serviceMs + cpu.renderersMs, "ms/contract"),
      figure("  of it service", cpu.serviceMs, "ms/contract"),
      figure("  of it renderers", cpu.renderersMs, "ms/contract"),
      figure("CPU of PostgreSQL", cpu.postgresMs, "ms/contract"),
      figure("2 at a time", await perSecond(2), "contracts/s"),
      figure("8 at a time", await perSecond(8), "contracts/s"),
    ],
    notes: [
      `${options.sequential} contracts one at a time after ${WARM_UP} to warm up, then ${options.atOnce} with 2 and ${options.atOnce} with 8 at a time; a two-line bilingual order.`,
    ],
  };
}

/** Orders whose contracts can be requested; their ids. */
export async function putOrders(product: BuiltProduct, prefix: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `bench-${prefix}-${index}`);
  await product.client.importOrders(ids.map((id) => sampleOrder(id)));
  return ids;
}

function cpuEach(before: ProductCpu, after: ProductCpu, count: number): ProductCpu {
  return {
    serviceMs: (after.serviceMs - before.serviceMs) / count,
    renderersMs: (after.renderersMs - before.renderersMs) / count,
    postgresMs: (after.postgresMs - before.postgresMs) / count,
  };
}
