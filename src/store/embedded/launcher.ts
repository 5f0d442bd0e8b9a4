import { setTimeout as sleep } from "node:timers/promises";
import type { Binaries } from "./binaries.ts";
import { prepareBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import type { Connection, Lease } from "./lease.ts";
import { endQuietly, giveUpLease, keepLease, takeLease } from "./lease.ts";
import type { Location } from "./location.ts";
import { ensureSharedDirectory, settleLocation } from "./location.ts";
import { readPassword } from "./password.ts";
import type { Spawned } from "./postmaster.ts";
import { isPostmaster, readPidFile, startFailed, startPostmaster, stopPostmaster } from "./postmaster.ts";
import { withStartLock } from "./start-lock.ts";
import { weAreRoot } from "./unprivileged.ts";

export type EmbeddedPostgres = {
  /** `host` is the directory of the Unix socket; there is no TCP. The role owns the database and is no superuser. */
  connection: Connection;
  dataDirectory: string;
  started: "created" | "started" | "joined";
  /** Stops the server if nobody else has it open. End your own pool first. A second call does nothing. */
  close(): Promise<void>;
};

/** `log` gets a line for what the operator should know. `packageDirectory` and `sharedDirectory` are for tests. */
export type EmbeddedPostgresOptions = {
  directory: string;
  log?: (line: string) => void;
  packageDirectory?: string;
  sharedDirectory?: string;
};

type Started = EmbeddedPostgres["started"];
type House = { location: Location; binaries: Binaries; log: (line: string) => void };

const PATIENCE_MS = 30_000;
/** Recovery replays at most `max_wal_size` and a little, but a slow disk may need minutes for it. */
const RECOVERY_PATIENCE_MS = 15 * 60_000;

/**
 * Opens the PostgreSQL that ships with us on `directory`: makes the database if there is none, starts the server if
 * it is down, joins the one that runs otherwise. Several processes may have it open; the last to close stops it. A
 * server whose Node was killed is found again and joined; after a crash PostgreSQL recovers before this returns.
 * Throws `EmbeddedPostgresError` with one sentence, leaving no process behind that it started.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const location = await settleLocation(options.directory, log, options.sharedDirectory);
  const binaries = await prepareBinaries(
    {
      user: location.user,
      copyParent: async () =>
        weAreRoot() ? await ensureSharedDirectory(location.sharedDirectory) : location.directory,
      ...(options.packageDirectory === undefined ? {} : { packageDirectory: options.packageDirectory }),
    },
    log,
  );
  const house: House = { location, binaries, log };
  const { lease, started } = await acquire(house, new AbortController().signal);
  const keeper = keepLease(lease, async (signal) => (await acquire(house, signal)).lease, log);
  let closing: Promise<void> | null = null;
  return {
    connection: lease.connection,
    dataDirectory: location.data,
    started,
    close: () => {
      closing ??= keeper.release().then((held) => close(house, held));
      return closing;
    },
  };
}

/** Our lease may have been lost a moment ago; then one is taken for the question whether we are the last. */
async function close({ location }: House, held: Lease | null): Promise<void> {
  const lease = held ?? (await leaseOfRunning(location));
  if (lease === null) return;
  const last = await giveUpLease(lease);
  const server = await readPidFile(location.data);
  if (last && server) await stopPostmaster(server.pid, location.data);
  await endQuietly(lease.client);
}

async function leaseOfRunning(location: Location): Promise<Lease | null> {
  const sight = await look(location).catch(() => null);
  return sight?.kind === "leased" ? sight.lease : null;
}

type Sight = { kind: "down" } | { kind: "leased"; lease: Lease } | { kind: "busy"; why: string; recovering: boolean };

/**
 * Asks the socket before the pid: a server that answers is running, whatever our view of the process table (another
 * container on the same volume has its own).
 */
async function look(location: Location): Promise<Sight> {
  const { data, directory } = location;
  const server = await readPidFile(data);
  if (server === null) return { kind: "down" };
  let why = "it has not opened its socket yet";
  if (server.socketDirectory !== "") {
    const password = await readPassword(location);
    if (password === null) {
      throw new EmbeddedPostgresError(
        `The password of the database in ${directory} is gone: restore the file "password".`,
      );
    }
    const reply = await takeLease({ host: server.socketDirectory, port: server.port }, password, data);
    if (reply.kind === "leased") return reply;
    why = reply.why;
    if (reply.speaks) return { kind: "busy", why, recovering: !server.stopping && /start|recover|not yet/.test(why) };
  }
  if (await isPostmaster(server.pid, data)) return { kind: "busy", why, recovering: false };
  return { kind: "down" };
}

/** Joins, or starts and joins, until it holds a lease; tells by `started` which it was. */
async function acquire(house: House, signal: AbortSignal): Promise<{ lease: Lease; started: Started }> {
  const { location, log } = house;
  const begun = Date.now();
  const latest = begun + RECOVERY_PATIENCE_MS;
  let deadline = begun + PATIENCE_MS;
  let started: Started = "joined";
  let spawned: Spawned | null = null;
  let told = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const sight = await look(location);
      if (sight.kind === "leased") return { lease: sight.lease, started };
      const failure = await spawned?.failure();
      if (failure) throw startFailed(location, failure);
      if (sight.kind === "down") {
        const outcome = await startUnderLock(house);
        if (outcome.created) started = "created";
        else if (outcome.server && started === "joined") started = "started";
        spawned = outcome.server ?? spawned;
        // Waiting for the lock, while another process ran initdb, does not count.
        if (!outcome.held) deadline = Math.min(Date.now() + PATIENCE_MS, latest);
      } else if (sight.recovering) {
        deadline = Math.min(Date.now() + PATIENCE_MS, latest);
        if (!told && Date.now() > begun + 2000) {
          log("PostgreSQL is recovering; waiting for it.");
          told = true;
        }
      }
      if (Date.now() > deadline) throw notReady(location, sight);
      await sleep(15);
    }
  } catch (error) {
    // Who joined our server meanwhile is cut off by this and starts one of its own.
    if (spawned) await stopPostmaster(spawned.pid, location.data);
    throw error;
  }
}

function notReady({ data, directory }: Location, sight: Sight): EmbeddedPostgresError {
  const why = sight.kind === "busy" ? sight.why : "another process still uses its memory";
  return new EmbeddedPostgresError(
    `The PostgreSQL of ${data} does not become ready (${why}): look at server.log in ${directory}, end its processes and try again.`,
  );
}

/** `held`: processes of a server that died still have its memory; they end by themselves. */
type StartOutcome = { created: boolean; held: boolean; server: Spawned | null };

/** Looks again under the lock: whoever held it before us has probably started the server. */
async function startUnderLock({ location, binaries }: House): Promise<StartOutcome> {
  return await withStartLock(location.base, async () => {
    const running = await readPidFile(location.data);
    if (running && (await isPostmaster(running.pid, location.data)))
      return { created: false, held: false, server: null };
    const created = await ensureCluster(location, binaries);
    const server = await startPostmaster(location, binaries);
    return { created, held: server === null, server };
  });
}
