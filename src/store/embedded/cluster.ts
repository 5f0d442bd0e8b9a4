import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { type Location, ownerId } from "./location.ts";
import { asOwner, readPlain } from "./ownership.ts";
import { ensurePassword } from "./password.ts";
import { runProgram } from "./program.ts";

/** The role the application connects as. No superuser: a superuser passes by row-level security, even when forced. */
export const ROLE = "orderseal";
export const DATABASE = "orderseal";

const GROWING = "initdb-";
const DISCARDED = "discarded-";

/**
 * Starting values, written to postgresql.conf, where the operator may change them. Meant for one small machine that
 * also runs Node: no parallel query (it needs /dev/shm, 64 MB in a container), no compilation of queries, no I/O
 * workers. Durability is PostgreSQL's default and written out so that nobody has to wonder.
 */
const SETTINGS: Record<string, string> = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  max_connections: "100",
  shared_buffers: "64MB",
  work_mem: "4MB",
  maintenance_work_mem: "64MB",
  max_wal_size: "512MB",
  max_parallel_workers_per_gather: "0",
  jit: "off",
  io_method: "sync",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_checkpoints: "off",
  // Who creates a role may act as it: the application's own role does, to step down for row-level security.
  createrole_self_grant: "set, inherit",
};

/**
 * Makes `location.data` if there is none: a cluster with the role and the database, on the disk, then put in place by
 * one rename, so that a kill or a power cut at any moment leaves all of it or nothing. Removes what earlier attempts
 * left. True when it made one. Call under the start lock.
 */
export async function ensureCluster(location: Location, binaries: Binaries): Promise<boolean> {
  await removeLeftovers(location);
  if (await hasCluster(location, binaries)) return false;
  const password = await ensurePassword(location);
  const growing = join(location.base, GROWING + randomBytes(6).toString("hex"));
  try {
    await makeFor(location, growing);
    await initialise(location, binaries, growing, password);
    // An empty directory may be there already; mv would move into it.
    const move = 'if test -d "$2"; then rmdir -- "$2"; fi; mv -- "$1" "$2"';
    await asOwner(location.baseOwner, move, [growing, location.data]);
    await syncDirectory(location.base);
    return true;
  } catch (error) {
    await remove(location, growing);
    throw error;
  }
}

/** A private directory of the server's account. Given away by its handle: its path may lead elsewhere by then. */
async function makeFor({ user, baseOwner }: Location, path: string): Promise<void> {
  await asOwner(baseOwner, 'mkdir -m 700 -- "$1"', [path]);
  if (user === null || user.uid === baseOwner?.uid) return;
  const directory = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    if ((await directory.stat()).uid !== ownerId(baseOwner)) {
      throw new EmbeddedPostgresError(`${path} was swapped for another directory: find out by whom and try again.`);
    }
    await directory.chown(user.uid, user.gid);
  } finally {
    await directory.close();
  }
}

/**
 * Writing without syncing and then syncing once is as durable, because the rename comes after:
 * initdb alone took 0.37 s without and 0.54 s with syncing, on two cores with an SSD.
 */
async function initialise(location: Location, binaries: Binaries, data: string, password: string): Promise<void> {
  const run = async (doing: string, program: string, args: string[], input?: string) => {
    const done = await runProgram(program, args, location.user, input);
    if (done.succeeded) return;
    const cause = done.output.replaceAll(password, "***");
    throw new EmbeddedPostgresError(
      `PostgreSQL could not ${doing} in ${location.base}: correct what it says below, or set DATABASE_URL.\n${cause}`,
    );
  };
  const initdbArguments = [
    ...["-D", data, "--username=postgres", "--pwfile=/dev/stdin", "--auth=scram-sha-256"],
    // The builtin provider compares by code point, alike on every system and never changed by a libc or ICU update.
    ...["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    ...["--data-checksums", "--no-instructions", "--no-sync"],
    ...Object.entries(SETTINGS).flatMap(([name, value]) => ["--set", `${name}=${value}`]),
  ];
  // Through cat, because Node's pipes are sockets on Linux, which cannot be opened by the name /dev/stdin.
  const withPassword = ["-c", 'cat | "$@"', "sh", binaries.initdb, ...initdbArguments];
  await run("make its data directory", "/bin/sh", withPassword, `${password}\n`);
  await run(
    "create the database",
    binaries.postgres,
    ["--single", "-D", data, "-c", "fsync=off", "-c", "exit_on_error=on", "postgres"],
    [
      `CREATE ROLE ${ROLE} LOGIN CREATEDB CREATEROLE PASSWORD '${password}'`,
      `GRANT pg_monitor TO ${ROLE}`,
      `CREATE DATABASE ${DATABASE} OWNER ${ROLE}`,
      "",
    ].join("\n"),
  );
  await run("write its data to the disk", binaries.initdb, ["-D", data, "--sync-only"]);
}

async function hasCluster(location: Location, binaries: Binaries): Promise<boolean> {
  const version = await readPlain(join(location.data, "PG_VERSION"));
  if (version === null || !/^\d+(\.\d+)?\s*$/.test(version)) {
    const entries = await readdir(location.data).catch(() => []);
    if (entries.length === 0) return false;
    throw new EmbeddedPostgresError(
      `${location.data} holds files but no PostgreSQL data: move them away, or restore the missing ones.`,
    );
  }
  const [made, ours] = [version.trim(), binaries.version.split(".")[0] ?? ""];
  if (made === ours) return true;
  throw new EmbeddedPostgresError(
    `The data in ${location.data} was made by PostgreSQL ${made} and this release brings ${ours}: dump it with the release that made it and load it into a new home.`,
  );
}

/**
 * An initdb whose Node was killed goes on alone for a moment. Renaming its directory first takes the path away from
 * under it, so it fails instead of filling what we are deleting.
 */
async function removeLeftovers(location: Location): Promise<void> {
  const { base, baseOwner } = location;
  for (const name of await readdir(base)) {
    if (!name.startsWith(GROWING) && !name.startsWith(DISCARDED)) continue;
    const discarded = join(base, DISCARDED + randomBytes(6).toString("hex"));
    await asOwner(baseOwner, 'mv -- "$1" "$2"', [join(base, name), discarded]);
    await remove(location, discarded);
  }
}

/**
 * The server's account empties what it wrote and the owner of `base` removes the rest. What resists, because a dying
 * initdb still writes, is left for the next start.
 */
async function remove({ user, baseOwner }: Location, path: string): Promise<void> {
  for (const account of user === null ? [baseOwner] : [user, baseOwner]) {
    await runProgram("/bin/rm", ["-rf", "--", path], account);
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
