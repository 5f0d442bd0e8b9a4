import { readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { KeptObject, ObjectKeeping } from "../application/object-keeping.ts";
import { parseSha256, type Sha256 } from "../domain/identifiers.ts";
import { isAbsence, type LocalFiles } from "./local-files.ts";
import { hashOfObject } from "./object-hash.ts";

/** Setting aside is a rename into the folder `aside`; the file keeps its name there, so that `get` can look. */
export function localKeeping(files: LocalFiles): ObjectKeeping {
  return {
    list: () => list(files),
    listAside: () => listAside(files),
    setAside: (hash) => files.attempt(() => setAside(files, hash)),
    restore: (hash) => files.attempt(() => restore(files, hash)),
    discard: (hash) => files.attempt(() => files.step("file remove", () => rm(files.asideOf(hash), { force: true }))),
    clearRemains: (ageMs) => files.attempt(() => clearRemains(files, ageMs)),
  };
}

async function* list(files: LocalFiles): AsyncIterable<KeptObject> {
  for (const folder of await foldersOf(files)) {
    for (const name of await namesIn(files, join(files.directory, folder))) {
      const hash = parseSha256(folder + name);
      const kept = hash && (await keptAt(files, hash, files.pathOf(hash)));
      if (kept) yield kept;
    }
  }
}

async function* listAside(files: LocalFiles): AsyncIterable<KeptObject> {
  for (const name of await namesIn(files, join(files.directory, "aside"))) {
    const hash = parseSha256(name);
    const kept = hash && (await keptAt(files, hash, files.asideOf(hash)));
    if (kept) yield kept;
  }
}

async function keptAt(files: LocalFiles, hash: Sha256, path: string): Promise<KeptObject | null> {
  const ageMs = await ageOf(files, path);
  return ageMs === null ? null : { hash, ageMs };
}

/**
 * A rename changes no time of modification but that of the inode's last change. Files note parts of a millisecond and
 * clocks may be set back: nothing is younger than now.
 */
function ageOf(files: LocalFiles, path: string): Promise<number | null> {
  return files.attempt(async () => {
    const found = await unlessAbsent(() => stat(path));
    return found && Math.max(0, Date.now() - Math.max(found.mtimeMs, found.ctimeMs));
  });
}

async function setAside(files: LocalFiles, hash: Sha256): Promise<void> {
  const aside = files.asideOf(hash);
  await files.makeLasting(dirname(aside));
  await unlessAbsent(async () => {
    const now = new Date();
    // For a file system that would not note the rename: it must never look as if it had been aside for long.
    await utimes(files.pathOf(hash), now, now);
    await files.step("file rename", () => rename(files.pathOf(hash), aside));
  });
}

async function restore(files: LocalFiles, hash: Sha256): Promise<void> {
  const aside = files.asideOf(hash);
  const path = files.pathOf(hash);
  if (isSound(hash, await files.read(path))) {
    await files.step("file remove", () => rm(aside, { force: true }));
    return;
  }
  if (!isSound(hash, await files.read(aside))) return;
  await files.makeLasting(dirname(path));
  await unlessAbsent(() => files.step("file rename", () => rename(aside, path)));
  await files.syncFolder(dirname(path));
  await files.syncFolder(dirname(aside));
}

function isSound(hash: Sha256, bytes: Uint8Array | null): boolean {
  return bytes !== null && hashOfObject(bytes) === hash;
}

async function clearRemains(files: LocalFiles, ageMs: number): Promise<number> {
  let cleared = 0;
  for (const folder of await foldersOf(files)) {
    for (const name of await namesIn(files, join(files.directory, folder))) {
      const path = join(files.directory, folder, name);
      const age = name.endsWith(".tmp") ? await ageOf(files, path) : null;
      if (age === null || age < ageMs) continue;
      await files.step("file remove", () => rm(path, { force: true }));
      cleared++;
    }
  }
  return cleared;
}

async function foldersOf(files: LocalFiles): Promise<readonly string[]> {
  return (await namesIn(files, files.directory)).filter((name) => /^[0-9a-f]{2}$/.test(name));
}

/** Before the first file there is no folder. */
function namesIn(files: LocalFiles, folder: string): Promise<readonly string[]> {
  return files.attempt(async () => (await unlessAbsent(() => files.step("file list", () => readdir(folder)))) ?? []);
}

async function unlessAbsent<Value>(work: () => Promise<Value>): Promise<Value | null> {
  try {
    return await work();
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}
