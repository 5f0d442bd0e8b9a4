import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { createWebhookEndpoint } from "../../src/application/change-webhooks.ts";
import type { Actor, DomainEvent } from "../../src/application/ports.ts";
import { type AccountId, parseAccountId } from "../../src/domain/identifiers.ts";
import { instantOf } from "../../src/domain/time.ts";
import type { WebhookEndpointId, WebhookSettings } from "../../src/domain/webhook.ts";
import { startWebhookLanes, type WebhookLanes } from "../../src/jobs/webhooks/webhook-lanes.ts";
import { type OpenOptions, openServices, type Services } from "../../src/services.ts";
import { createTestDatabase } from "../test-database.ts";
import { testEnvironment } from "../test-server.ts";

export const ACTOR: Actor = { kind: "operator", id: "test" };

/** A node: the real adapters on the bench's database, with lanes that send while it is started. */
export interface WebhookNode {
  readonly services: Services;
  start(): void;
  /** Stops sending; it can be started again. */
  stop(): Promise<void>;
  /** What kept the lanes from going on. */
  readonly broken: readonly unknown[];
}

/** Nodes on one database of their own, and events to send. */
export interface WebhookBench {
  readonly databaseUrl: string;
  readonly node: WebhookNode;
  anotherNode(options?: Partial<OpenOptions>): Promise<WebhookNode>;
  subscribe(url: string, settings?: Partial<WebhookSettings>): Promise<Subscription>;
  /** Publishes an event about each subject, one transaction each. */
  publish(...subjects: readonly string[]): Promise<void>;
  /** Ends the pauses after failures, as time would. */
  endPauses(): Promise<void>;
  close(): Promise<void>;
}

interface Subscription {
  readonly id: WebhookEndpointId;
  readonly secret: string;
}

const AT = instantOf(Date.parse("2026-09-21T14:13:20Z"));
const LOOPBACK = { ORDERSEAL_WEBHOOK_NETWORKS: "127.0.0.0/8" };

export async function openWebhookBench(): Promise<WebhookBench> {
  const [database, home] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), "orderseal-webhooks-"))]);
  const environment = testEnvironment({ ORDERSEAL_HOME: home, DATABASE_URL: database.url, ...LOOPBACK });
  const nodes: WebhookNode[] = [];
  const openNode = async (options: Partial<OpenOptions> = {}) => {
    const node = nodeOf(await openServices(environment, { log: () => {}, renderProcesses: 1, ...options }));
    nodes.push(node);
    return node;
  };
  const node = await openNode();
  const { services } = node;
  return {
    databaseUrl: database.url,
    node,
    anotherNode: openNode,
    subscribe: async (url, settings = {}) => {
      const wanted = { url, description: "", eventTypes: [], account: null, ...settings };
      const created = await createWebhookEndpoint(services, ACTOR, wanted);
      if (created.kind !== "created") throw new Error(`${url} cannot be subscribed: ${created.kind}`);
      return created;
    },
    publish: async (...subjects) => {
      for (const subject of subjects) {
        await services.ledger.transaction((transaction) => transaction.publish(eventOn(subject)));
      }
    },
    endPauses: async () => {
      await sql`UPDATE webhook_endpoints SET rests_until = now()`.execute(services.database);
    },
    close: async () => {
      for (const each of nodes) {
        await each.stop();
        await each.services.close();
      }
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Something that happened to a contract of this number. */
export function eventOn(subject: string, id = account("bench-account")): DomainEvent {
  return { type: "contract.issued", at: AT, account: id, subject, data: { order: null } };
}

export function account(text: string): AccountId {
  const id = parseAccountId(text);
  if (!id) throw new Error(`${text} is no account`);
  return id;
}

function nodeOf(services: Services): WebhookNode {
  const broken: unknown[] = [];
  let lanes: WebhookLanes | null = null;
  return {
    services,
    broken,
    start: () => {
      lanes ??= startWebhookLanes({ ...services, random: Math.random }, (error) => broken.push(error));
    },
    stop: async () => {
      await lanes?.stop();
      lanes = null;
    },
  };
}
