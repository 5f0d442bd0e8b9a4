import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ObjectDamaged, StorageUnavailable } from "../../src/application/object-faults.ts";
import type { KeptObject, ObjectKeeping } from "../../src/application/object-keeping.ts";
import type { Objects } from "../../src/application/ports.ts";
import type { Sha256 } from "../../src/domain/identifiers.ts";
import { hashOfObject } from "../../src/store/object-hash.ts";
import { type FailingStep, failingStep } from "./failing-step.ts";

/** A store under test, and a stranger's hand in it. */
export interface ObjectStoreUnderTest {
  /** An empty one each time. */
  open(faults: FailingStep): Promise<Objects & ObjectKeeping>;
  /** Writes other bytes under the name of a file in its place. */
  overwrite(hash: Sha256, bytes: Uint8Array): Promise<void>;
  /** Takes a file away from its place. */
  remove(hash: Sha256): Promise<void>;
  /** Of what `open` made. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

const bytes = Buffer.from("%PDF-1.7 a contract");
const hash = hashOfObject(bytes);

/** What every store of files by their hash promises: the local one, the S3 one, and that of the tests. */
export function describeObjectStore(name: string, start: () => Promise<ObjectStoreUnderTest>): void {
  describe(name, () => {
    let under: ObjectStoreUnderTest;
    let store: Objects & ObjectKeeping;
    let faults: FailingStep;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.close());
    beforeEach(async () => {
      faults = failingStep();
      store = await under.open(faults);
    });
    afterEach(() => under.clear());

    async function expectWhole(): Promise<void> {
      expect(Buffer.from((await store.get(hash)) ?? []).toString()).toBe(bytes.toString());
    }

    test("what was put is got, byte for byte, under its SHA-256", async () => {
      expect(await store.put(bytes)).toBe(hash);
      await expectWhole();
      const random = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31 + (index >> 8)) % 256);
      expect(Buffer.from((await store.get(await store.put(random))) ?? []).equals(random)).toBe(true);
    });

    test("put again, or by ten at once, it is one file", async () => {
      const hashes = await Promise.all(Array.from({ length: 10 }, () => store.put(bytes)));
      expect(new Set(hashes)).toEqual(new Set([hash]));
      expect(await namesOf(store.list())).toEqual([hash]);
    });

    test("what is not there is null", async () => {
      expect(await store.get(hash)).toBeNull();
      await store.put(Buffer.from("another"));
      expect(await store.get(hash)).toBeNull();
    });

    test.each([
      ["changed", Buffer.from("%PDF-1.7 a contracT")],
      ["cut short", bytes.subarray(0, 5)],
      ["emptied", Buffer.alloc(0)],
    ])("a file that was %s is never given, and putting it again mends it", async (_, content) => {
      await store.put(bytes);
      await under.overwrite(hash, content);
      const refused = await store.get(hash).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(ObjectDamaged);
      expect(refused).toMatchObject({ hash, damage: "altered" });
      await store.put(bytes);
      await expectWhole();
    });

    test("a file that was taken away is absent, and putting it again brings it back", async () => {
      await store.put(bytes);
      await under.remove(hash);
      expect(await store.get(hash)).toBeNull();
      await store.put(bytes);
      await expectWhole();
    });

    test("all files are listed with their age, however many pages that takes", async () => {
      const hashes = await Promise.all([1, 2, 3, 4, 5].map((number) => store.put(Buffer.from(`file ${number}`))));
      const kept = await all(store.list());
      expect(kept.map((file) => file.hash).sort()).toEqual([...hashes].sort());
      for (const { ageMs } of kept) expect(Math.abs(ageMs)).toBeLessThan(600_000);
    });

    test("what is set aside is out of its place and still found; restored, it is back; discarded, it is gone", async () => {
      await store.put(bytes);
      await store.setAside(hash);
      expect([await namesOf(store.list()), await namesOf(store.listAside())]).toEqual([[], [hash]]);
      await expectWhole();
      await store.restore(hash);
      expect([await namesOf(store.list()), await namesOf(store.listAside())]).toEqual([[hash], []]);
      await expectWhole();
      await store.setAside(hash);
      await store.discard(hash);
      expect([await namesOf(store.list()), await namesOf(store.listAside())]).toEqual([[], []]);
      expect(await store.get(hash)).toBeNull();
    });

    test("put while it is set aside, it has its own life: discarding or restoring takes nothing from it", async () => {
      await store.put(bytes);
      await store.setAside(hash);
      await store.put(bytes);
      await store.discard(hash);
      await expectWhole();
      await store.setAside(hash);
      await store.put(bytes);
      await store.restore(hash);
      expect([await namesOf(store.list()), await namesOf(store.listAside())]).toEqual([[hash], []]);
      await expectWhole();
    });

    test("restored over one that was altered meanwhile, it mends it", async () => {
      await store.put(bytes);
      await store.setAside(hash);
      await store.put(bytes);
      await under.overwrite(hash, Buffer.from("something else"));
      await store.restore(hash);
      await expectWhole();
    });

    test("setting aside, restoring or discarding what is not there does nothing", async () => {
      await store.setAside(hash);
      await store.restore(hash);
      await store.discard(hash);
      expect([await namesOf(store.list()), await namesOf(store.listAside())]).toEqual([[], []]);
    });

    test("a reader finds it at every moment while it is set aside and restored over and over", async () => {
      await store.put(bytes);
      let done = false;
      const mover = (async () => {
        for (let round = 0; round < 6; round++) {
          await store.setAside(hash);
          await store.restore(hash);
        }
        done = true;
      })();
      let reads = 0;
      for (; !done; reads++) await expectWhole();
      await mover;
      expect(reads).toBeGreaterThan(0);
    });

    test("whichever step of a put fails, nothing half is found, and the next put is whole", async () => {
      for (const when of ["before", "after"] as const) {
        for (let number = 0; ; number++) {
          await under.remove(hash);
          faults.fail(number, when);
          const outcome = await store.put(bytes).catch((error: unknown) => error);
          faults.heal();
          if (outcome === hash) {
            // There was no step of this number: all have failed once.
            expect(number).toBeGreaterThan(0);
            break;
          }
          expect(outcome).toBeInstanceOf(StorageUnavailable);
          expect([null, bytes.toString()]).toContain(textOf(await store.get(hash)));
          await store.put(bytes);
          await expectWhole();
        }
      }
      expect(await namesOf(store.list())).toEqual([hash]);
    });

    test("a get that fails says so, and does not say that nothing is there", async () => {
      await store.put(bytes);
      faults.fail(0, "before");
      await expect(store.get(hash)).rejects.toThrow(StorageUnavailable);
      faults.heal();
      await expectWhole();
    });
  });
}

export async function all(kept: AsyncIterable<KeptObject>): Promise<readonly KeptObject[]> {
  const found: KeptObject[] = [];
  for await (const file of kept) found.push(file);
  return found;
}

async function namesOf(kept: AsyncIterable<KeptObject>): Promise<readonly Sha256[]> {
  return (await all(kept)).map((file) => file.hash);
}

function textOf(content: Uint8Array | null): string | null {
  return content && Buffer.from(content).toString();
}
