import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { instantOf } from "../../src/domain/time.ts";
import type { WebhookEndpointId } from "../../src/domain/webhook.ts";
import type { Database } from "../../src/store/database.ts";
import { ledgerTransaction } from "../../src/store/ledger-transaction.ts";
import { newId } from "../../src/store/new-id.ts";
import { openReceiver, type Received, type Receiver } from "../webhooks/receiver.ts";
import type { Torture } from "./torture.ts";
import { publishEvents, wasDeliveredInOrder } from "./webhook-events.ts";

const EVENTS = 1_000;
const KILLS = 25;
const NODES = 2;
/** Starting a node takes seconds: a sample has one. */
const SMALLEST_WITH_ALL_NODES = 0.1;
/** Most of the time goes into starting nodes: seconds each on a busy machine. */
const LONGEST_MS = 900_000;
const NODE = fileURLToPath(new URL("./webhook-node.ts", import.meta.url));

/**
 * Two nodes in processes of their own send. At events chosen by the seed both are killed while a receiver has the request
 * and has not answered yet, so that they cannot know whether it was taken; whatever they were doing for other endpoints is
 * cut off anywhere. Others take their place. Claims of the dead are ended, and pauses cut short, as time would.
 */
export const webhooksTorture: Torture = {
  name: "webhooks",
  promise: "every event reaches every endpoint that takes it, in order, whoever is killed and whoever else misbehaves",
  async run({ newDatabase, scale, seed, print }) {
    const events = Math.ceil(EVENTS * scale);
    const kills = Math.ceil(KILLS * scale);
    const { url, database, drop } = await newDatabase();
    const random = randomOf(seed);
    const crew = openCrew(url, scale < SMALLEST_WITH_ALL_NODES ? 1 : NODES);
    const deadly = await openReceiver(killingAt(chosen(events, kills, random), crew));
    const moody = await openReceiver(() => (random() < 0.05 ? 503 : 204));
    const taking = [deadly, moody, await openReceiver()];
    const bad = [await openReceiver(() => "hang"), await openReceiver(() => 500), await openReceiver(() => 302)];
    try {
      for (const receiver of [...taking, ...bad]) await subscribe(database, receiver);
      crew.start();
      const publishing = publishEvents(database, events);
      const whole = await everythingTaken({ database, taking, events, crew });
      await publishing;
      print(`nodes were killed ${crew.kills()} times`);
      return {
        figures: {
          events,
          endpoints: taking.length + bad.length,
          kills: crew.kills(),
          "requests at the endpoints that take": taking.reduce((sum, { received }) => sum + received.length, 0),
          "taken again after a kill": taking.reduce((sum, receiver) => sum + repeated(receiver), 0),
        },
        failures: [
          ...(whole ? [] : [`not everything was delivered in time (seed ${seed})`]),
          ...taking.flatMap((receiver, index) => wasDeliveredInOrder(receiver, events, `endpoint ${index}`)),
        ],
      };
    } finally {
      await crew.end();
      await Promise.all([...taking, ...bad].map((receiver) => receiver.close()));
      await drop();
    }
  },
};

/** The nodes that are alive, all of which are killed together. */
interface Crew {
  start(): void;
  kill(): void;
  kills(): number;
  /** Whether they were killed and nobody has taken their place. */
  isDead(): boolean;
  end(): Promise<void>;
}

function openCrew(url: string, size: number): Crew {
  let nodes: readonly ChildProcess[] = [];
  let kills = 0;
  const end = async () => {
    const ended = nodes.filter(isAlive).map((node) => once(node, "exit"));
    for (const node of nodes) node.kill("SIGKILL");
    await Promise.all(ended);
  };
  return {
    start: () => {
      nodes = Array.from({ length: size }, () => startNode(url));
    },
    kill: () => {
      for (const node of nodes) node.kill("SIGKILL");
      kills++;
    },
    kills: () => kills,
    isDead: () => !nodes.some(isAlive),
    end,
  };
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** Takes every event; at some of them those who sent it are killed before they have the answer. */
function killingAt(doomed: Set<string>, crew: Crew): (received: Received) => number {
  return ({ event }) => {
    if (doomed.delete(event.subject)) crew.kill();
    return 204;
  };
}

function chosen(events: number, kills: number, random: () => number): Set<string> {
  const doomed = new Set<string>();
  while (doomed.size < kills) doomed.add(`E-${Math.floor(random() * events)}`);
  return doomed;
}

interface Watched {
  readonly database: Database;
  readonly taking: readonly Receiver[];
  readonly events: number;
  readonly crew: Crew;
}

async function everythingTaken({ database, taking, events, crew }: Watched): Promise<boolean> {
  const deadline = performance.now() + LONGEST_MS;
  while (taking.some((receiver) => new Set(receiver.taken()).size < events)) {
    if (performance.now() > deadline) return false;
    if (crew.isDead()) {
      await sql`UPDATE webhook_endpoints SET claimed_until = now()`.execute(database);
      crew.start();
    }
    await sql`UPDATE webhook_endpoints SET rests_until = now() WHERE rests_until > now()`.execute(database);
    await sleep(100);
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
      ...{ createdAt: instantOf(0), createdBy: "torture" },
    };
    const secret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
    await ledgerTransaction(transaction).insertWebhookEndpoint(endpoint, secret);
  });
}

function startNode(url: string): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", NODE], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["ignore", "ignore", "inherit"],
  });
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
