import { buyerByPortal } from "../access/callers.ts";
import { type Operation, ROUTES } from "../access/route-table.ts";
import { makeThings, nothing, type Things } from "../access/things.ts";
import { type Caller, machine } from "../http/caller.ts";
import { Foreigners } from "./foreigners.ts";
import { startTorturedService } from "./outages/tortured-service.ts";
import { type Answer, answerTo, saidWithout } from "./probe-answer.ts";
import type { Torture, TortureConditions, TortureResult } from "./torture.ts";

const PROBES_IN_ALL = 100_000;
const VICTIMS = 6;
const AT_ONCE = 24;
/** A tenth goes to what surely does not exist: what the others have to look like, and take as long as. */
const OF_ABSENT = 0.1;

type Probed = Exclude<(typeof ROUTES)[Operation]["about"], "thing" | "anything">;

/** Routes that a buyer may call and that are about something of an account. */
const TARGETS = (Object.entries(ROUTES) as [Operation, (typeof ROUTES)[Operation]][]).filter(
  ([, { who, about }]) =>
    who !== "anybody" &&
    who.includes("buyer_requester") &&
    (["account", "listing", "named_in_body"] as Probed[]).includes(about as Probed),
);

/** 100,000 times a buyer asks for what is somebody else's, by real names, altered ones and mixtures. */
export const PROBES: Torture = {
  name: "probes",
  promise: "a buyer who asks for what is another account's is told, word for word, what is told of what does not exist",
  run: (conditions) => probe(conditions, Math.ceil(PROBES_IN_ALL * conditions.scale)),
};

/** Asks as a buyer; or as a machine, which may see everything, so that what would be a leak is one. */
export async function probe(
  { newDatabase, seed, print }: TortureConditions,
  count: number,
  as: "buyer" | "machine" = "buyer",
): Promise<TortureResult> {
  const database = await newDatabase();
  const service = await startTorturedService({
    databaseUrl: database.url,
    settings: { ORDERSEAL_RATE_LIMIT: "0" },
  });
  try {
    const own = await makeThings(service, "prober", "PROBER");
    const victims: Things[] = [];
    for (let each = 1; each <= VICTIMS; each++) {
      victims.push(await makeThings(service, `victim-${each}`, `VICTIM${each}`));
    }
    const prober = as === "buyer" ? await buyerByPortal(service, own.account, "requester") : machine(service);
    const foreigners = new Foreigners(own, victims, seed);
    const found = await ask(prober, foreigners, count, print);
    return {
      figures: {
        probes: found.probes,
        routes: TARGETS.length,
        "with the real names of others": found.byKind.get("real") ?? 0,
        "with altered names": found.byKind.get("altered") ?? 0,
        "with own and foreign names mixed": found.byKind.get("mixed") ?? 0,
        leaks: found.leaks.length,
        "median time, foreign to absent": found.timeRatio,
      },
      failures: found.leaks.slice(0, 20),
    };
  } finally {
    await service.close();
    await database.drop();
  }
}

async function ask(buyer: Caller, foreigners: Foreigners, count: number, print: (line: string) => void) {
  const leaks: string[] = [];
  const byKind = new Map<string, number>();
  const [foreignMs, absentMs]: [number[], number[]] = [[], []];
  const usual = await usualAnswers(buyer);
  let begun = 0;
  const worker = async () => {
    while (begun < count) {
      begun += 1;
      if (begun % 20_000 === 0) print(`${begun} asked`);
      const target = TARGETS[begun % TARGETS.length];
      if (!target) throw new Error("there is nothing to ask for");
      const [operation, entry] = target;
      const isAbsent = foreigners.random() < OF_ABSENT;
      const { things, kind } = isAbsent ? { things: nothing(), kind: "absent" } : foreigners.pick();
      const call = entry.call(things, "");
      const path = entry.about === "listing" ? `${call.path}?account=${encodeURIComponent(things.account)}` : call.path;
      const began = performance.now();
      const answer = await answerTo(buyer, { ...call, path });
      (isAbsent ? absentMs : foreignMs).push(performance.now() - began);
      byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
      const leak = leakIn(answer, usual.get(operation), things, foreigners);
      if (leak !== null) leaks.push(`${operation} ${kind} ${call.method} ${path}: ${leak}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { leaks, byKind, probes: begun, timeRatio: (median(foreignMs) / median(absentMs)).toFixed(3) };
}

/** Of each route, what is said of what does not exist. */
async function usualAnswers(buyer: Caller): Promise<ReadonlyMap<Operation, string>> {
  const usual = new Map<Operation, string>();
  for (const [operation, entry] of TARGETS) {
    const things = nothing();
    const call = entry.call(things, "");
    const path = entry.about === "listing" ? `${call.path}?account=${things.account}` : call.path;
    usual.set(operation, saidWithout(await answerTo(buyer, { ...call, path }), things));
  }
  return usual;
}

/** What tells the answer from that about nothing; null where nothing does. */
function leakIn(answer: Answer, usual: string | undefined, things: Things, foreigners: Foreigners): string | null {
  const said = saidWithout(answer, things);
  const told = foreigners.secrets.find((secret) => said.includes(secret));
  if (told !== undefined) return `it names ${told}`;
  return said === usual ? null : `${said.slice(0, 300)} instead of ${usual?.slice(0, 300)}`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
