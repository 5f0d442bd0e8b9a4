import { createHash, randomUUID } from "node:crypto";
import { access, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FaultPoints, NO_FAULTS, takeStep } from "../application/fault-points.ts";
import { ObjectDamaged } from "../application/object-faults.ts";
import type { Objects } from "../application/ports.ts";
import type { Sha256 } from "../domain/identifiers.ts";

/** Files under `directory`, named by their SHA-256 and spread over 256 folders; written aside, fsynced, renamed. */
export function openLocalObjects(directory: string, faults: FaultPoints = NO_FAULTS): Objects {
  return {
    put: (bytes) => put(directory, bytes, faults),
    get: (hash) => get(directory, hash),
  };
}

async function put(directory: string, bytes: Uint8Array, faults: FaultPoints): Promise<Sha256> {
  const hash = hashOf(bytes);
  const path = pathOf(directory, hash);
  if (await exists(path)) return hash;
  const folder = dirname(path);
  const created = await takeStep(faults, "file mkdir", () => mkdir(folder, { recursive: true, mode: 0o700 }));
  const aside = `${path}.${randomUUID()}.tmp`;
  try {
    await writeSynced(aside, bytes, faults);
    await takeStep(faults, "file rename", () => rename(aside, path));
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  // The rename itself lives in the folder, and a new folder in the one above it.
  await takeStep(faults, "folder sync", () => syncFolder(folder));
  if (created !== undefined) await takeStep(faults, "folder sync", () => syncFolder(directory));
  return hash;
}

async function get(directory: string, hash: Sha256): Promise<Uint8Array | null> {
  const path = pathOf(directory, hash);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  if (hashOf(bytes) !== hash) throw new ObjectDamaged(hash, "altered", path);
  return bytes;
}

async function writeSynced(path: string, bytes: Uint8Array, faults: FaultPoints): Promise<void> {
  const file = await takeStep(faults, "file open", () => open(path, "wx", 0o600));
  try {
    await takeStep(faults, "file write", () => file.writeFile(bytes));
    await takeStep(faults, "file sync", () => file.sync());
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function hashOf(bytes: Uint8Array): Sha256 {
  return createHash("sha256").update(bytes).digest("hex") as Sha256;
}

function pathOf(directory: string, hash: Sha256): string {
  return join(directory, hash.slice(0, 2), hash.slice(2));
}
