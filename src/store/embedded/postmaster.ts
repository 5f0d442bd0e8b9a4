import { spawn } from "node:child_process";
import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError, errorCode, errorText } from "./embedded-postgres-error.ts";
import { type Location, ownerId } from "./location.ts";
import { asOwner, openOwned, readPlain, readStart } from "./ownership.ts";
import { commandLine, isAlive } from "./process-identity.ts";
import { identity, serverEnvironment } from "./program.ts";
import { chooseSocketDirectory, PORT } from "./socket-directory.ts";

/** What postmaster.pid says; `socketDirectory` is "" in the first moments of a start. */
export type PidFile = { pid: number; port: number; socketDirectory: string; stopping: boolean };

/** A server we spawned. `failure()` is set once it has ended by itself with an error: the tail of its log. */
export type Spawned = { pid: number; failure: () => Promise<string | null> };

const LONGEST_START_MS = 30_000;
const LONGEST_FAST_STOP_MS = 60_000;
const LONGEST_IMMEDIATE_STOP_MS = 10_000;
const LARGEST_LOG_BYTES = 10_000_000;

export async function readPidFile(data: string): Promise<PidFile | null> {
  const text = await readPlain(join(data, "postmaster.pid"));
  if (text === null) return null;
  const lines = text.split("\n").map((line) => line.trim());
  const [pid, , , port, socket = "", , , status] = lines;
  const socketDirectory = socket.startsWith("/") ? socket : ""; // anything else would be a host to connect to
  return { pid: Number(pid) || 0, port: Number(port) || 0, socketDirectory, stopping: status === "stopping" };
}

/**
 * Whether the process is the PostgreSQL server of this data directory, told by its command line. Pids are used again,
 * above all in containers, and the program that has it now must neither be waited for nor be signalled.
 */
export async function isPostmaster(pid: number, data: string): Promise<boolean> {
  if (pid <= 0 || !isAlive(pid)) return false;
  const command = await commandLine(pid);
  return command.includes("postgres") && command.includes(`-D ${data} `);
}

/**
 * Starts the server in a session of its own, so that neither Ctrl-C nor the death of Node ends it, and returns when it
 * holds the data directory; it may still be recovering. Null when another server is just leaving the data: try again.
 * Throws, with the tail of its log, when it fails. Call under the start lock.
 */
export async function startPostmaster(location: Location, binaries: Binaries): Promise<Spawned | null> {
  const logPath = join(location.directory, "server.log");
  const log = await openLog(logPath, location);
  const logStart = (await log.stat()).size;
  const socketDirectory = await chooseSocketDirectory(location);
  await forgetForeignPid(join(location.data, "postmaster.pid"), location);
  await forgetForeignPid(join(socketDirectory, `.s.PGSQL.${PORT}.lock`), location);
  const child = spawn(binaries.postgres, serverArguments(location.data, socketDirectory), {
    cwd: "/",
    detached: true,
    env: serverEnvironment(location.user),
    ...identity(location.user),
    stdio: ["ignore", log.fd, log.fd],
  });
  let ended: "running" | "cleanly" | "badly" = "running";
  let endedBy = "";
  child.once("exit", (code, signal) => {
    ended = code === 0 ? "cleanly" : "badly";
    if (signal) endedBy = `It was ended by ${signal}.`;
  });
  child.once("error", (error) => {
    ended = "badly";
    endedBy = error.message;
  });
  child.unref();
  await log.close();
  const failure = async () =>
    ended === "badly" ? `${await readTail(logPath, logStart, location)}\n${endedBy}`.trim() : null;

  const deadline = Date.now() + LONGEST_START_MS;
  for (;;) {
    const tail = await failure();
    if (tail !== null) {
      if (/pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(tail)) return null;
      throw startFailed(location, tail);
    }
    const { pid } = child;
    if (pid !== undefined && (await readPidFile(location.data))?.pid === pid) return { pid, failure };
    if (Date.now() > deadline) {
      child.kill("SIGKILL");
      throw startFailed(location, `It did not take its data directory in ${LONGEST_START_MS / 1000} s.`);
    }
    await sleep(10);
  }
}

export function startFailed(location: Location, tail: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL did not start on ${location.data}: correct what the end of ${join(location.directory, "server.log")} says, or set DATABASE_URL.\n${tail}`,
  );
}

/**
 * Stops the server, if it still is one of this data directory: sessions are cut, everything is written (fast
 * shutdown). One that does not end in a minute is stopped without its last checkpoint, which its next start makes up for.
 */
export async function stopPostmaster(pid: number, data: string): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", LONGEST_FAST_STOP_MS],
    ["SIGQUIT", LONGEST_IMMEDIATE_STOP_MS],
  ] as const) {
    if (!(await isPostmaster(pid, data))) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (errorCode(error) === "ESRCH") return;
      throw new EmbeddedPostgresError(
        `The PostgreSQL of ${data} (process ${pid}) may not be stopped: ${errorText(error)}.`,
      );
    }
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      if (!(await isPostmaster(pid, data))) return;
      await sleep(10);
    }
  }
  throw new EmbeddedPostgresError(`The PostgreSQL of ${data} (process ${pid}) does not end: end it with kill -9.`);
}

/**
 * PostgreSQL refuses to start while the pid in one of its lock files is alive, whoever that is. Its own check of the
 * shared memory still keeps two servers apart once the file is gone.
 */
async function forgetForeignPid(lockFile: string, { data, user }: Location): Promise<void> {
  const text = await readPlain(lockFile);
  if (text === null) return;
  const pid = Number.parseInt(text, 10) || 0;
  if (pid > 0 && !isAlive(pid)) return;
  if (!(await isPostmaster(pid, data))) await asOwner(user, 'rm -f -- "$1"', [lockFile]);
}

/** Settings of the launcher, not of the operator: on the command line they win over postgresql.conf. */
function serverArguments(data: string, socketDirectory: string): string[] {
  const settings = {
    listen_addresses: "",
    port: String(PORT),
    unix_socket_directories: `"${socketDirectory.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
    logging_collector: "off",
    log_destination: "stderr",
    // Messages and details of failed statements quote rows; the service that sent them says by code what failed. Beyond
    // errors rank the notes of the server itself (its starts, recoveries, ends), which stay.
    log_min_messages: "log",
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
  };
  return ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

/** Made by the owner of its directory, opened by us and handed to the server, which need not be able to reach it. */
async function openLog(path: string, { owner }: Location): Promise<FileHandle> {
  const size = (await lstat(path).catch(() => null))?.size ?? 0;
  if (size > LARGEST_LOG_BYTES) await asOwner(owner, 'mv -f -- "$1" "$1.1"', [path]);
  await asOwner(owner, 'umask 077; test -e "$1" || { set -C; : > "$1"; }', [path]);
  return await openOwned(path, constants.O_WRONLY | constants.O_APPEND, ownerId(owner));
}

async function readTail(path: string, from: number, { owner }: Location): Promise<string> {
  const file = await openOwned(path, constants.O_RDONLY, ownerId(owner));
  const text = await readStart(file, from).finally(() => file.close());
  return text.trim().split("\n").slice(-15).join("\n");
}
