import { setTimeout as sleep } from "node:timers/promises";
import { checkEverything } from "./crash/check-everything.ts";
import { type CrashSite, inWorkshop, openCrashSite, type Workshop } from "./crash/crash-site.ts";
import { type Customer, customerOf, serve } from "./crash/customers.ts";
import type { Action } from "./crash/node-messages.ts";
import { Promises } from "./crash/promises.ts";
import { recovery } from "./crash/recovery.ts";
import type { CrashNode } from "./crash/running-node.ts";
import { seededRandom } from "./crash/seeded-random.ts";
import type { Torture, TortureDatabase, TortureResult } from "./torture.ts";

const ROUNDS = 100;
/** Of the rounds, one in so many has a node that stands still instead of one that dies. */
const STANDSTILL_EVERY = 10;
const CUSTOMERS = 6;
const HOLDS = 10;
/** Clocks of nodes, against that of the database. */
const SKEWS_MS = [-60_000, 0, 60_000];

export const TWO_NODES: Torture = {
  name: "two-nodes",
  promise: "of two nodes whose clocks differ by a minute and more, one dies or stands still, and the other goes on",
  run: async ({ newDatabase, scale, seed, print }) =>
    inWorkshop(async (workshop) =>
      race(await newDatabase(), workshop, { rounds: Math.ceil(ROUNDS * scale), random: seededRandom(seed), print }),
    ),
};

interface RaceOptions {
  readonly rounds: number;
  readonly random: () => number;
  readonly print: (line: string) => void;
}

export async function race(
  database: TortureDatabase,
  workshop: Workshop,
  { rounds, random, print }: RaceOptions,
): Promise<TortureResult> {
  const site = await openCrashSite(database, workshop);
  const promises = new Promises();
  const failures: string[] = [];
  const nodes: [CrashNode, CrashNode] = await Promise.all([started(site, random), started(site, random)]);
  let [kills, standstills, slowest] = [0, 0, 0];
  try {
    for (let round = 0; round < rounds; round++) {
      const victim = random() < 0.5 ? 0 : 1;
      if (round % STANDSTILL_EVERY === STANDSTILL_EVERY - 1) {
        failures.push(...(await standstill(nodes[victim], nodes[1 - victim] as CrashNode, `STILL-${round}`, promises)));
        standstills += 1;
        continue;
      }
      const customers = Array.from({ length: CUSTOMERS }, (_, index) => customerOf(round * CUSTOMERS + index, random));
      const served = Promise.all(customers.map((customer) => serveByEither(nodes, customer, promises, random)));
      await sleep(random() * 400);
      nodes[victim].kill();
      kills += 1;
      await served;
      const took = await recovery(database.database);
      if (took === null) failures.push(`round ${round}: still being issued ten seconds after the other node died`);
      slowest = Math.max(slowest, Math.round(took ?? 0));
      nodes[victim] = await started(site, random);
    }
    failures.push(...(await raceForHolds(nodes, database, promises)));
    for (const node of nodes) node.kill();
    await Promise.all(nodes.map(({ ended }) => ended));
    const checked = await checkEverything(database.database, site.objects, promises.acknowledged);
    const { contracts, orphans } = checked;
    print(`${contracts} contracts looked at`);
    return {
      figures: {
        kills,
        standstills,
        acknowledged: promises.acknowledged.length,
        contracts,
        orphans,
        "slowest recovery in ms": slowest,
      },
      failures: [...failures, ...checked.failures],
    };
  } finally {
    await site.close();
  }
}

async function started(site: CrashSite, random: () => number): Promise<CrashNode> {
  const skewMs = SKEWS_MS[Math.floor(random() * SKEWS_MS.length)] ?? 0;
  const node = await site.start({ skewMs });
  if (!(await node.ready)) throw new Error(`a node did not start: ${node.said()}`);
  return node;
}

/** By one node or the other; what a dead one has cut off is asked of the other. */
async function serveByEither(
  nodes: readonly CrashNode[],
  customer: Customer,
  promises: Promises,
  random: () => number,
): Promise<void> {
  await serve(customer, async (action) => {
    const [one, other] = random() < 0.5 ? nodes : nodes.toReversed();
    for (const node of [one, other, one, other]) {
      if (node && (await promises.attempt(node, action)) !== null) return true;
    }
    throw new Error(`neither node answered ${JSON.stringify(action)}`);
  });
}

/**
 * A node stands still in the middle of a transaction, with the order locked. The other one has the contract all the same,
 * because the database ends transactions of those who say nothing; and the first, when it goes on, finds out.
 */
async function standstill(
  still: CrashNode,
  other: CrashNode,
  order: string,
  promises: Promises,
): Promise<readonly string[]> {
  const request: Action = { kind: "request", order, key: null };
  await promises.attempt(other, { kind: "report", order, revision: 1, state: "paid" });
  const stopped = still.act(request, { moment: "after", step: "sql insert contracts", time: 1, signal: "SIGSTOP" });
  await sleep(500);
  await promises.attempt(other, request);
  const promised = promises.acknowledged.at(-1)?.number;
  still.kill("SIGCONT");
  const late = await stopped;
  if (late.kind === "failed" && late.passes) return [];
  // Its own transaction was undone, so that it comes second and is refused.
  if (late.kind === "done" && (late.answer === "already_contracted" || late.answer === promised)) return [];
  return [`${order}: the node that stood still answered ${JSON.stringify(late)}, the other ${promised}`];
}

/** All holds have ended, and both nodes announce them at the same time. */
async function raceForHolds(
  nodes: readonly [CrashNode, CrashNode],
  { database }: TortureDatabase,
  promises: Promises,
): Promise<readonly string[]> {
  const orders = Array.from({ length: HOLDS }, (_, index) => `HELD-${index}`);
  for (const order of orders) {
    await promises.attempt(nodes[0], { kind: "report", order, revision: 1, state: "unpaid" });
    await promises.attempt(nodes[0], { kind: "request", order, key: order });
  }
  await Promise.all(nodes.map((node) => promises.attempt(node, { kind: "announceHolds" })));
  const rows = await database
    .selectFrom("outbox")
    .select("subject")
    .where("type", "=", "order.hold_ended")
    .where("subject", "in", orders)
    .execute();
  const told = rows.map(({ subject }) => subject).sort();
  return told.join() === orders.toSorted().join() ? [] : [`ends of holds were announced: ${told.join()}`];
}
