import { Kysely, PostgresDialect } from "kysely";
import { Pool, type PoolConfig } from "pg";
import { type FaultPoints, NO_FAULTS } from "../application/fault-points.ts";
import type { Tables } from "./tables.ts";
import { watchedPool } from "./watched-pool.ts";

export type Database = Kysely<Tables>;

const CONNECTIONS = 16;
const CONNECT_TIMEOUT_MS = 10_000;

/** Opens a pool on PostgreSQL 15 or later; the caller destroys it. */
export function openDatabase(connection: PoolConfig, faults: FaultPoints = NO_FAULTS): Database {
  const pool = new Pool({ max: CONNECTIONS, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, ...connection });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on("error", () => {});
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: faults === NO_FAULTS ? pool : watchedPool(pool, faults) }),
  });
}
