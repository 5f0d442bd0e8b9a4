import { setTimeout } from "node:timers/promises";
import type { Torture } from "../torture.ts";
import { type CutPath, cutPaths } from "./cut-paths.ts";
import { cutTheSchedule } from "./cut-schedule.ts";
import { type Cut, openForwarder, type PostgresForwarder } from "./postgres-forwarder.ts";
import { comesToRest } from "./sound-books.ts";
import { startTorturedService } from "./tortured-service.ts";

/** No path has so many statements: nothing is cut, and they are counted. */
const NEVER = 1_000_000;
export const WHENS = ["before", "after"] as const satisfies readonly Cut["when"][];

/** The connection is cut before and after each statement of everything that changes a contract's books. */
export const cuts: Torture = {
  name: "cuts",
  promise: "wherever the connection to the database is cut, the answer is honest and nothing is lost or done twice",
  async run({ newDatabase, scale }) {
    const { url, database, drop } = await newDatabase();
    const forwarder = await openForwarder(url);
    const service = await startTorturedService({ databaseUrl: forwarder.url });
    try {
      const figures: Record<string, number | string> = {};
      const failures: string[] = [];
      for (const path of await cutPaths(service)) {
        const result = await cutPath(path, forwarder, scale);
        figures[path.name] = result.figure;
        failures.push(...result.failures);
      }
      const finished = await cutTheSchedule(service, database, forwarder, scale);
      figures.finish = finished.figure;
      failures.push(...finished.failures, ...(await comesToRest(database)));
      return { figures, failures };
    } finally {
      await service.close();
      await forwarder.close();
      await drop();
    }
  },
};

async function cutPath(path: CutPath, forwarder: PostgresForwarder, scale: number) {
  const statements = await statementsOf(path, forwarder);
  const failures: string[] = [];
  const tally = new Map<number, number>();
  let made = 0;
  for (const [index, statement] of statements.entries()) {
    for (const when of isWanted(index, statement, scale) ? WHENS : []) {
      const where = `${path.name}, ${when} statement ${index + 1} (${statement.slice(0, 50)})`;
      const act = await path.prepare(`${path.name}-${when}-${index + 1}`);
      forwarder.cutAt({ application: "orderseal", statement: index + 1, when });
      const first = await act();
      if (forwarder.endCut().done) made += 1;
      const second = await act();
      tally.set(first.status, (tally.get(first.status) ?? 0) + 1);
      if (!path.fine.includes(first.status)) failures.push(`${where}: answered ${first.status} ${await first.text()}`);
      if (!path.atLast.includes(second.status)) {
        failures.push(`${where}: asked again, answered ${second.status} ${await second.text()}`);
      }
      failures.push(...(await numbersDiffer(where, first, second)));
    }
  }
  const answers = [...tally].sort(([a], [b]) => a - b).map(([status, times]) => `${times} × ${status}`);
  return { figure: `${made} cuts around ${statements.length} statements: ${answers.join(", ")}`, failures };
}

/** Also so that what only a first time needs is over. */
async function statementsOf(path: CutPath, forwarder: PostgresForwarder): Promise<readonly string[]> {
  const act = await path.prepare(`${path.name}-count`);
  forwarder.cutAt({ application: "orderseal", statement: NEVER, when: "before" });
  const response = await act();
  if (!response.ok) throw new Error(`${path.name}: ${response.status} ${await response.text()}`);
  // What a request leaves to be done is done by then, or else the next to come counts it.
  await setTimeout(100);
  return forwarder.endCut().statements;
}

/** A sample always has the commits, where it is delicate. */
function isWanted(index: number, statement: string, scale: number): boolean {
  return scale >= 1 || /^commit/i.test(statement) || index % Math.ceil(1 / scale) === 0;
}

async function numbersDiffer(where: string, first: Response, second: Response): Promise<readonly string[]> {
  if (first.status > 202 || second.status > 202) return [];
  const [before, after] = (await Promise.all([first.json(), second.json()])) as { number?: string }[];
  return before?.number === after?.number ? [] : [`${where}: first ${before?.number}, then ${after?.number}`];
}
