import type { ObjectBooks, ReferredObject } from "./object-books.ts";
import { ObjectDamaged } from "./object-faults.ts";
import type { Objects } from "./ports.ts";

export interface CheckedObject {
  readonly object: ReferredObject;
  readonly verdict: "present" | "missing" | "altered";
}

/** Enough to hide the way to a store over the network, few enough that the files in hand fit any memory. */
const AT_ONCE = 4;

/**
 * Reads every file that the books refer to and compares its bytes with its hash; tells each with whoever refers to it,
 * in the order of the books. A store that cannot be reached throws `StorageUnavailable`: that says nothing about a file.
 */
export async function* checkObjects({
  ledger,
  objects,
}: {
  readonly ledger: Pick<ObjectBooks, "referredObjects">;
  readonly objects: Pick<Objects, "get">;
}): AsyncIterable<CheckedObject> {
  let batch: ReferredObject[] = [];
  const checked = () => Promise.all(batch.map(async (object) => ({ object, verdict: await check(objects, object) })));
  for await (const object of ledger.referredObjects()) {
    batch.push(object);
    if (batch.length < AT_ONCE) continue;
    yield* await checked();
    batch = [];
  }
  yield* await checked();
}

async function check(objects: Pick<Objects, "get">, { hash }: ReferredObject): Promise<CheckedObject["verdict"]> {
  try {
    return (await objects.get(hash)) === null ? "missing" : "present";
  } catch (error) {
    if (error instanceof ObjectDamaged) return error.damage;
    throw error;
  }
}
