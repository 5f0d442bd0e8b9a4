import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ObjectDamaged, StorageUnavailable } from "../../src/application/object-faults.ts";
import { openS3Objects } from "../../src/store/s3-objects.ts";
import { describeObjectStore } from "../store/object-store-contract.ts";
import { type InterruptedWay, openInterruptedWay } from "./interrupted-way.ts";
import { strangerIn, withBucket } from "./promised-bucket.ts";

const bytes = Buffer.from("%PDF-1.7 a contract");

withBucket((location) => {
  const stranger = strangerIn(location);

  describeObjectStore("files in a bucket of a real S3 server", async () => {
    let prefix = "";
    return {
      // A prefix for each test is quicker than to empty one.
      open: async (faults) => {
        prefix = `${location.prefix}${randomUUID()}/`;
        return openS3Objects({ ...location, prefix }, { faults, pageSize: 2 });
      },
      overwrite: (hash, content) => stranger.overwrite(`${prefix}objects/${hash}`, content),
      remove: (hash) => stranger.remove(`${prefix}objects/${hash}`),
      clear: async () => {},
      close: async () => {},
    };
  });

  describe("a bucket is not always there, and not always ours", () => {
    let way: InterruptedWay;
    beforeAll(async () => {
      way = await openInterruptedWay(location.endpoint ?? "");
    });
    afterAll(() => way.close());
    const own = { ...location, prefix: `${location.prefix}${randomUUID()}/` };

    test("nobody without a signature can read a file", async () => {
      const hash = await openS3Objects(own).put(bytes);
      expect(await stranger.keys(own.prefix)).toEqual([`${own.prefix}objects/${hash}`]);
      const unsigned = await stranger.withoutSignature(`${own.prefix}objects/${hash}`);
      expect(unsigned.status).toBeGreaterThanOrEqual(400);
      expect(await unsigned.text()).not.toContain("PDF");
    });

    test.each([
      ["the bucket does not exist", { bucket: `none-${randomUUID()}` }, /NoSuchBucket/],
      ["the secret is another", { secretAccessKey: "wrong" }, /403 SignatureDoesNotMatch/],
      ["the key is unknown", { accessKeyId: "test:nobody" }, /403/],
    ])("%s: that is said, and never that a file is not there", async (_, changes, said) => {
      const store = openS3Objects({ ...own, ...changes });
      const hash = await openS3Objects(own).put(bytes);
      const outcomes = await Promise.allSettled([
        store.get(hash),
        store.put(bytes),
        first(store.list()),
        store.setAside(hash),
      ]);
      for (const outcome of outcomes) {
        const fault: unknown = outcome.status === "rejected" ? outcome.reason : null;
        expect(fault).toBeInstanceOf(StorageUnavailable);
        expect(String(fault)).toMatch(said);
        expect(String(fault)).not.toContain("wrong");
      }
    });

    test("cut off, it fails within seconds; connected again, it works without being told", async () => {
      const store = openS3Objects({ ...own, endpoint: way.url });
      const hash = await store.put(bytes);
      way.turn("cut");
      await expect(store.get(hash)).rejects.toThrow(StorageUnavailable);
      await expect(store.put(bytes)).rejects.toThrow(/cannot be used/);
      way.turn("open");
      expect(Buffer.from((await store.get(hash)) ?? []).toString()).toBe(bytes.toString());
      expect(await store.put(bytes)).toBe(hash);
    });

    test("cut off for a moment only, nobody notices", async () => {
      const store = openS3Objects({ ...own, endpoint: way.url });
      way.turn("cut");
      const put = store.put(bytes);
      way.turn("open");
      expect(await put).toMatch(/^[0-9a-f]{64}$/);
    });

    test("a copy that was altered is no copy: neither set aside nor restored", async () => {
      const store = openS3Objects(own);
      const hash = await store.put(Buffer.from("to be altered"));
      await stranger.overwrite(`${own.prefix}objects/${hash}`, bytes);
      await store.setAside(hash);
      expect(await stranger.keys(`${own.prefix}objects/${hash}`)).toHaveLength(1);
      await stranger.overwrite(`${own.prefix}aside/${hash}`, bytes);
      await store.restore(hash);
      await expect(store.get(hash)).rejects.toThrow(ObjectDamaged);
    });
  });
});

async function first<Value>(values: AsyncIterable<Value>): Promise<Value | null> {
  for await (const value of values) return value;
  return null;
}
