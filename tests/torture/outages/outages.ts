import { setTimeout } from "node:timers/promises";
import { machine } from "../../http/caller.ts";
import type { Torture } from "../torture.ts";
import { comesToRest } from "./sound-books.ts";
import { startLoad, type Told } from "./steady-load.ts";
import type { TorturedService } from "./tortured-service.ts";
import { openEmbeddedSurroundings, openFailingSurroundings, type WayToFail } from "./ways-to-fail.ts";

const LONGEST_MS = 8_000;
const SHORTEST_MS = 1_000;
/** Less than this is a sample: the database only, as everything hangs on it. */
const LEAST_OF_ALL = 0.1;
/** Before the outage, and after it, so that it falls into the middle of things. */
const AROUND_MS = 700;

/** Everything that the service leans on fails for a while, under load. */
export const outages: Torture = {
  name: "outages",
  promise: "whatever fails for a while, nothing false is said of a contract, and everything heals by itself",
  async run({ newDatabase, scale, print }) {
    const lengthMs = Math.max(SHORTEST_MS, LONGEST_MS * Math.min(scale, 1));
    const figures: Record<string, string> = {};
    const failures: string[] = [];
    const surroundings = [async () => openFailingSurroundings(await newDatabase()), openEmbeddedSurroundings];
    const isSample = scale < LEAST_OF_ALL;
    for (const open of isSample ? surroundings.slice(0, 1) : surroundings) {
      const { ways, close } = await open();
      try {
        for (const way of isSample ? ways.slice(0, 1) : ways) {
          const result = await failFor(way, lengthMs);
          figures[way.name] = result.figure;
          failures.push(...result.failures.map((failure) => `${way.name}: ${failure}`));
        }
      } finally {
        await close();
      }
    }
    print(`each for ${lengthMs} ms`);
    return { figures, failures };
  },
};

async function failFor(way: WayToFail, lengthMs: number) {
  const { service, database } = way;
  const linesBefore = service.printed.length;
  const load = startLoad(service, way.name.toLowerCase().replaceAll(/[^a-z]+/g, "-"));
  await setTimeout(AROUND_MS);
  await way.begin();
  await setTimeout(lengthMs);
  way.end();
  const healedAt = performance.now();
  await setTimeout(AROUND_MS);
  const told = await load.stop();
  const unsound = await comesToRest(database, way.patienceMs);
  const restedMs = Math.round(performance.now() - healedAt);
  const statuses = [...told.statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${times} × ${status}`);
  const lines = service.printed.length - linesBefore;
  return {
    figure: `${told.numbers.size} contracts, ${statuses.join(", ")}; at rest ${restedMs} ms after it; ${lines} lines logged`,
    failures: [...told.failures, ...unsound, ...(await notKept(service, told))],
  };
}

/** Whoever was told a number gets the sealed file of that contract, of that order. */
async function notKept(service: TorturedService, { numbers }: Told): Promise<readonly string[]> {
  const seller = machine(service);
  const failures: string[] = [];
  for (const [order, number] of numbers) {
    const shown = await seller.get(`/v1/contracts/${number}`);
    const contract = (await shown.json()) as { readonly order?: string; readonly state?: string };
    const file = await seller.get(`/v1/contracts/${number}/document.pdf`);
    const bytes = Buffer.from(await file.arrayBuffer());
    if (contract.order !== order || contract.state !== "issued")
      failures.push(`${order}: ${number} is not its contract`);
    if (file.status !== 200 || bytes.toString("latin1", 0, 5) !== "%PDF-") failures.push(`${number}: has no file`);
  }
  return failures;
}
