import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FaultPoints } from "../../src/application/fault-points.ts";
import { listEvents } from "../../src/application/list-events.ts";
import { openReceiver, type Receiver } from "./receiver.ts";
import { eventOn, openWebhookBench, type WebhookBench, type WebhookNode } from "./webhook-bench.ts";

const EVERY = { after: 0, type: null, account: null };

let bench: WebhookBench;
const open: Receiver[] = [];
beforeAll(async () => {
  bench = await openWebhookBench();
});
afterEach(async () => {
  await bench.node.stop();
  await bench.node.services.database.deleteFrom("webhook_endpoints").execute();
  for (const receiver of open.splice(0)) await receiver.close();
});
afterAll(() => bench.close());

async function receiver(...how: Parameters<typeof openReceiver>): Promise<Receiver> {
  const opened = await openReceiver(...how);
  open.push(opened);
  return opened;
}

interface DyingNode {
  readonly node: WebhookNode;
  readonly died: () => boolean;
  /** It goes on where it was, or the step fails. */
  readonly revive: (failure?: Error) => void;
}

/** A node that does all of a step and then nothing any more, as one does whose process was killed there. */
async function dyingNode(step: string): Promise<DyingNode> {
  let [dead, doomed] = [false, true];
  let wake = () => {};
  let failed: Error | null = null;
  const woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const revive = (failure: Error | null = null) => {
    failed = failure;
    wake();
  };
  const faults: FaultPoints = {
    before: async () => (dead ? woken : undefined),
    after: async (done) => {
      if (!doomed || done !== step) return;
      [dead, doomed] = [true, false];
      await woken;
      if (failed) throw failed;
    },
  };
  return { node: await bench.anotherNode({ faults }), died: () => dead, revive };
}

async function endClaims(): Promise<void> {
  await sql`UPDATE webhook_endpoints SET claimed_until = now()`.execute(bench.node.services.database);
}

describe("two nodes on one database", () => {
  test("send every event to every endpoint once, in order", async () => {
    const receivers = [await receiver(), await receiver(), await receiver()];
    for (const { url } of receivers) await bench.subscribe(url);
    const other = await bench.anotherNode();
    const subjects = Array.from({ length: 40 }, (_, index) => `NODES-${index}`);
    bench.node.start();
    other.start();
    await bench.publish(...subjects);
    for (const { taken } of receivers) await expect.poll(() => taken(), { timeout: 20_000 }).toEqual(subjects);
    await Promise.all([bench.node.stop(), other.stop()]);
    for (const { received } of receivers) expect(received).toHaveLength(subjects.length);
    expect([bench.node.broken, other.broken]).toEqual([[], []]);
  });

  test("one that dies between sending and writing it down: the other sends it again under the same id, and goes on", async () => {
    const shop = await receiver();
    await bench.subscribe(shop.url);
    const { node: dying, died, revive } = await dyingNode("webhook send");
    await bench.publish("DIES-1", "DIES-2");
    dying.start();
    await expect.poll(died).toBe(true);
    bench.node.start();
    // While its claim holds, nobody else sends.
    expect(await bench.node.services.webhooks.claimEndpoint()).toBeNull();
    await endClaims();
    await expect.poll(() => shop.taken()).toEqual(["DIES-1", "DIES-1", "DIES-2"]);
    expect(new Set(shop.received.slice(0, 2).map(({ id }) => id)).size).toBe(1);
    // Woken, it finds that the work was done and changes nothing.
    revive();
    await dying.stop();
    expect(shop.taken()).toHaveLength(3);
    const rows = bench.node.services.database.selectFrom("webhook_deliveries").select(["state", "attempts"]);
    await expect.poll(() => rows.execute()).toEqual(Array(2).fill({ state: "delivered", attempts: 1 }));
  });

  test("one that dies while it numbers events has numbered none: the other does, without a gap", async () => {
    const { node: dying, died, revive } = await dyingNode("sql update outbox_head");
    const last = (await listEvents(bench.node.services, EVERY, 10_000)).items.at(-1)?.position ?? 0;
    await bench.publish("HEAD-1", "HEAD-2");
    const relaying = dying.services.webhooks.relayEvents();
    await expect.poll(died).toBe(true);
    // It holds the lock: nobody numbers meanwhile, and nobody waits for it.
    expect(await bench.node.services.webhooks.relayEvents()).toBe(0);
    revive(new Error("killed"));
    await expect(relaying).rejects.toThrow("killed");
    const { items } = await listEvents(bench.node.services, { ...EVERY, after: last }, 10);
    expect(items.map(({ position, subject }) => [position, subject])).toEqual([
      [last + 1, "HEAD-1"],
      [last + 2, "HEAD-2"],
    ]);
  });
});

test("statements and sends that fail one after the other lose nothing and change no order", async () => {
  const shop = await receiver();
  await bench.subscribe(shop.url);
  let steps = 0;
  // Opening and closing are not what this is about.
  let isTroubled = false;
  // Three of 97 steps, spread so that no path of a fixed length meets one each time it is walked.
  const fail = async (step: string) => {
    // Beginning and undoing must work, or a connection would be handed on within a transaction.
    if (isTroubled && !/ (?:begin|rollback)$/.test(step) && (++steps * 62) % 97 < 3) throw new Error(`${step} failed`);
  };
  const faults: FaultPoints = { before: fail, after: fail };
  const troubled = await bench.anotherNode({ faults });
  isTroubled = true;
  const subjects = Array.from({ length: 4 }, (_, index) => `TROUBLE-${index}`);
  await bench.publish(...subjects);
  troubled.start();
  const look = async () => {
    await endClaims();
    await bench.endPauses();
    return [...new Set(shop.taken())];
  };
  await expect.poll(look, { timeout: 25_000, interval: 100 }).toEqual(subjects);
  isTroubled = false;
  await troubled.stop();
  expect(troubled.broken.length).toBeGreaterThan(0);
});

test("a stop waits a moment for an answer that is on its way, and lets go of the endpoint", async () => {
  const shop = await receiver(() => "hang");
  await bench.subscribe(shop.url);
  await bench.publish("STOPPED");
  bench.node.start();
  await expect.poll(() => shop.received.length).toBe(1);
  await bench.node.stop();
  const { webhooks, database } = bench.node.services;
  // Nothing is held against a receiver that we did not wait for.
  expect(await database.selectFrom("webhook_attempts").selectAll().execute()).toEqual([]);
  expect(await webhooks.claimEndpoint()).not.toBeNull();
});

describe("the list of events", () => {
  test("never shows one behind what was read: an event that commits late comes later", async () => {
    const { services } = bench.node;
    const { items: before } = await listEvents(services, EVERY, 10_000);
    let commit = () => {};
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let written = () => {};
    const isWritten = new Promise<void>((resolve) => {
      written = resolve;
    });
    const late = services.ledger.transaction(async (transaction) => {
      await transaction.publish(eventOn("LATE"));
      written();
      await held;
    });
    await isWritten;
    await bench.publish("EARLY");
    const after = before.at(-1)?.position ?? 0;
    const first = await listEvents(services, { ...EVERY, after }, 10);
    expect(first.items.map(({ subject }) => subject)).toEqual(["EARLY"]);
    commit();
    await late;
    const second = await listEvents(services, { ...EVERY, after: first.items[0]?.position ?? 0 }, 10);
    expect(second.items.map(({ subject, position }) => [subject, position])).toEqual([["LATE", after + 2]]);
  });

  test("is read in pages, each event once, however many are added meanwhile", async () => {
    const { services } = bench.node;
    const seen: number[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const { items, next } = await listEvents(services, { ...EVERY, after }, 3);
      seen.push(...items.map(({ position }) => position));
      if (seen.length < 10) await bench.publish(`MEANWHILE-${seen.length}`);
      after = next;
    }
    expect(seen).toEqual(seen.map((_, index) => index + 1));
  });
});
