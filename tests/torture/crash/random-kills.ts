import { setTimeout as sleep } from "node:timers/promises";
import type { TortureDatabase } from "../torture.ts";
import { type CrashLane, type KillFigures, openCrashLane } from "./crash-lane.ts";
import { endClaims } from "./crash-paths.ts";
import type { Workshop } from "./crash-site.ts";
import type { Action } from "./node-messages.ts";

/** How many kills may follow each other before the last node is left to finish. */
const LONGEST_BURST = 4;
const CUSTOMERS = 4;

interface RandomOptions {
  readonly newDatabase: () => Promise<TortureDatabase>;
  readonly workshop: Workshop;
  readonly lanes: number;
  readonly kills: number;
  readonly random: () => number;
  /** How many of a hundred nodes draw with processes of their own. */
  readonly ownRenderers: number;
}

/** What somebody does one after the other; a node that dies leaves the rest to the next one, the cut-off action first. */
interface Customer {
  readonly left: Action[];
}

/**
 * Kills nodes at random moments while several customers report, request, pay, cancel, void and send batches: in the
 * middle of it, while a node starts, and while it finishes what its predecessor left. After each burst of kills the last
 * node has ten seconds to bring everything to rest, and every customer is served to the end.
 */
export async function killAtRandom(options: RandomOptions, figures: KillFigures): Promise<void> {
  const { random } = options;
  let left = options.kills;
  let customers = 0;
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));

  const burst = async (lane: CrashLane): Promise<void> => {
    const present: Customer[] = [];
    const length = Math.min(left, between(1, LONGEST_BURST));
    left -= length;
    for (let kill = 0; kill < length; kill++) {
      while (present.length < CUSTOMERS) present.push(customerOf(customers++, random));
      const ownRenderer = random() * 100 < options.ownRenderers;
      const killedAfterMs = random() < 0.2 ? null : between(0, 400);
      const starting = lane.replace({ ownRenderer });
      if (killedAfterMs === null) await sleep(between(0, 600));
      else {
        await starting;
        // As if five seconds had passed, so that it begins to finish what was left.
        if (random() < 0.5) await endClaims(lane.site);
        const served = Promise.all(present.map((customer) => serve(lane, customer)));
        await sleep(killedAfterMs);
        lane.node().kill();
        await served;
      }
      lane.node().kill();
      await starting;
      figures.kills += 1;
    }
    await lane.replace();
    const { length: cutOff } = present.filter((customer) => customer.left.length > 0);
    await Promise.all(present.map((customer) => serve(lane, customer)));
    await lane.expectRest(`kill ${options.kills - left}, ${cutOff} customers cut off`);
  };

  await Promise.all(
    Array.from({ length: options.lanes }, async () => {
      const lane = await openCrashLane(await options.newDatabase(), options.workshop, figures);
      while (left > 0) await burst(lane);
      await lane.close();
    }),
  );
}

async function serve(lane: CrashLane, { left }: Customer): Promise<void> {
  for (let next = left[0]; next; next = left[0]) {
    if ((await lane.attempt(next)) === null) return;
    left.shift();
  }
}

function customerOf(number: number, random: () => number): Customer {
  const order = `RANDOM-${number}`;
  const report = (revision: number, state: "unpaid" | "paid" | "cancelled", of = order): Action => {
    return { kind: "report", order: of, revision, state };
  };
  const request: Action = { kind: "request", order, key: random() < 0.8 ? order : `other ${order}` };
  const stories: readonly (readonly Action[])[] = [
    [report(1, "paid"), request],
    [report(1, "unpaid"), request, report(2, "paid")],
    [report(1, "unpaid"), request, report(2, "cancelled")],
    [report(1, "paid"), request, { kind: "void", order }],
    [
      ...[1, 2, 3].map((part) => report(1, "paid", `${order}-${part}`)),
      { kind: "batch", orders: [1, 2, 3].map((part) => `${order}-${part}`), key: order },
    ],
  ];
  return { left: [...(stories[Math.floor(random() * stories.length)] ?? [])] };
}
