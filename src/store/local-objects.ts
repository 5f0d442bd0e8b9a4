import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type FaultPoints, NO_FAULTS } from "../application/fault-points.ts";
import { ObjectDamaged } from "../application/object-faults.ts";
import type { ObjectKeeping } from "../application/object-keeping.ts";
import type { Objects } from "../application/ports.ts";
import type { Sha256 } from "../domain/identifiers.ts";
import { LocalFiles } from "./local-files.ts";
import { localKeeping } from "./local-keeping.ts";
import { hashOfObject } from "./object-hash.ts";

/**
 * Files under `directory`, named by their SHA-256 and spread over 256 folders. Each is written aside, fsynced, and renamed
 * into its place, whether or not one is there: what a crash, a failed fsync or a stranger has left under that name is
 * replaced, not believed.
 */
export function openLocalObjects(directory: string, faults: FaultPoints = NO_FAULTS): Objects & ObjectKeeping {
  const files = new LocalFiles(resolve(directory), faults);
  return {
    put: (bytes) => files.attempt(() => put(files, bytes)),
    get: (hash) => get(files, hash),
    ...localKeeping(files),
  };
}

async function put(files: LocalFiles, bytes: Uint8Array): Promise<Sha256> {
  const hash = hashOfObject(bytes);
  const path = files.pathOf(hash);
  const folder = dirname(path);
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    await files.makeLasting(folder);
    await writeSynced(files, unfinished, bytes);
    await files.step("file rename", () => rename(unfinished, path));
    // The rename lives in the folder.
    await files.syncFolder(folder);
  } catch (error) {
    files.doubt(folder);
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
  return hash;
}

async function writeSynced(files: LocalFiles, path: string, bytes: Uint8Array): Promise<void> {
  let file: FileHandle | undefined;
  try {
    const opened = await files.step("file open", async () => {
      file = await open(path, "wx", 0o600);
      return file;
    });
    await files.step("file write", () => opened.writeFile(bytes));
    // Once failed, it is not tried again on the same file: the system may have dropped what it could not write, and
    // would then say that all is well (fsync(2); PostgreSQL learned it in 2018).
    await files.step("file sync", () => opened.sync());
  } finally {
    await file?.close();
  }
}

/** While it is set aside or restored it stands in one of both places at any time, so that the third look finds it. */
async function get(files: LocalFiles, hash: Sha256): Promise<Uint8Array | null> {
  for (const path of [files.pathOf(hash), files.asideOf(hash), files.pathOf(hash)]) {
    const bytes = await files.read(path);
    if (bytes === null) continue;
    if (hashOfObject(bytes) !== hash) throw new ObjectDamaged(hash, "altered", path);
    return bytes;
  }
  return null;
}
