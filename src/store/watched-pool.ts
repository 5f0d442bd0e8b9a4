import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool } from "pg";
import { type FaultPoints, takeStep } from "../application/fault-points.ts";

/** The pool, each of whose statements is a fault point: "sql begin", "sql insert contracts", "sql commit". */
export function watchedPool(pool: PostgresPool | Pool, faults: FaultPoints): PostgresPool {
  return {
    end: () => pool.end(),
    connect: async () => watchedClient(await pool.connect(), faults),
  };
}

function watchedClient(client: PostgresPoolClient, faults: FaultPoints): PostgresPoolClient {
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query<Row>(what: string | PostgresCursor<Row>, parameters: readonly unknown[] = []) {
    if (typeof what !== "string") return client.query(what);
    return takeStep(faults, stepOf(what), () => client.query<Row>(what, parameters));
  }
  return { query, release: () => client.release() };
}

/** The verb and the first table: enough to name what was interrupted. */
function stepOf(text: string): string {
  const [verb = ""] = /\w+/.exec(text) ?? [];
  const [, table = ""] = /\b(?:into|update|from)\s+"?(\w+)"?/i.exec(text) ?? [];
  return `sql ${verb} ${table}`.trim().toLowerCase();
}
