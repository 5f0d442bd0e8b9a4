import { lstat, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, normalize } from "node:path";
import { copyBinaries, type LibraryLink } from "./binaries-copy.ts";
import { EmbeddedPostgresError, errorCode } from "./embedded-postgres-error.ts";
import type { ServerUser } from "./program.ts";
import { runProgram } from "./program.ts";
import { userMay } from "./unprivileged.ts";

/** Programs that run as the server's user; `root` holds their bin, lib and share. */
export type Binaries = { root: string; version: string; initdb: string; postgres: string };

/** Where to look for the package (default: node_modules), and where a copy may go when it cannot be used in place. */
export type BinariesOptions = { user: ServerUser | null; copyParent: () => Promise<string>; packageDirectory?: string };

/**
 * Finds PostgreSQL in the npm package of this platform and makes it runnable for `user`: recreates the library links
 * when npm skipped the package's install script, and copies the programs (60 MB) where the package is read-only
 * without its links, or out of the user's reach. Throws one sentence when that cannot be done.
 */
export async function prepareBinaries(options: BinariesOptions, log: (line: string) => void): Promise<Binaries> {
  const packageDirectory = options.packageDirectory ?? findPackage();
  const version = await packageVersion(packageDirectory);
  const native = join(packageDirectory, "native");
  const linked = await repairLinks(packageDirectory);
  const here = binariesAt(native, version);
  if (linked && (await isReachable(here, options.user))) return await proven(here, options.user);

  const why = linked ? `${options.user?.name ?? "the server"} cannot reach` : "the library links are missing from";
  const target = join(await options.copyParent(), `postgres-${version}`);
  const copy = binariesAt(target, version);
  if ((await runProgram(copy.postgres, ["--version"], options.user)).succeeded) return copy;
  log(`Copying PostgreSQL to ${target}, because ${why} ${native}.`);
  await copyBinaries(native, target, await readLinks(packageDirectory));
  return await proven(copy, options.user);
}

function binariesAt(root: string, version: string): Binaries {
  return { root, version, initdb: join(root, "bin", "initdb"), postgres: join(root, "bin", "postgres") };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedPostgresError(
      `No embedded PostgreSQL for ${process.platform}/${process.arch}: the optional package ${name} is not installed; install it with npm where it exists, or set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
}

async function packageVersion(packageDirectory: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageDirectory, "package.json"), "utf8"));
  const version = manifest && typeof manifest === "object" && "version" in manifest ? manifest.version : "";
  if (typeof version === "string" && /^[\w.-]+$/.test(version)) return version;
  throw new EmbeddedPostgresError(`The package in ${packageDirectory} names no version: install it again with npm.`);
}

async function readLinks(packageDirectory: string): Promise<LibraryLink[]> {
  const text = await readFile(join(packageDirectory, "native", "pg-symlinks.json"), "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return "[]";
    throw error;
  });
  const links: unknown = JSON.parse(text);
  if (!Array.isArray(links)) return [];
  return links.flatMap((link: unknown) => {
    if (!link || typeof link !== "object" || !("source" in link) || !("target" in link)) return [];
    const { source, target } = link;
    if (typeof source !== "string" || typeof target !== "string") return [];
    // The list comes with the package, yet it decides where we write: nothing outside of native/ is accepted.
    const inside = [source, target].every((path) => normalize(path).startsWith("native/"));
    return inside && dirname(source) === dirname(target) ? [{ source, target }] : [];
  });
}

/** False when a link is missing and cannot be made because the package is read-only for us. */
async function repairLinks(packageDirectory: string): Promise<boolean> {
  for (const { source, target } of await readLinks(packageDirectory)) {
    const path = join(packageDirectory, target);
    if (await lstat(path).catch(() => null)) continue;
    try {
      await symlink(basename(source), path);
    } catch (error) {
      if (["EACCES", "EPERM", "EROFS"].includes(errorCode(error))) return false;
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
  return true;
}

async function isReachable(binaries: Binaries, user: ServerUser | null): Promise<boolean> {
  if (user === null) return true;
  const bin = await userMay(user, "-x", binaries.postgres);
  return bin && (await userMay(user, "-r", join(binaries.root, "share", "postgresql", "postgres.bki")));
}

/** Runs it once: a musl system or a missing system library shows here, with the loader's own words. */
async function proven(binaries: Binaries, user: ServerUser | null): Promise<Binaries> {
  const tried = await runProgram(binaries.postgres, ["--version"], user);
  if (tried.succeeded) return binaries;
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL does not run on this system (${binaries.postgres}: ${tried.output}): set DATABASE_URL to a PostgreSQL of yours.`,
  );
}
