import { randomBytes } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedPostgresError, errorCode } from "./embedded-postgres-error.ts";
import { giveToOwnerOf } from "./ownership.ts";

const FILE = "password";

/** The password kept in `directory/password`; null when there is none yet. Throws one sentence when it is unreadable. */
export async function readPassword(directory: string): Promise<string | null> {
  try {
    return (await readFile(join(directory, FILE), "utf8")).trim() || null;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw new EmbeddedPostgresError(
      `The database password in ${join(directory, FILE)} cannot be read (${errorCode(error)}): run Orderseal as the file's owner or as root.`,
    );
  }
}

/**
 * The password, made and kept if there is none: mode 0600, of whoever owns the directory, on the disk before it
 * returns, because a database whose password was lost in a power cut could not be opened again. Call under the
 * start lock.
 */
export async function ensurePassword(directory: string): Promise<string> {
  const kept = await readPassword(directory);
  if (kept !== null) return kept;
  const password = randomBytes(24).toString("base64url");
  const path = join(directory, FILE);
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(`${password}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await giveToOwnerOf(directory, path);
  return password;
}
