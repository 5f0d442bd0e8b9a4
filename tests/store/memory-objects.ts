import { type FaultPoints, NO_FAULTS, takeStep } from "../../src/application/fault-points.ts";
import { ObjectDamaged, StorageUnavailable } from "../../src/application/object-faults.ts";
import type { KeptObject, ObjectKeeping } from "../../src/application/object-keeping.ts";
import type { Objects } from "../../src/application/ports.ts";
import type { Sha256 } from "../../src/domain/identifiers.ts";
import { hashOfObject } from "../../src/store/object-hash.ts";

interface Kept {
  readonly bytes: Uint8Array;
  readonly since: number;
}

export interface MemoryObjects extends Objects, ObjectKeeping {
  readonly inPlace: Map<Sha256, Kept>;
  readonly aside: Map<Sha256, Kept>;
}

/** Files in memory, by the same rules as those on a disk or in a bucket; each access is a fault point. */
export function openMemoryObjects(faults: FaultPoints = NO_FAULTS, now: () => number = Date.now): MemoryObjects {
  const inPlace = new Map<Sha256, Kept>();
  const aside = new Map<Sha256, Kept>();
  const step = async <Value>(name: string, work: () => Value): Promise<Value> => {
    try {
      return await takeStep(faults, name, async () => work());
    } catch (error) {
      if (error instanceof ObjectDamaged) throw error;
      throw new StorageUnavailable(String(error));
    }
  };
  const move = (hash: Sha256, from: Map<Sha256, Kept>, to: Map<Sha256, Kept>) => {
    const kept = from.get(hash);
    if (kept) to.set(hash, { bytes: kept.bytes, since: now() });
    from.delete(hash);
  };
  return {
    inPlace,
    aside,
    put: (bytes) =>
      step("object put", () => {
        const hash = hashOfObject(bytes);
        inPlace.set(hash, { bytes: Uint8Array.from(bytes), since: now() });
        return hash;
      }),
    get: (hash) => step("object get", () => sound(hash, inPlace.get(hash) ?? aside.get(hash))),
    list: () => listed(inPlace, now, step),
    listAside: () => listed(aside, now, step),
    setAside: (hash) => step("object set aside", () => move(hash, inPlace, aside)),
    restore: (hash) =>
      step("object restore", () => {
        if (isSound(hash, inPlace.get(hash))) aside.delete(hash);
        else if (isSound(hash, aside.get(hash))) move(hash, aside, inPlace);
      }),
    discard: (hash) => step("object discard", () => void aside.delete(hash)),
    clearRemains: async () => 0,
  };
}

async function* listed(
  from: ReadonlyMap<Sha256, Kept>,
  now: () => number,
  step: <Value>(name: string, work: () => Value) => Promise<Value>,
): AsyncIterable<KeptObject> {
  for (const [hash, { since }] of await step("object list", () => [...from])) yield { hash, ageMs: now() - since };
}

function isSound(hash: Sha256, kept: Kept | undefined): boolean {
  return kept !== undefined && hashOfObject(kept.bytes) === hash;
}

function sound(hash: Sha256, kept: Kept | undefined): Uint8Array | null {
  if (kept === undefined) return null;
  if (!isSound(hash, kept)) throw new ObjectDamaged(hash, "altered", hash);
  return kept.bytes;
}
