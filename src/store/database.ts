import { Kysely, PostgresDialect } from "kysely";
import { Pool, type PoolConfig } from "pg";
import { type FaultPoints, NO_FAULTS } from "../application/fault-points.ts";
import { sightNow } from "../application/sight.ts";
import { guardedPool, meetBackend } from "./guarded-pool.ts";
import type { Tables } from "./tables.ts";
import { watchedPool } from "./watched-pool.ts";

export type Database = Kysely<Tables>;

/**
 * `requests`: what somebody waits for. `schedule`: what has to be finished however many ask, and so has connections of its
 * own. `maintenance`: migrations and the like, which may take as long as they take.
 */
export type DatabaseUse = "requests" | "schedule" | "maintenance";

/** For one to be free, or to be made. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * So that a node that hangs, and not only one that dies, gives up its locks: 10 s without a next statement end its
 * transaction, which otherwise would hold an order for as long as the process stands still. Ours are milliseconds without
 * one, as no network is waited for in them. A lock is waited for a little longer than that, so that who waits for a
 * node that hangs goes on in the end; the longest statement of a request takes some tens of milliseconds.
 */
const LIMITS = {
  lock_timeout: 12_000,
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 10_000,
  // On our side, for a server that cannot even say that the statement took too long.
  query_timeout: 20_000,
};

const OPTIONS: Readonly<Record<DatabaseUse, PoolConfig>> = {
  requests: { ...LIMITS, max: 16, application_name: "orderseal" },
  schedule: { ...LIMITS, max: 3, application_name: "orderseal schedule" },
  maintenance: { max: 2, application_name: "orderseal maintenance" },
};

/**
 * Opens a pool on PostgreSQL 15 or later; the caller destroys it. What passes by itself is thrown as `BooksUnavailable`;
 * `connection` may set any limit otherwise.
 */
export function openDatabase(
  connection: PoolConfig,
  faults: FaultPoints = NO_FAULTS,
  use: DatabaseUse = "requests",
): Database {
  const pool = new Pool({
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // A peer that vanished without a word is noticed by the system, also while nothing is asked.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...OPTIONS[use],
    ...connection,
    onConnect: meetBackend,
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on("error", () => {});
  const guarded = use === "requests" ? guardedPool(pool, seesNow) : guardedPool(pool);
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: faults === NO_FAULTS ? guarded : watchedPool(guarded, faults) }),
  });
}

/** Whose rows the request may see for which a connection is lent; an account's id has no asterisk. */
function seesNow(): string {
  const sees = sightNow();
  if (sees === "everything") return "*";
  return sees === "nothing" ? "" : sees.account;
}
