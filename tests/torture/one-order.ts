import { checkEverything } from "./crash/check-everything.ts";
import { type CrashSite, inWorkshop, openCrashSite, type Workshop } from "./crash/crash-site.ts";
import { storm } from "./crash/request-storm.ts";
import type { CrashNode } from "./crash/running-node.ts";
import type { Torture, TortureDatabase, TortureResult } from "./torture.ts";

const REQUESTS = 10_000;
const ORDER = "EVERYBODY-WANTS-IT";
/** One that is drawn, and so that is sealed, leaves the drawn file and the sealed one. */
const FILES_OF_ONE_SEAL = 2;

export const ONE_ORDER: Torture = {
  name: "one-order",
  promise: "one order, 10,000 requests at once by two nodes, with the same key, other keys and none: one contract",
  run: ({ newDatabase, scale, print }) =>
    inWorkshop(async (workshop) => requestAtOnce(await newDatabase(), workshop, Math.ceil(REQUESTS * scale), print)),
};

/** So many requests for one order at once, half of them by each of two nodes. */
export async function requestAtOnce(
  database: TortureDatabase,
  workshop: Workshop,
  count: number,
  print: (line: string) => void,
): Promise<TortureResult> {
  const site = await openCrashSite(database, workshop);
  try {
    const nodes = await Promise.all([site.start({ http: true }), site.start({ http: true })]);
    const ready = await Promise.all(nodes.map((node) => node.ready));
    if (ready.includes(false)) throw new Error(`a node did not start: ${nodes.map((node) => node.said()).join()}`);
    await nodes[0].act({ kind: "report", order: ORDER, revision: 1, state: "paid" });
    const drawnBefore = workshop.drawn();
    const { statuses, numbers, failures, mostAtOnce } = await storm(requestsOf(site, nodes, count));
    for (const [status, times] of [...statuses].sort()) print(`answered ${status || "not at all"}: ${times}`);
    const [number = ""] = numbers.keys();
    const checked = await checkEverything(database.database, site.objects, [{ subject: ORDER, number }]);
    const counted = { ...(await countsOf(site)), drawn: workshop.drawn() - drawnBefore, files: checked.files };
    return {
      figures: { requests: count, "in flight at most": mostAtOnce, ...counted },
      failures: [
        ...failures,
        ...checked.failures,
        ...(numbers.size === 1 ? [] : [`${numbers.size} numbers were answered`]),
        ...Object.entries(counted)
          .filter(([what, times]) => times !== (what === "files" ? FILES_OF_ONE_SEAL : 1))
          .map(([what, times]) => `${what}: ${times}`),
        ...nodes.filter((node) => node.exited()).map((node) => `a node ended: ${node.said()}`),
      ],
    };
  } finally {
    await site.close();
  }
}

/** A third with one key, a third each with its own, a third with none; every second one to the other node. */
function requestsOf(site: CrashSite, nodes: readonly CrashNode[], count: number) {
  return Array.from({ length: count }, (_, index) => ({
    url: nodes[index % nodes.length]?.url() ?? "",
    path: `/v1/orders/${ORDER}/contract`,
    apiKey: site.machineKey,
    idempotencyKey: [`the same`, `only ${index}`, null][index % 3] ?? null,
  }));
}

async function countsOf({ database: { database } }: CrashSite): Promise<Readonly<Record<string, number>>> {
  const counted = async (table: "contracts" | "contract_numbers" | "outbox", type?: string): Promise<number> => {
    const rows = database.selectFrom(table).select(({ fn }) => fn.countAll<string>().as("count"));
    const of = type === undefined ? rows : rows.where("type" as never, "=", type as never);
    return Number((await of.executeTakeFirstOrThrow()).count);
  };
  return {
    contracts: await counted("contracts"),
    numbers: await counted("contract_numbers"),
    "requested events": await counted("outbox", "contract.requested"),
    "issued events": await counted("outbox", "contract.issued"),
  };
}
