import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import type { WebhookEndpointId } from "../../src/domain/webhook.ts";
import type { Database } from "../../src/store/database.ts";
import { ledgerTransaction } from "../../src/store/ledger-transaction.ts";
import { newId } from "../../src/store/new-id.ts";
import { openReceiver, type Receiver } from "../webhooks/receiver.ts";
import type { Torture } from "./torture.ts";
import { publishEvents, wasDeliveredInOrder } from "./webhook-events.ts";

const EVENTS = 2_000;
const KILLS = 40;
const NODES = 2;
const LONGEST_MS = 480_000;
const NODE = fileURLToPath(new URL("./webhook-node.ts", import.meta.url));

/**
 * Two nodes in processes of their own send while events are published; one of them is killed again and again, at random,
 * and another takes its place. Claims of the dead are ended, and pauses cut short, as time would.
 */
export const webhooksTorture: Torture = {
  name: "webhooks",
  promise: "every event reaches every endpoint that takes it, in order, whoever is killed and whoever else misbehaves",
  async run({ newDatabase, scale, seed, print }) {
    const events = Math.ceil(EVENTS * scale);
    const kills = Math.ceil(KILLS * scale);
    const { url, database, drop } = await newDatabase();
    const random = randomOf(seed);
    const good = [await openReceiver(), await openReceiver()];
    const moody = await openReceiver(() => (random() < 0.05 ? 503 : 204));
    const bad = [await openReceiver(() => "hang"), await openReceiver(() => 500), await openReceiver(() => 302)];
    const taking = [...good, moody];
    for (const receiver of [...taking, ...bad]) await subscribe(database, receiver);
    const nodes = Array.from({ length: NODES }, () => startNode(url));
    try {
      const publishing = publishEvents(database, events);
      const killed = await killAtRandom({ nodes, url, database, kills, random });
      await publishing;
      const whole = await everythingTaken(database, taking, events);
      print(`killed ${killed} times`);
      return {
        figures: {
          events,
          endpoints: taking.length + bad.length,
          kills: killed,
          "requests at the endpoints that take": taking.reduce((sum, { received }) => sum + received.length, 0),
          "sent again after a kill": taking.reduce((sum, receiver) => sum + repeated(receiver), 0),
        },
        failures: [
          ...(whole ? [] : [`not everything was delivered in time (seed ${seed})`]),
          ...taking.flatMap((receiver, index) => wasDeliveredInOrder(receiver, events, `endpoint ${index}`)),
        ],
      };
    } finally {
      for (const node of nodes) node.kill("SIGKILL");
      await Promise.all([...taking, ...bad].map((receiver) => receiver.close()));
      await drop();
    }
  },
};

interface Killing {
  readonly nodes: ChildProcess[];
  readonly url: string;
  readonly database: Database;
  readonly kills: number;
  readonly random: () => number;
}

async function killAtRandom({ nodes, url, database, kills, random }: Killing): Promise<number> {
  for (let killed = 0; killed < kills; killed++) {
    await sleep(200 + random() * 800);
    const victim = Math.floor(random() * nodes.length);
    const node = nodes[victim];
    const ended = node && once(node, "exit");
    node?.kill("SIGKILL");
    await ended;
    nodes[victim] = startNode(url);
    await passTime(database);
  }
  return kills;
}

/** What twenty seconds and some hours do: claims of the dead run out, and pauses end. */
async function passTime(database: Database): Promise<void> {
  await sql`UPDATE webhook_endpoints SET rests_until = now()`.execute(database);
  await sql`UPDATE webhook_endpoints SET claimed_until = now() WHERE claimed_until < now() + interval '17 seconds'`.execute(
    database,
  );
}

async function everythingTaken(database: Database, taking: readonly Receiver[], events: number): Promise<boolean> {
  const deadline = performance.now() + LONGEST_MS;
  const distinct = (receiver: Receiver) => new Set(receiver.taken()).size;
  while (taking.some((receiver) => distinct(receiver) < events)) {
    if (performance.now() > deadline) return false;
    await sleep(100);
    await passTime(database);
  }
  return true;
}

function repeated(receiver: Receiver): number {
  return receiver.taken().length - new Set(receiver.taken()).size;
}

async function subscribe(database: Database, { url }: Receiver): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const endpoint = {
      id: newId() as WebhookEndpointId,
      ...{ url, description: "", eventTypes: [], account: null, disabled: null },
      ...{ createdAt: 0 as never, createdBy: "torture" },
    };
    const secret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
    await ledgerTransaction(transaction).insertWebhookEndpoint(endpoint, secret);
  });
}

function startNode(url: string): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", NODE], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return child;
}

/** mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
