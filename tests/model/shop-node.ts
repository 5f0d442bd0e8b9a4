import { setTimeout } from "node:timers/promises";
import {
  Kysely,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from "kysely";
import type { Pool, PoolClient } from "pg";
import { takeStep } from "../../src/application/fault-points.ts";
import type { Clock, Identifiers, Ledger } from "../../src/application/ports.ts";
import { REQUEST_PATIENCE_MS, type RequestContractPorts } from "../../src/application/request-contract.ts";
import { Turns } from "../../src/application/turns.ts";
import { loadGlyphCoverage } from "../../src/document/glyph-coverage.ts";
import { openLedger } from "../../src/store/ledger.ts";
import { newCode, newId } from "../../src/store/new-id.ts";
import type { Tables } from "../../src/store/tables.ts";
import { watchedPool } from "../../src/store/watched-pool.ts";
import type { FaultPlan } from "./fault-plan.ts";
import { openMemoryObjects, type Shelf } from "./memory-objects.ts";

/** What draws, seals and looks: at once for most sequences, the real ones for some. */
export type Drawing = Pick<RequestContractPorts, "renderer" | "sealer" | "inspector">;

export interface NodeConditions {
  readonly pool: Pool;
  readonly shelf: Shelf;
  readonly clock: Clock;
  readonly plan: FaultPlan;
  readonly drawing: Drawing;
  readonly identifiers?: Identifiers;
  /** For products that are broken on purpose. */
  readonly breakLedger?: ((sound: Ledger) => Ledger) | undefined;
  /** Whether the timestamp authority answers at present. */
  readonly hasTimestamps: () => boolean;
}

/** One process of the service as far as issuing goes: the real use cases and books, with faults by plan. */
export interface ShopNode {
  readonly plan: FaultPlan;
  readonly ports: RequestContractPorts;
  /** After its death: the connections are cut, so that PostgreSQL undoes what was open. */
  bury(): Promise<void>;
}

export async function openShopNode(conditions: NodeConditions): Promise<ShopNode> {
  const { plan, shelf, clock, hasTimestamps } = conditions;
  const lines = mortalPool(conditions.pool, plan);
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: watchedPool(lines.pool, plan) }) });
  const { breakLedger = (sound: Ledger) => sound } = conditions;
  const ledger = breakLedger(openLedger(database));
  const ports: RequestContractPorts = {
    ledger,
    scheduled: ledger,
    turns: new Turns(),
    clock,
    identifiers: conditions.identifiers ?? { newId, newCode },
    glyphs: await loadGlyphCoverage(),
    objects: openMemoryObjects(shelf, plan),
    ...watchedDrawing(conditions.drawing, plan, hasTimestamps),
    timestamps: {
      isConfigured: true,
      // Never lately, so that the longer way is taken: ask between two transactions.
      answeredLately: () => false,
      findTrouble: () =>
        takeStep(plan, "timestamp asked", async () => (hasTimestamps() ? null : { reason: "unreachable", detail: "" })),
    },
    publicUrl: "https://contracts.example.com",
    demo: true,
    patienceMs: REQUEST_PATIENCE_MS,
    reportFailure: () => {},
  };
  return { plan, ports, bury: lines.cut };
}

/** Each step outside PostgreSQL is a fault point, too; without an authority no seal has its timestamp. */
function watchedDrawing(
  { renderer, sealer, inspector }: Drawing,
  plan: FaultPlan,
  hasTimestamps: () => boolean,
): Drawing {
  return {
    renderer: { render: (snapshot) => takeStep(plan, "render", () => renderer.render(snapshot)) },
    sealer: {
      seal: (...facts) =>
        takeStep(plan, "seal", async () =>
          hasTimestamps()
            ? sealer.seal(...facts)
            : { kind: "no_timestamp", failure: { reason: "unreachable", detail: "planned" } },
        ),
    },
    inspector: { findFault: (...facts) => takeStep(plan, "inspect", () => inspector.findFault(...facts)) },
  };
}

/** A document that is drawn and sealed at once: for what does not depend on drawing and sealing. */
export const QUICK_DRAWING: Drawing = {
  renderer: {
    render: async ({ number }) => ({
      pdf: Buffer.from(`drawn ${number}`),
      seal: { pictures: [], page: 1, rect: [0, 0, 1, 1] },
    }),
  },
  // No two seals are alike, as with a real one: it bears its time, and a random number besides.
  sealer: { seal: async ({ pdf }) => ({ kind: "sealed", pdf: Buffer.concat([pdf, Buffer.from(` ${newId()}`)]) }) },
  inspector: { findFault: async () => null },
};

/** Connections of a shared pool that can be cut all at once; one that has met a fault is not used again. */
function mortalPool(pool: Pool, plan: FaultPlan): { readonly pool: PostgresPool; readonly cut: () => Promise<void> } {
  const taken = new Set<PoolClient>();
  const running = new Set<Promise<unknown>>();
  const giveBack = (client: PoolClient, broken: boolean) => {
    if (taken.delete(client)) client.release(broken);
  };
  return {
    pool: {
      end: async () => {},
      connect: async () => {
        const client = await pool.connect();
        if (plan.isDead) {
          // It waited for a connection when it died.
          client.release();
          return new Promise<never>(() => {});
        }
        taken.add(client);
        return {
          query: watchedQuery(client, running),
          release: () => giveBack(client, plan.fired !== null),
        };
      },
    },
    cut: async () => {
      const processes = [...taken].map((client) => ("processID" in client ? client.processID : null));
      for (const client of taken) giveBack(client, true);
      await Promise.allSettled(running);
      while (await arePresent(pool, processes)) await setTimeout(1);
    },
  };
}

/** Cursors are not used here. */
function watchedQuery(client: PostgresPoolClient, running: Set<Promise<unknown>>): PostgresPoolClient["query"] {
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query<Row>(what: string | PostgresCursor<Row>, parameters: readonly unknown[] = []) {
    if (typeof what !== "string") return client.query(what);
    const result = client.query<Row>(what, parameters);
    running.add(result);
    const done = () => running.delete(result);
    result.then(done, done);
    return result;
  }
  return query;
}

/** A server process notices that its client is gone, and undoes what was open, a moment after. */
async function arePresent(pool: Pool, processes: readonly unknown[]): Promise<boolean> {
  if (processes.length === 0) return false;
  const { rowCount } = await pool.query("SELECT FROM pg_stat_activity WHERE pid = ANY ($1)", [processes]);
  return rowCount !== 0;
}
