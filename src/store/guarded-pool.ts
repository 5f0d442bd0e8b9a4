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
const BEGINS = /^\s*(?:begin|start)\b/i;
const COMMITS = /^\s*commit\b/i;

/**
 * The pool as the store takes connections from it, with what pg leaves to its users: a connection that broke while it was
 * lent out ends neither the process nor comes back; a first statement that met a dead connection is sent again on a
 * fresh one, where that is harmless; and what passes is thrown as `BooksUnavailable`. `sees` says, whenever a connection is
 * lent, whose rows it shows: an account, "*" for all, or nothing.
 */
export function guardedPool(pool: Pool, sees: () => string = seesAll): PostgresPool {
  let wasReached = false;
  const connect = async (): Promise<PoolClient> => {
    const until = performance.now() + CONNECT_AGAIN_FOR_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        const client = await lend(pool, sees());
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

const SEES_ALL = "*";
const seesAll = () => SEES_ALL;
/** Whose rows each connection shows, as row-level security asks it (migration 0012). */
const shown = new WeakMap<ClientBase, string>();

/** A connection that shows what `sees` says and nothing else. */
async function lend(pool: Pool, sees: string): Promise<PoolClient> {
  const client = await pool.connect();
  if (shown.get(client) === sees) return client;
  try {
    await client.query("SELECT set_config('orderseal.sees', $1, false)", [sees]);
    shown.set(client, sees);
    return client;
  } catch (error) {
    // Nobody knows what it would show.
    client.release(true);
    throw error;
  }
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
    `SELECT pid, backend_start::text AS "startedAt", set_config('orderseal.sees', '${SEES_ALL}', false)
     FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
  );
  shown.set(client, SEES_ALL);
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
  let isGivenBack = false;
  let isFresh = true;
  let isBegun = false;
  let wrote = false;

  const giveBack = (): void => {
    if (isGivenBack) return;
    isGivenBack = true;
    // In the middle of a transaction it would take its locks along to whoever is lent it next.
    client.release(isLost || client.getTransactionStatus() !== "I");
  };
  const send = async <Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> => {
    if (isLost) throw new BooksUnavailable("unreachable", new Error("the connection is broken"));
    const lent: PostgresPoolClient = client;
    try {
      const result = await lent.query<Row>(text, parameters);
      // So the server answers to the commit of a transaction of which a statement has failed.
      const command: string = result.command;
      if (COMMITS.test(text) && command === "ROLLBACK")
        throw new Error("a failed transaction was undone, not committed");
      return result;
    } catch (error) {
      isLost ||= endsConnection(error);
      if (isLost && COMMITS.test(text)) throw new CommitLost(error, backends.get(client) ?? null, wrote);
      // On its own it is its own commit.
      if (isLost && !isBegun && !CHANGES_NOTHING.test(text)) throw new BooksUnavailable("in_doubt", error);
      throw asUnavailable(error) ?? error;
    }
  };
  const sendSafely = async <Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> => {
    const mayBeSentAgain = isFresh && MAY_BE_SENT_AGAIN.test(text);
    const began = performance.now();
    isFresh = false;
    isBegun ||= BEGINS.test(text);
    wrote ||= !CHANGES_NOTHING.test(text);
    try {
      return await send(text, parameters);
    } catch (error) {
      // Whoever has waited for a server that says nothing has waited.
      if (!isLost || !mayBeSentAgain || performance.now() - began > CONNECT_AGAIN_FOR_MS) throw error;
    }
    giveBack();
    client = await connect();
    isLost = false;
    isGivenBack = false;
    return send(text, parameters);
  };
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query<Row>(what: string | PostgresCursor<Row>, parameters: readonly unknown[] = []) {
    const lent: PostgresPoolClient = client;
    return typeof what === "string" ? sendSafely<Row>(what, parameters) : lent.query(what);
  }
  return { query, release: giveBack };
}
