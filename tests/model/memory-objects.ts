import { createHash } from "node:crypto";
import { type FaultPoints, NO_FAULTS, takeStep } from "../../src/application/fault-points.ts";
import type { Objects } from "../../src/application/ports.ts";
import { parseSha256, type Sha256 } from "../../src/domain/identifiers.ts";

/** What several nodes share, as they would a bucket; outlives each of them. */
export type Shelf = Map<Sha256, Uint8Array>;

/** Files in memory, by the same rules as those on disk; every operation is a fault point. */
export function openMemoryObjects(shelf: Shelf, faults: FaultPoints = NO_FAULTS): Objects {
  return {
    put: async (bytes) => {
      const hash = hashOf(bytes);
      await takeStep(faults, "object put", async () => {
        if (!shelf.has(hash)) shelf.set(hash, Uint8Array.from(bytes));
      });
      return hash;
    },
    get: async (hash) => {
      const bytes = await takeStep(faults, "object get", async () => shelf.get(hash));
      if (bytes === undefined) return null;
      if (hashOf(bytes) !== hash) throw new Error(`the stored file ${hash} was altered: its content has another hash`);
      return Uint8Array.from(bytes);
    },
  };
}

function hashOf(bytes: Uint8Array): Sha256 {
  const hash = parseSha256(createHash("sha256").update(bytes).digest("hex"));
  if (!hash) throw new Error("no hash");
  return hash;
}
