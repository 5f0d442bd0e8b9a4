import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedPostgresError, errorCode } from "./embedded-postgres-error.ts";
import { type Location, ownerId } from "./location.ts";
import { asOwner, openOwned, readStart } from "./ownership.ts";

const FILE = "password";

/** What `ensurePassword` writes. It goes into SQL between quotes, so nothing else is taken for one. */
const PASSWORD = /^[\w-]{32,64}$/;

/**
 * The password kept in `directory/password`; null when there is none yet. Throws one sentence when it is unreadable,
 * a link, somebody else's or no password.
 */
export async function readPassword(location: Location): Promise<string | null> {
  return await withFile(location, async (file) => {
    if (((await file.stat()).mode & 0o077) !== 0) {
      throw new EmbeddedPostgresError(
        `${join(location.directory, FILE)} is open to other users: close it with chmod 600.`,
      );
    }
    const text = (await readStart(file)).trim();
    if (text === "" || PASSWORD.test(text)) return text || null;
    throw new EmbeddedPostgresError(
      `${join(location.directory, FILE)} holds no database password: restore the one that was made with the database, or delete the file if there is no database yet.`,
    );
  });
}

/**
 * The password, made and kept if there is none: mode 0600, of whoever owns the directory, on the disk before it
 * returns, because a database whose password was lost in a power cut could not be opened again. Call under the
 * start lock.
 */
export async function ensurePassword(location: Location): Promise<string> {
  const kept = await readPassword(location);
  if (kept !== null) return kept;
  const password = randomBytes(24).toString("base64url");
  // `set -C` opens with O_EXCL; the rename replaces what a power cut left empty, and a link instead of its target.
  const write = 'umask 077; rm -f -- "$1.new"; set -C; cat > "$1.new"; mv -f -- "$1.new" "$1"';
  await asOwner(location.owner, write, [join(location.directory, FILE)], `${password}\n`);
  await withFile(location, (file) => file.sync());
  return password;
}

async function withFile<Result>(
  { directory, owner }: Location,
  use: (file: FileHandle) => Promise<Result>,
): Promise<Result | null> {
  const path = join(directory, FILE);
  try {
    const file = await openOwned(path, constants.O_RDONLY, ownerId(owner));
    return await use(file).finally(() => file.close());
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      `The database password in ${path} cannot be read (${errorCode(error)}): run Orderseal as the file's owner or as root.`,
    );
  }
}
