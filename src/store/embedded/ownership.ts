import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { EmbeddedPostgresError, errorCode } from "./embedded-postgres-error.ts";
import { runProgram, type ServerUser } from "./program.ts";

/** Every file we read here is smaller. */
const MOST_BYTES = 65_536;

/**
 * Runs a few lines of sh as the owner of the directory they change (null: as ourselves) and throws when they fail.
 * Whoever owns a directory can swap what is in it for a link between any two steps of ours, so root never writes,
 * renames or deletes below a directory of somebody else: the owner's own process can do no more than the owner.
 */
export async function asOwner(
  owner: ServerUser | null,
  script: string,
  args: readonly string[],
  input = "",
): Promise<void> {
  const done = await runProgram("/bin/sh", ["-c", `set -e; ${script}`, "sh", ...args], owner, input);
  if (done.succeeded) return;
  throw new EmbeddedPostgresError(
    `${owner?.name ?? "Orderseal"} cannot write in the place of the database: make room or correct the owner and mode of what is named here (${done.output}).`,
  );
}

/**
 * Opens an existing file without following a link. Throws one sentence unless it is a regular file that belongs to
 * `uid` and has one name: root must not be led to a file that the owner of the directory
 * linked or moved there.
 */
export async function openOwned(path: string, flags: number, uid: number): Promise<FileHandle> {
  const file = await openNoLink(path, flags);
  const found = await file.stat();
  if (found.isFile() && found.uid === uid && found.nlink === 1) return file;
  await file.close();
  throw new EmbeddedPostgresError(
    `${path} is no file of its directory's owner (uid ${uid}) with a single name: correct its owner or delete it.`,
  );
}

/** The text of a small regular file; null when there is none. A link is not followed, a pipe is not waited for. */
export async function readPlain(path: string): Promise<string | null> {
  const file = await openNoLink(path, constants.O_RDONLY).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  });
  if (file === null) return null;
  try {
    if (!(await file.stat()).isFile()) throw notPlain(path);
    return await readStart(file);
  } finally {
    await file.close();
  }
}

export async function readStart(file: FileHandle, from = 0): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, from);
  return buffer.toString("utf8", 0, bytesRead);
}

async function openNoLink(path: string, flags: number): Promise<FileHandle> {
  try {
    return await open(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    // ENXIO: a socket, or a pipe that nobody reads.
    if (["ELOOP", "EMLINK", "ENXIO"].includes(errorCode(error))) throw notPlain(path);
    throw error;
  }
}

function notPlain(path: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(`${path} is a link or no regular file, which Orderseal does not follow: delete it.`);
}
