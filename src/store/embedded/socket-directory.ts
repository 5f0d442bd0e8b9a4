import { createHash, randomBytes } from "node:crypto";
import { lstat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { type Location, ownerId } from "./location.ts";
import { runProgram } from "./program.ts";
import { userMay } from "./unprivileged.ts";

/** It only names the socket; nothing listens on TCP. */
export const PORT = 5432;

/** sun_path is 104 bytes on macOS and 108 on Linux, the closing zero included. */
const LONGEST_PATH_BYTES = 99;

/**
 * A directory for the server's socket that only its account (and root) can enter: the data directory itself, or, where
 * the path would be too long for a socket, one below the system's temporary directory. Whoever wants to connect reads
 * it from postmaster.pid, so its name need not be guessable, nor stay the same.
 */
export async function chooseSocketDirectory(location: Location): Promise<string> {
  if (fits(location.data)) return location.data;
  const name = `orderseal-${createHash("sha256").update(location.data).digest("hex").slice(0, 16)}`;
  for (const parent of [tmpdir(), "/tmp"]) {
    // Another account may have made the first name before us, to be in our way; it cannot foresee the second.
    for (const candidate of [name, `${name}-${randomBytes(4).toString("hex")}`]) {
      const path = join(parent, candidate);
      if (fits(path) && (await ownPrivately(path, location))) return path;
    }
  }
  throw new EmbeddedPostgresError(
    `${location.data} is too long for a socket path and no private directory could be made in ${tmpdir()} or /tmp: set ORDERSEAL_HOME to a shorter path.`,
  );
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${PORT}`)) <= LONGEST_PATH_BYTES;
}

async function ownPrivately(path: string, { user }: Location): Promise<boolean> {
  // Made by the account itself: a directory that root made in a TMPDIR of somebody else could be swapped before a chown.
  await runProgram("/bin/mkdir", ["-m", "700", "--", path], user);
  const found = await lstat(path).catch(() => null);
  if (!found?.isDirectory() || found.uid !== ownerId(user) || (found.mode & 0o077) !== 0) return false;
  return user === null || (await userMay(user, "-x", path));
}
