import type { RequestContractPorts } from "../src/application/request-contract.ts";
import { requestContract } from "../src/application/request-contract.ts";
import type { AccountId, OrderId } from "../src/domain/identifiers.ts";
import { emptyDetails } from "../src/domain/snapshot-parties.ts";
import { median } from "./measure.ts";
import type { OwnPipeline } from "./own-pipeline.ts";
import { type Finding, figure } from "./report.ts";
import { sampleOrder } from "./sample-orders.ts";

const WARM_UP = 20;
const STEPS = ["decide", "render", "seal", "keep unsealed", "inspect", "keep sealed", "mark issued"] as const;
type Step = (typeof STEPS)[number];

const TITLES: Record<Step, string> = {
  decide: "decide, number, freeze (transaction 1)",
  render: "render (in its process, and the way there and back)",
  seal: "seal",
  "keep unsealed": "keep unsealed file, fsynced",
  inspect: "inspect as a stranger would",
  "keep sealed": "keep sealed file, fsynced",
  "mark issued": "mark issued (transaction 2)",
};

/** Where the time of one contract goes, step by step, without HTTP. */
export async function measureStages(pipeline: OwnPipeline, count: number): Promise<Finding> {
  const ids = Array.from({ length: WARM_UP + count }, (_, index) => `bench-stages-${index}`);
  const client = await pipeline.serve(pipeline.ports);
  await client.importOrders(ids.map((id) => sampleOrder(id)));
  const times = new Map<Step, number[]>(STEPS.map((step) => [step, []]));
  const whole: number[] = [];
  for (const [index, id] of ids.entries()) {
    const one = new Map<Step, number>();
    const start = performance.now();
    await issue(timed(pipeline.ports, one), id);
    if (index < WARM_UP) continue;
    whole.push(performance.now() - start);
    for (const step of STEPS) times.get(step)?.push(one.get(step) ?? Number.NaN);
  }
  return {
    name: "stages",
    title: "Where the time of one contract goes (in one process, without HTTP)",
    figures: [
      figure("whole request, median", median(whole), "ms"),
      ...STEPS.map((step) => figure(`  ${TITLES[step]}`, median(times.get(step) ?? []), "ms", 2)),
    ],
    notes: [`Medians of ${count} contracts; medians of the steps need not add up to the median of the whole.`],
  };
}

async function issue(ports: RequestContractPorts, id: string): Promise<void> {
  const outcome = await requestContract(
    ports,
    { kind: "machine", id: "bench" },
    {
      account: "demo-enterprise" as AccountId,
      subject: { kind: "order", order: id as OrderId },
      details: emptyDetails("zh-CN+en"),
      idempotencyKey: null,
    },
  );
  if (outcome.kind !== "issued") throw new Error(`order ${id}: ${JSON.stringify(outcome)}`);
}

/** The same steps, each writing down how long it took; files come twice, in this order. */
function timed(ports: RequestContractPorts, times: Map<Step, number>): RequestContractPorts {
  const puts: Step[] = ["keep unsealed", "keep sealed"];
  const measure = async <Value>(step: Step | undefined, work: () => Promise<Value>): Promise<Value> => {
    const start = performance.now();
    const value = await work();
    if (step) times.set(step, performance.now() - start);
    return value;
  };
  return {
    ...ports,
    ledger: {
      ...ports.ledger,
      transaction: (work) => measure("decide", () => ports.ledger.transaction(work)),
    },
    // What was begun is finished by these.
    scheduled: {
      ...ports.scheduled,
      transaction: (work) => measure("mark issued", () => ports.scheduled.transaction(work)),
    },
    renderer: { render: (snapshot) => measure("render", () => ports.renderer.render(snapshot)) },
    sealer: { seal: (...input) => measure("seal", () => ports.sealer.seal(...input)) },
    inspector: { findFault: (...input) => measure("inspect", () => ports.inspector.findFault(...input)) },
    objects: { ...ports.objects, put: (bytes) => measure(puts.shift(), () => ports.objects.put(bytes)) },
  };
}
