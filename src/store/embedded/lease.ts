import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { DATABASE, ROLE } from "./cluster.ts";
import { EmbeddedPostgresError, errorCode, errorText } from "./embedded-postgres-error.ts";

export type Connection = { host: string; port: number; user: string; database: string; password: string };

/** A connection that holds the shared lock: while one exists, nobody stops the server. */
export type Lease = { client: pg.Client; socket: Socket; connection: Connection };

export type LeaseReply =
  | { kind: "leased"; lease: Lease }
  /** The server is starting, recovering, stopping or gone; asking again may help. */
  | { kind: "unavailable"; why: string; speaks: boolean };

/** A number nobody else is likely to lock: "ordersea" as bytes. */
const LOCK = "8030591472429655393";

/**
 * What the server says when it starts, stops, crashed or is full. 57014 is what a stop says to those it meets while
 * they authenticate (as "canceling authentication due to timeout").
 */
const PASSING = new Set(["57P01", "57P02", "57P03", "57014", "53300"]);

/** Takes a lease from the server behind the socket, after making sure that it serves `data` and nothing else. */
export async function takeLease(
  place: { host: string; port: number },
  password: string,
  data: string,
): Promise<LeaseReply> {
  const connection: Connection = { ...place, user: ROLE, database: DATABASE, password };
  const socket = new Socket();
  const client = new pg.Client({
    ...connection,
    stream: () => socket,
    ssl: false,
    connectionTimeoutMillis: 10_000,
    application_name: "orderseal lease",
  });
  // Without a listener, a server that goes away would end the whole process.
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data: string; leased: boolean }>(
      "select current_setting('data_directory') as data, pg_try_advisory_lock_shared($1) as leased",
      [LOCK],
    );
    if (rows[0]?.data !== data) {
      throw new EmbeddedPostgresError(
        `The socket in ${place.host} belongs to the PostgreSQL of ${rows[0]?.data}, not of ${data}: stop that server, or if you moved the directory, stop it and start again.`,
      );
    }
    if (rows[0].leased) {
      socket.unref(); // a lease alone is no reason for the process to go on
      return { kind: "leased", lease: { client, socket, connection } };
    }
    await endQuietly(client);
    return { kind: "unavailable", why: "its last user is just stopping it", speaks: true };
  } catch (error) {
    await endQuietly(client);
    return passing(error, data);
  }
}

function passing(error: unknown, data: string): LeaseReply {
  const code = errorCode(error);
  const why = errorText(error);
  if (error instanceof EmbeddedPostgresError || code === "EACCES" || code === "EPERM") throw error;
  // Whatever else the server did not say itself (refused, reset, ended, timed out) means that it is not there.
  if (!(error instanceof pg.DatabaseError)) return { kind: "unavailable", why, speaks: false };
  if (PASSING.has(code)) return { kind: "unavailable", why, speaks: true };
  if (code === "28P01" || code === "28000") {
    throw new EmbeddedPostgresError(
      `The kept password does not open the database in ${data}: restore the file "password" that was made with it.`,
    );
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL refused a connection to the database in ${data} (${code}: ${why}): look at its server.log.`,
  );
}

/** Gives the lease up; true when nobody else held one, and then nobody can take one until the client ends. */
export async function giveUpLease({ client, socket }: Lease): Promise<boolean> {
  socket.ref();
  try {
    await client.query("select pg_advisory_unlock_shared($1)", [LOCK]);
    const { rows } = await client.query<{ last: boolean }>("select pg_try_advisory_lock($1) as last", [LOCK]);
    return rows[0]?.last === true;
  } catch {
    return false;
  }
}

/** Ends a connection without complaint; one whose server is gone may never answer, so not longer than a second. */
export async function endQuietly(client: pg.Client): Promise<void> {
  const patience = new AbortController();
  const ending = client.end().catch(() => {});
  await Promise.race([ending, sleep(1000, undefined, { signal: patience.signal }).catch(() => {})]);
  patience.abort();
}

/**
 * Holds a lease for as long as the database is open. When it is lost (the server crashed or was stopped by hand) it
 * is taken again with `open`, which starts the server if it is down, so the application's pool finds it back on the
 * same socket. Node is not kept alive by it.
 */
export function keepLease(first: Lease, open: (signal: AbortSignal) => Promise<Lease>, log: (line: string) => void) {
  const stop = new AbortController();
  let lease: Lease | null = null;
  let reopening: Promise<void> = Promise.resolve();

  const hold = (taken: Lease) => {
    lease = taken;
    taken.client.once("end", () => {
      lease = null;
      if (!stop.signal.aborted) reopening = reopen();
    });
  };
  const reopen = async () => {
    log("The connection to PostgreSQL was lost; opening it again.");
    while (!stop.signal.aborted) {
      try {
        hold(await open(stop.signal));
        return;
      } catch (error) {
        if (stop.signal.aborted) return;
        log(`PostgreSQL cannot be opened again: ${errorText(error)}`);
        await sleep(5000, undefined, { ref: false, signal: stop.signal }).catch(() => {});
      }
    }
  };
  hold(first);
  return {
    /** Stops keeping; the lease that is held now, to be given up by the caller, or null. */
    async release(): Promise<Lease | null> {
      stop.abort();
      await reopening;
      return lease;
    },
  };
}
