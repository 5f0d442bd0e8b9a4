import { randomBytes } from "node:crypto";
import { lchown, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError, errorCode } from "./embedded-postgres-error.ts";
import type { Location } from "./location.ts";
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
  await removeLeftovers(location.base);
  if (await hasCluster(location, binaries)) return false;
  const password = await ensurePassword(location.directory);
  const growing = join(location.base, GROWING + randomBytes(6).toString("hex"));
  try {
    await mkdir(growing, { mode: 0o700 });
    const passwordFile = join(growing, "password");
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (location.user) {
      await lchown(passwordFile, location.user.uid, location.user.gid);
      await lchown(growing, location.user.uid, location.user.gid);
    }
    await initialise(location, binaries, growing, password);
    await rename(join(growing, "data"), location.data);
    await syncDirectory(location.base);
    return true;
  } finally {
    await rm(growing, { recursive: true, force: true });
  }
}

/**
 * Writing without syncing and then syncing once is as durable, because the rename comes after,:
 * initdb alone took 0.37 s without and 0.54 s with syncing, on two cores with an SSD.
 */
async function initialise(location: Location, binaries: Binaries, growing: string, password: string): Promise<void> {
  const data = join(growing, "data");
  const run = async (doing: string, program: string, args: string[], input?: string) => {
    const done = await runProgram(program, args, location.user, input);
    if (done.succeeded) return;
    const cause = done.output.replaceAll(password, "***");
    throw new EmbeddedPostgresError(
      `PostgreSQL could not ${doing} in ${location.base}: correct what it says below, or set DATABASE_URL.\n${cause}`,
    );
  };
  await run("make its data directory", binaries.initdb, [
    ...["-D", data, "--username=postgres", `--pwfile=${join(growing, "password")}`, "--auth=scram-sha-256"],
    // The builtin provider compares by code point, alike on every system and never changed by a libc or ICU update.
    ...["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    ...["--data-checksums", "--no-instructions", "--no-sync"],
    ...Object.entries(SETTINGS).flatMap(([name, value]) => ["--set", `${name}=${value}`]),
  ]);
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
  const version = await readFile(join(location.data, "PG_VERSION"), "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  });
  if (version === null) {
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
async function removeLeftovers(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (!name.startsWith(GROWING) && !name.startsWith(DISCARDED)) continue;
    const discarded = join(base, DISCARDED + randomBytes(6).toString("hex"));
    await rename(join(base, name), discarded);
    await rm(discarded, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
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
