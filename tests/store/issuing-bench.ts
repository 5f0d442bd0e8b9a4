import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseOrderDocument } from "../../src/application/order-document.ts";
import type { Actor, Objects, Renderer } from "../../src/application/ports.ts";
import { recordOrder } from "../../src/application/record-order.ts";
import {
  REQUEST_PATIENCE_MS,
  type RequestContractPorts,
  type RequestOutcome,
  requestContract,
} from "../../src/application/request-contract.ts";
import { NO_TIMESTAMPS } from "../../src/document/timestamp-watch.ts";
import { parseAccountId, parseOrderId, parseSellerId } from "../../src/domain/identifiers.ts";
import { emptyDetails } from "../../src/domain/snapshot-parties.ts";
import { openServices, type Services } from "../../src/services.ts";
import { orderBody } from "../http/order-body.ts";
import { createTestDatabase, type TestDatabase } from "../test-database.ts";
import { testEnvironment } from "../test-server.ts";
import { workerRenderers } from "../worker-renderers.ts";

export const ACTOR: Actor = { kind: "operator", id: "test" };

/** The real adapters on a database of their own, without a server and without its schedule. */
export interface IssuingBench {
  readonly services: Services;
  readonly databaseUrl: string;
  /** With real processes that draw; they start at the first call. */
  ports(): Promise<RequestContractPorts>;
  /** The same, with a document that is drawn at once: for what does not depend on drawing and sealing. */
  quickPorts(): RequestContractPorts;
  /** Takes an order in: a paid one unless `changes` say otherwise. */
  place(order: string, changes?: Parameters<typeof orderBody>[0]): Promise<void>;
  close(): Promise<void>;
}

/** On a database of the test run, unless one is given; it is dropped with the bench. */
export async function openIssuingBench(given: TestDatabase | null = null): Promise<IssuingBench> {
  const [database, home] = await Promise.all([
    given ?? createTestDatabase(),
    mkdtemp(join(tmpdir(), "orderseal-bench-")),
  ]);
  const environment = testEnvironment({ ORDERSEAL_HOME: home, DATABASE_URL: database.url });
  const services = await openServices(environment, { log: () => {}, openRenderers: workerRenderers });
  await services.ledger.transaction((transaction) => transaction.saveAccount(account(), IDENTITY, null));
  return {
    services,
    databaseUrl: database.url,
    ports: () => services.issuing(),
    quickPorts: () => ({
      ...services,
      ...QUICK,
      publicUrl: environment.publicUrl,
      demo: true,
      patienceMs: REQUEST_PATIENCE_MS,
      reportFailure: () => {},
    }),
    place: (order, changes) => place(services, order, changes),
    close: async () => {
      await services.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export function requestOf(
  ports: RequestContractPorts,
  order: string,
  idempotencyKey: string | null = null,
): Promise<RequestOutcome> {
  const id = parseOrderId(order);
  if (!id) throw new Error(`${order} is no order number`);
  const details = emptyDetails("en");
  return requestContract(ports, ACTOR, {
    account: account(),
    subject: { kind: "order", order: id },
    details,
    idempotencyKey,
  });
}

/** Files in memory, by the same rules as those on disk. */
export function failingObjects(objects: Objects, putsThatWork: number): Objects {
  let puts = 0;
  return {
    get: (hash) => objects.get(hash),
    put: (bytes) => {
      puts += 1;
      return puts > putsThatWork ? Promise.reject(new Error("the disk is full")) : objects.put(bytes);
    },
  };
}

export const BROKEN_RENDERER: Renderer = { render: () => Promise.reject(new Error("nothing can be drawn")) };

const IDENTITY = {
  state: "verified",
  kind: "enterprise",
  legalName: "深圳示例智造有限公司",
  legalNameEn: null,
  registrationNumber: null,
  address: null,
} as const;

const QUICK = {
  renderer: {
    render: async (snapshot: { readonly number: string }) => ({
      pdf: Buffer.from(`drawn ${snapshot.number}`),
      seal: { pictures: [], page: 1, rect: [0, 0, 1, 1] as const },
    }),
  },
  sealer: {
    seal: async ({ pdf }: { readonly pdf: Uint8Array }) =>
      ({ kind: "sealed", pdf: Buffer.concat([pdf, Buffer.from(" and sealed")]) }) as const,
  },
  timestamps: NO_TIMESTAMPS,
  inspector: { findFault: async () => null },
};

function account() {
  const id = parseAccountId("bench-account");
  if (!id) throw new Error("no account id");
  return id;
}

async function place(services: Services, order: string, changes: Parameters<typeof orderBody>[0] = {}): Promise<void> {
  const seller = parseSellerId("demo-cloud");
  if (!seller) throw new Error("no seller id");
  const parsed = parseOrderDocument({ order, ...orderBody({ account: account(), ...changes }) }, { seller });
  const recorded = parsed.ok ? await recordOrder(services, ACTOR, parsed.value) : parsed;
  if (!recorded.ok) throw new Error(recorded.fault.message.en);
}
