import { setTimeout as sleep } from "node:timers/promises";
import type { TortureDatabase } from "../torture.ts";
import { type CrashLane, type KillFigures, openCrashLane } from "./crash-lane.ts";
import { endClaims } from "./crash-paths.ts";
import type { Workshop } from "./crash-site.ts";
import { type Customer, customerOf, serve } from "./customers.ts";

/** How many kills may follow each other before the last node is left to finish. */
const LONGEST_BURST = 4;
const CUSTOMERS = 4;

export interface RandomOptions {
  readonly newDatabase: () => Promise<TortureDatabase>;
  readonly workshop: Workshop;
  readonly lanes: number;
  readonly kills: number;
  readonly random: () => number;
  /** How many of a hundred nodes draw with processes of their own. */
  readonly ownRenderers: number;
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
    let starting = lane.node().ready;
    for (let kill = 0; kill < length; kill++) {
      while (present.length < CUSTOMERS) present.push(customerOf(customers++, random));
      if (random() < 0.2) await sleep(between(0, 600));
      else {
        await starting;
        // As if five seconds had passed, so that it begins to finish what was left.
        if (random() < 0.5) await endClaims(lane.site);
        const served = Promise.all(present.map((customer) => serveBy(lane, customer)));
        await sleep(between(0, 400));
        lane.node().kill();
        await served;
      }
      starting = lane.replace({ ownRenderer: random() * 100 < options.ownRenderers });
      figures.kills += 1;
    }
    await starting;
    const { length: cutOff } = present.filter((customer) => customer.left.length > 0);
    await Promise.all(present.map((customer) => serveBy(lane, customer)));
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

function serveBy(lane: CrashLane, customer: Customer): Promise<void> {
  return serve(customer, async (action) => (await lane.attempt(action)) !== null);
}
