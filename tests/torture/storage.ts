import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { collectOrphans } from "../../src/application/collect-orphans.ts";
import type { FaultPoints } from "../../src/application/fault-points.ts";
import { finishInterrupted } from "../../src/application/finish-interrupted.ts";
import type { ObjectKeeping } from "../../src/application/object-keeping.ts";
import type { Objects, Sealer } from "../../src/application/ports.ts";
import type { RequestContractPorts } from "../../src/application/request-contract.ts";
import { openLocalObjects } from "../../src/store/local-objects.ts";
import { openTorturedBucket } from "../s3/tortured-bucket.ts";
import { type FailingStep, failingStep } from "../store/failing-step.ts";
import { ACTOR, type IssuingBench, openIssuingBench, requestOf } from "../store/issuing-bench.ts";
import type { Torture, TortureConditions, TortureResult } from "./torture.ts";

/** A store that can be broken in one step, or be down. */
export interface TorturedStore {
  readonly objects: Objects & ObjectKeeping;
  readonly steps: FailingStep;
  setDown(isDown: boolean): void;
  close(): Promise<void>;
}

/** Steps of one request until none fails any more, as often; requests during one outage. */
const PASSES = 10;
const REQUESTS_WHILE_DOWN = 200;
/** A bucket answers more slowly than a disk; what is tried is the same. */
const OF_IT_IN_A_BUCKET = 0.2;

const PROMISE =
  "whatever fails in the store of files, nothing is called issued without its file, everything is issued once afterwards, and nothing is left over";

/** Requests on a disk that fails at every step in turn, and on one that is down while they come. */
export const STORAGE: Torture = {
  name: "storage",
  promise: PROMISE,
  run: async (conditions) => torture(await openTorturedDisk(), conditions),
};

/** The same on a bucket of a real S3 server, the way to which is cut. */
export const STORAGE_IN_A_BUCKET: Torture = {
  name: "storage-s3",
  promise: PROMISE,
  async run(conditions) {
    const bucket = await openTorturedBucket(conditions.print);
    if (bucket === null) return { figures: { "not tried": "Swift is not installed" }, failures: [] };
    return torture(bucket, { ...conditions, scale: conditions.scale * OF_IT_IN_A_BUCKET });
  },
};

async function openTorturedDisk(): Promise<TorturedStore> {
  const directory = await mkdtemp(join(tmpdir(), "orderseal-tortured-"));
  const steps = failingStep();
  let isDown = false;
  const faults: FaultPoints = {
    before: async (step) => {
      if (isDown) throw new Error("the disk is down");
      await steps.before(step);
    },
    after: (step) => steps.after(step),
  };
  return {
    objects: openLocalObjects(directory, faults),
    steps,
    setDown: (wanted) => {
      isDown = wanted;
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

async function torture(store: TorturedStore, { newDatabase, scale }: TortureConditions): Promise<TortureResult> {
  const bench = await openIssuingBench(await newDatabase());
  const { objects } = store;
  const ports: RequestContractPorts = { ...bench.quickPorts(), objects, sealer: UNLIKE };
  try {
    const stepped = await failEachStep(bench, ports, store.steps, Math.ceil(PASSES * scale));
    const failures = await checkAll(bench, ports, stepped, "after failing steps");
    const wanted = Math.ceil(REQUESTS_WHILE_DOWN * scale);
    const outage = await requestWhileDown(bench, ports, store, wanted);
    failures.push(...outage.failures, ...(await checkAll(bench, ports, stepped + wanted, "after an outage")));
    const { discarded } = await collectOrphans({ ...bench.services, objects }, ACTOR, { graceMs: 0 });
    failures.push(...(await whatIsLeftOver(bench, objects)));
    return {
      figures: {
        "requests, in each of which another step failed": stepped,
        "requests while it was down": wanted,
        "seconds from its return until all were issued": outage.healedAfterS.toFixed(1),
        "files that nobody referred to, collected": discarded.length,
      },
      failures,
    };
  } finally {
    await bench.close();
    await store.close();
  }
}

/** As real seals do, no two of them are alike: what was stored before a failure is an orphan. */
const UNLIKE: Sealer = {
  seal: async ({ pdf }) => ({ kind: "sealed", pdf: Buffer.concat([pdf, Buffer.from(` sealed ${randomUUID()}`)]) }),
};

let orders = 0;

/** Answers how many requests that were; the last of each row has no step left that could fail. */
async function failEachStep(
  bench: IssuingBench,
  ports: RequestContractPorts,
  steps: FailingStep,
  passes: number,
): Promise<number> {
  let requests = 0;
  for (let pass = 0; pass < passes; pass++) {
    for (const when of ["before", "after"] as const) {
      for (let step = 0; ; step++) {
        const order = `STEP-${++orders}`;
        await bench.place(order);
        steps.fail(step, when);
        await requestOf(ports, order);
        const hasFailed = steps.hasFailed();
        steps.heal();
        requests++;
        if (!hasFailed) break;
      }
    }
  }
  return requests;
}

async function requestWhileDown(
  bench: IssuingBench,
  ports: RequestContractPorts,
  { setDown }: TorturedStore,
  count: number,
): Promise<{ readonly failures: readonly string[]; readonly healedAfterS: number }> {
  const failures: string[] = [];
  const before = await countOf(bench, "issued");
  setDown(true);
  for (let request = 0; request < count; request++) {
    const order = `DOWN-${++orders}`;
    await bench.place(order);
    const { kind } = await requestOf(ports, order);
    if (kind !== "issuing") failures.push(`${order} was answered "${kind}" while the store was down`);
  }
  // The sweep goes on meanwhile, as it does in the service.
  await finishInterrupted(ports, () => {});
  if ((await countOf(bench, "issued")) !== before) failures.push("a contract was issued while the store was down");
  setDown(false);
  const started = performance.now();
  const healed = await sweepUntilDone(bench, ports);
  if (!healed) failures.push("contracts were still being issued a minute after the store had come back");
  return { failures, healedAfterS: (performance.now() - started) / 1000 };
}

/** As the schedule does, once a second; claims run out by the clock of the database. */
async function sweepUntilDone(bench: IssuingBench, ports: RequestContractPorts): Promise<boolean> {
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    await finishInterrupted(ports, () => {});
    if ((await countOf(bench, "issuing")) === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}

async function checkAll(
  bench: IssuingBench,
  ports: RequestContractPorts,
  requests: number,
  when: string,
): Promise<string[]> {
  const failures: string[] = [];
  if (!(await sweepUntilDone(bench, ports))) failures.push(`${when}: contracts are stuck in issuing`);
  const issued = await countOf(bench, "issued");
  if (issued !== requests) failures.push(`${when}: ${requests} requests, ${issued} contracts issued`);
  const { rows } = await sql<{ subject: string }>`SELECT subject FROM outbox WHERE type = 'contract.issued'
    GROUP BY subject HAVING count(*) > 1`.execute(bench.services.database);
  failures.push(...rows.map(({ subject }) => `${when}: ${subject} was announced as issued more than once`));
  for await (const { hash, role, contract } of bench.services.ledger.referredObjects()) {
    const bytes = await ports.objects.get(hash).catch(() => null);
    if (bytes === null) failures.push(`${when}: the ${role} file of ${contract} is missing or altered`);
  }
  return failures;
}

/** Everything in the store is referred to. */
async function whatIsLeftOver(bench: IssuingBench, objects: ObjectKeeping): Promise<readonly string[]> {
  const referred = new Set<string>();
  for await (const { hash } of bench.services.ledger.referredObjects()) referred.add(hash);
  const failures: string[] = [];
  for await (const { hash } of objects.list()) if (!referred.has(hash)) failures.push(`${hash} is left over`);
  for await (const { hash } of objects.listAside()) failures.push(`${hash} is left over, set aside`);
  const remains = await objects.clearRemains(0);
  if (remains > 0) failures.push(`${remains} unfinished files are left over`);
  return failures;
}

async function countOf({ services }: IssuingBench, state: "issuing" | "issued"): Promise<number> {
  const { count } = await services.database
    .selectFrom("contracts")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("state", "=", state)
    .executeTakeFirstOrThrow();
  return Number(count);
}
