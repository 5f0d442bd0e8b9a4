import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { link, lstat, mkdir, realpath, rmdir, stat, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EmbeddedPostgresError, errorCode } from "./embedded-postgres-error.ts";
import { readPlain } from "./ownership.ts";
import type { ServerUser } from "./program.ts";
import { chooseServerUser, nameOfUser, requireChangeOfUser, userMay, userWithId, weAreRoot } from "./unprivileged.ts";

/**
 * Where one database lives. `directory` is what the caller named: password, log, pointer. `base` holds the data and
 * what starting needs; it is `directory` itself unless the server's account cannot reach that. `owner` is set when we
 * are root and `directory` belongs to somebody else, `baseOwner` likewise: only as them do we change what is in it.
 */
export type Location = {
  directory: string;
  base: string;
  data: string;
  user: ServerUser | null;
  owner: ServerUser | null;
  baseOwner: ServerUser | null;
  sharedDirectory: string;
};

/** The uid that must own what we read from a directory of `owner`. */
export function ownerId(owner: ServerUser | null): number {
  return owner?.uid ?? process.getuid?.() ?? -1;
}

/** Owned by root and in every account's reach; durable, unlike /tmp. */
const SHARED_DIRECTORY = "/var/lib/orderseal";

const POINTER = "location.json";

/**
 * Settles where the data is and which account the server runs as. The owner of existing data decides the account.
 * When we are root and that account cannot enter `directory`, a new database goes below `sharedDirectory` and
 * `location.json` in `directory` points at it. Throws one sentence when we may not use what is there.
 */
export async function settleLocation(
  wanted: string,
  log: (line: string) => void,
  sharedDirectory = SHARED_DIRECTORY,
): Promise<Location> {
  const directory = await openDirectory(wanted);
  const found = await stat(directory);
  const owner = weAreRoot() ? await ownerOfDirectory(directory, found) : null;
  const pointed = await readPointer(directory, sharedDirectory);
  const at = (base: string, user: ServerUser | null): Location => ({
    directory,
    base,
    data: join(base, "data"),
    user,
    owner,
    baseOwner: base === directory ? owner : null, // the shared directory is root's
    sharedDirectory,
  });
  const base = pointed ?? directory;
  const held = await ownerOf(join(base, "data"), directory);
  if (!weAreRoot()) {
    await requireOurs(directory, held);
    return at(base, null);
  }
  if (held?.uid === 0) {
    throw new EmbeddedPostgresError(
      `${join(base, "data")} belongs to root, but PostgreSQL refuses to run as root: give it to an ordinary account with chown -R, for instance postgres.`,
    );
  }
  if (held && owner && held.uid !== owner.uid) await requireNoLink(join(base, "data"), owner);
  const user = held ? await userWithId(held.uid, held.gid) : await chooseServerUser(found.uid);
  await requireChangeOfUser(user);
  if (await userMay(user, "-x", base)) return at(base, user);
  if (held || pointed) {
    throw new EmbeddedPostgresError(
      `PostgreSQL runs as ${user.name}, which cannot enter ${base}: allow it to pass the directories above (chmod o+x).`,
    );
  }
  const displaced = await displace(directory, sharedDirectory);
  log(
    `${user.name}, the account PostgreSQL runs as under root, cannot enter ${directory}: the data is in ${displaced}, named in ${join(directory, POINTER)}.`,
  );
  return at(displaced, user);
}

/** An ordinary user needs both to be its own: PostgreSQL insists on the data, and we write beside it. */
async function requireOurs(directory: string, data: Stats | null): Promise<void> {
  const us = process.getuid?.();
  const foreign = [await stat(directory), ...(data ? [data] : [])].find((found) => found.uid !== us);
  if (foreign) throw notOurs(directory, await nameOfUser(foreign.uid));
}

/** Null when it is root's, or an account's that cannot get there and so neither write nor swap anything. */
async function ownerOfDirectory(directory: string, { uid, gid }: Stats): Promise<ServerUser | null> {
  if (uid === 0) return null;
  const owner = await userWithId(uid, gid);
  await requireChangeOfUser(owner);
  return (await userMay(owner, "-x", directory)) ? owner : null;
}

/** The owner of a directory may not have us start a server on the data of a third by linking to it. */
async function requireNoLink(data: string, owner: ServerUser): Promise<void> {
  if (!(await lstat(data)).isSymbolicLink()) return;
  throw new EmbeddedPostgresError(`${data} links to data that does not belong to ${owner.name}: remove the link.`);
}

/**
 * As root it stays root's, open to pass through but not to list: the server's account gets `data` alone, so a
 * captured server cannot plant links where root writes. Otherwise it is private.
 */
async function openDirectory(wanted: string): Promise<string> {
  try {
    await mkdir(dirname(wanted), { recursive: true });
    await mkdir(wanted, { mode: weAreRoot() ? 0o711 : 0o700 }).catch((error: unknown) => {
      if (errorCode(error) !== "EEXIST") throw error;
    });
    return await realpath(wanted);
  } catch (error) {
    if (["EACCES", "EPERM"].includes(errorCode(error))) throw notOurs(wanted, "another user");
    throw new EmbeddedPostgresError(
      `The database directory ${wanted} cannot be made (${errorCode(error)}): set ORDERSEAL_HOME to a place that can hold it.`,
    );
  }
}

async function ownerOf(data: string, directory: string): Promise<Stats | null> {
  try {
    return await stat(data);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    if (errorCode(error) === "EACCES") throw notOurs(directory, "another user");
    throw error;
  }
}

async function readPointer(directory: string, sharedDirectory: string): Promise<string | null> {
  const path = join(directory, POINTER);
  const text = await readPlain(path).catch((error: unknown) => {
    if (errorCode(error) === "EACCES") throw notOurs(directory, "another user");
    throw error;
  });
  if (text === null) return null;
  const base = baseIn(text);
  // As root we would run a server on whatever it names, so only the places we make ourselves are accepted.
  const ours =
    base !== null && dirname(base) === join(sharedDirectory, "databases") && /^[0-9a-f-]{36}$/.test(basename(base));
  if (ours && (await stat(base).catch(() => null))?.isDirectory()) return base;
  throw new EmbeddedPostgresError(
    `${path} points at ${base ?? "nothing"}, which is no database of Orderseal: put the data back, or delete ${path} to begin with an empty database.`,
  );
}

function baseIn(text: string): string | null {
  try {
    const pointer: unknown = JSON.parse(text);
    return pointer && typeof pointer === "object" && "base" in pointer && typeof pointer.base === "string"
      ? pointer.base
      : null;
  } catch {
    return null;
  }
}

/** Two that come first at the same time agree: the pointer is written by exclusive creation and read back. */
async function displace(directory: string, sharedDirectory: string): Promise<string> {
  await ensureSharedDirectory(sharedDirectory);
  const base = join(sharedDirectory, "databases", randomUUID());
  await mkdir(dirname(base), { mode: 0o711 }).catch(ignoreExisting);
  await mkdir(base, { mode: 0o711 });
  const draft = join(directory, `${POINTER}.${randomUUID()}`);
  await writeFile(draft, `${JSON.stringify({ base })}\n`, { flag: "wx", mode: 0o600, flush: true });
  try {
    await link(draft, join(directory, POINTER));
    return base;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    await rmdir(base);
    const theirs = await readPointer(directory, sharedDirectory);
    if (theirs === null) throw error;
    return theirs;
  } finally {
    await unlink(draft);
  }
}

/** Makes the directory that root shares with the server's account; throws when others than root could write there. */
export async function ensureSharedDirectory(sharedDirectory: string): Promise<string> {
  try {
    await mkdir(sharedDirectory, { mode: 0o755 }).catch(ignoreExisting);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `PostgreSQL runs under another account than root and needs ${sharedDirectory}, which cannot be made (${errorCode(error)}): put ORDERSEAL_HOME where every account may pass, run as an ordinary user, or set DATABASE_URL.`,
    );
  }
  const found = await stat(sharedDirectory);
  if (found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return sharedDirectory;
  throw new EmbeddedPostgresError(
    `${sharedDirectory} must be a directory that only root can write, because root runs programs from it: correct its owner and mode.`,
  );
}

function ignoreExisting(error: unknown): void {
  if (errorCode(error) !== "EEXIST") throw error;
}

function notOurs(directory: string, owner: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The database in ${directory} belongs to ${owner}: run Orderseal as that user or as root, or set ORDERSEAL_HOME to a directory of your own.`,
  );
}
