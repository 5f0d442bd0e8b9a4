import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { ClientBase, Pool, PoolClient } from "pg";
import { BooksUnavailable } from "../application/books-unavailable.ts";
import { pauseAfter } from "./pause.ts";
import { asUnavailable, endsConnection } from "./unavailability.ts";

/** For a database that restarts; a request has not begun to do anything then, and may as well wait. */
const CONNECT_AGAIN_FOR_MS = 3_000;

/** Reading, or only the beginning of something: had it been done, nothing would have come of it. */
const MAY_BE_SENT_AGAIN = /^\s*(?:select|begin|start transaction)\b/i;
const CHANGES_NOTHING = /^\s*(?:select|begin|start|set|commit|rollback|savepoint|release)\b/i;

function isCommit(text: string): boolean {
  return /^\s*commit\b/i.test(text);
}

/**
 * The pool as the store takes connections from it, with what pg leaves to its users: a connection that broke while it was
 * lent out ends neither the process nor comes back; a first statement that met a dead connection is sent again on a
 * fresh one, where that is harmless; and what passes is thrown as `BooksUnavailable`.
 */
export function guardedPool(pool: Pool): PostgresPool {
  let wasReached = false;
  const connect = async (): Promise<PoolClient> => {
    const until = performance.now() + CONNECT_AGAIN_FOR_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        const client = await pool.connect();
        wasReached = true;
        return client;
      } catch (error) {
        const unavailable = asUnavailable(error);
        if (!unavailable) throw error;
        // One that never answered was most likely set wrongly, and whoever starts should hear of it at once; and whoever
        // has waited for a connection to become free has waited.
        const isPoolExhausted = unavailable.kind === "busy" && unavailable.code === "";
        if (!wasReached || isPoolExhausted || performance.now() > until) throw unavailable;
        await pauseAfter(attempt);
      }
    }
  };
  return { end: () => pool.end(), connect: async () => guardedClient(await connect(), connect) };
}

/** The server's process behind a connection; pids are used again, and the instant tells them apart. */
export interface Backend {
  readonly pid: number;
  readonly startedAt: string;
}

const backends = new WeakMap<ClientBase, Backend>();

/** To be done with each new connection before it is used. */
export async function meetBackend(client: ClientBase): Promise<void> {
  // While a connection is lent out, the pool does not listen, and an error that nobody hears ends the process.
  client.on("error", () => {});
  const { rows } = await client.query<Backend>(
    `SELECT pid, backend_start::text AS "startedAt" FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
  );
  if (rows[0]) backends.set(client, rows[0]);
}

/** The connection broke between a commit and its answer. */
export class CommitLost extends BooksUnavailable {
  /** Null where the server does not say which process it is. */
  readonly backend: Backend | null;
  /** False: nothing was changed, so that nothing is lost. */
  readonly wrote: boolean;

  constructor(cause: unknown, backend: Backend | null, wrote: boolean) {
    super("in_doubt", cause);
    this.backend = backend;
    this.wrote = wrote;
  }
}

function guardedClient(first: PoolClient, connect: () => Promise<PoolClient>): PostgresPoolClient {
  let client = first;
  let isLost = false;
  let isFresh = true;
  let wrote = false;

  const send = async <Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> => {
    if (isLost) throw new BooksUnavailable("unreachable", new Error("the connection is broken"));
    const lent: PostgresPoolClient = client;
    try {
      const result = await lent.query<Row>(text, parameters);
      // So the server answers to the commit of a transaction of which a statement has failed.
      const command: string = result.command;
      if (isCommit(text) && command === "ROLLBACK") throw new Error("a failed transaction was undone, not committed");
      return result;
    } catch (error) {
      isLost = endsConnection(error);
      if (isLost && isCommit(text)) throw new CommitLost(error, backends.get(client) ?? null, wrote);
      throw asUnavailable(error) ?? error;
    }
  };
  const sendSafely = async <Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> => {
    const mayBeSentAgain = isFresh && MAY_BE_SENT_AGAIN.test(text);
    isFresh = false;
    wrote ||= !CHANGES_NOTHING.test(text);
    try {
      return await send(text, parameters);
    } catch (error) {
      if (!isLost || !mayBeSentAgain) throw error;
    }
    client.release(true);
    client = await connect();
    isLost = false;
    return send(text, parameters);
  };
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query<Row>(what: string | PostgresCursor<Row>, parameters: readonly unknown[] = []) {
    const lent: PostgresPoolClient = client;
    return typeof what === "string" ? sendSafely<Row>(what, parameters) : lent.query(what);
  }
  // In the middle of a transaction it would take its locks along to whoever is lent it next.
  return { query, release: () => client.release(isLost || client.getTransactionStatus() !== "I") };
}
