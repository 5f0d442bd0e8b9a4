import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sha256 } from "../../src/domain/identifiers.ts";
import { openLocalObjects } from "../../src/store/local-objects.ts";
import { type MemoryObjects, openMemoryObjects } from "./memory-objects.ts";
import { describeObjectStore } from "./object-store-contract.ts";

describeObjectStore("files on a disk", async () => {
  const directory = await mkdtemp(join(tmpdir(), "orderseal-objects-"));
  const root = join(directory, "objects");
  const pathOf = (hash: Sha256) => join(root, hash.slice(0, 2), hash.slice(2));
  const clear = () => rm(root, { recursive: true, force: true });
  return {
    open: async (faults) => openLocalObjects(root, faults),
    overwrite: (hash, bytes) => writeFile(pathOf(hash), bytes),
    remove: (hash) => rm(pathOf(hash), { force: true }),
    clear,
    close: () => rm(directory, { recursive: true, force: true }),
  };
});

describeObjectStore("files in memory, as the tests have them", async () => {
  let store: MemoryObjects;
  return {
    open: async (faults) => {
      store = openMemoryObjects(faults);
      return store;
    },
    overwrite: async (hash, bytes) => void store.inPlace.set(hash, { bytes, since: Date.now() }),
    remove: async (hash) => void store.inPlace.delete(hash),
    clear: async () => {},
    close: async () => {},
  };
});
