import { mkdir, open, readFile, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FaultPoints, takeStep } from "../application/fault-points.ts";
import { ObjectDamaged, StorageUnavailable } from "../application/object-faults.ts";
import type { Sha256 } from "../domain/identifiers.ts";

/** The file operations, each of them a fault point, and where the files stand. */
export class LocalFiles {
  readonly directory: string;
  readonly faults: FaultPoints;
  /** Folders that this process knows to survive a power failure: each was fsynced in the one above it. */
  readonly #lasting = new Set<string>();

  constructor(directory: string, faults: FaultPoints) {
    this.directory = directory;
    this.faults = faults;
  }

  pathOf(hash: Sha256): string {
    return join(this.directory, hash.slice(0, 2), hash.slice(2));
  }

  asideOf(hash: Sha256): string {
    return join(this.directory, "aside", hash);
  }

  /** Null when there is no such file. */
  read(path: string): Promise<Uint8Array | null> {
    return this.attempt(async () => {
      try {
        return await this.step("file read", () => readFile(path));
      } catch (error) {
        if (isAbsence(error)) return null;
        throw error;
      }
    });
  }

  /** A folder that is there and stays there; each new one is fsynced in the one above it, up to one that was there. */
  async makeLasting(folder: string): Promise<void> {
    if (this.#lasting.has(folder)) return;
    const above = dirname(folder);
    const created = await this.step("file mkdir", () => mkdir(folder, { recursive: true, mode: 0o700 }));
    try {
      // Also of a folder that was there: whoever made it may have crashed before it was fsynced.
      for (let at = above; ; at = dirname(at)) {
        await this.syncFolder(at);
        if (at === dirname(at) || created === undefined || at.length < created.length) break;
      }
    } catch (error) {
      // After a failed fsync the next may succeed without having written anything: so the next put makes it anew.
      if (created !== undefined) await rmdir(folder).catch(() => {});
      throw error;
    }
    this.#lasting.add(folder);
  }

  /** Something went wrong in it: the next who needs it looks again. */
  doubt(folder: string): void {
    this.#lasting.delete(folder);
  }

  syncFolder(path: string): Promise<void> {
    return this.step("folder sync", async () => {
      const folder = await open(path, "r");
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    });
  }

  step<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    return takeStep(this.faults, name, work);
  }

  /** What the system says becomes the store's one fault. */
  async attempt<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      throw storageFault(this.directory, error);
    }
  }
}

export function isAbsence(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

const MEANING: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of the disk is used up",
  EROFS: "the disk is read-only",
  EACCES: "the service may not write there",
  EPERM: "the service may not write there",
  EIO: "the disk fails",
};

function storageFault(directory: string, error: unknown): unknown {
  if (error instanceof ObjectDamaged || error instanceof StorageUnavailable) return error;
  const meaning = MEANING[codeOf(error) ?? ""] ?? "it failed";
  const said = error instanceof Error ? error.message : String(error);
  return new StorageUnavailable(`files under ${directory} cannot be kept or read: ${meaning} (${said})`, {
    cause: error,
  });
}
