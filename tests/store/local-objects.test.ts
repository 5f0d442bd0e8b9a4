import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Objects } from "../../src/application/ports.ts";
import { parseSha256, type Sha256 } from "../../src/domain/identifiers.ts";
import { openLocalObjects } from "../../src/store/local-objects.ts";

let directory: string;
let objects: Objects;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "orderseal-objects-"));
  objects = openLocalObjects(join(directory, "objects"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const bytes = Buffer.from("%PDF-1.7 a contract");

function hashOf(content: Uint8Array): Sha256 {
  const hash = parseSha256(createHash("sha256").update(content).digest("hex"));
  if (!hash) throw new Error("no hash");
  return hash;
}

async function files(): Promise<readonly string[]> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test("what was put is got, byte for byte, under its SHA-256", async () => {
  const hash = await objects.put(bytes);
  expect(hash).toBe(hashOf(bytes));
  expect(Buffer.from((await objects.get(hash)) ?? []).equals(bytes)).toBe(true);
  expect((await openLocalObjects(join(directory, "objects")).get(hash))?.length).toBe(bytes.length);
});

test("put again, or by twenty at once, it is one file", async () => {
  const hashes = await Promise.all(Array.from({ length: 20 }, () => objects.put(bytes)));
  expect(new Set(hashes).size).toBe(1);
  expect(await files()).toHaveLength(1);
});

test("what is not there is null", async () => {
  expect(await objects.get(hashOf(Buffer.from("nothing")))).toBeNull();
  await objects.put(bytes);
  expect(await objects.get(hashOf(Buffer.from("nothing")))).toBeNull();
});

test.each([
  ["changed", Buffer.from("%PDF-1.7 a contracT")],
  ["cut short", bytes.subarray(0, 5)],
  ["emptied", Buffer.alloc(0)],
])("a file that was %s is found out", async (_, content) => {
  const hash = await objects.put(bytes);
  const [path = ""] = await files();
  await writeFile(path, content);
  await expect(objects.get(hash)).rejects.toThrow(/was altered/);
});

test("a file that a crash left half-written is not taken for the whole", async () => {
  const hash = hashOf(bytes);
  const folder = join(directory, "objects", hash.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${hash.slice(2)}.1234.tmp`), bytes.subarray(0, 5));
  expect(await objects.get(hash)).toBeNull();
  expect(await objects.put(bytes)).toBe(hash);
  expect((await objects.get(hash))?.length).toBe(bytes.length);
});

test("what a crash left unfinished is removed once it is old enough, and nothing else is", async () => {
  const store = openLocalObjects(join(directory, "objects"));
  const hash = await store.put(bytes);
  const [path = ""] = await files();
  await writeFile(`${path}.1234.tmp`, bytes.subarray(0, 5));
  expect(await store.clearRemains(60_000)).toBe(0);
  expect(await store.clearRemains(0)).toBe(1);
  expect(await files()).toEqual([path]);
  expect((await store.get(hash))?.length).toBe(bytes.length);
});

test("put again, a file is written and fsynced again: what is there is not believed", async () => {
  const steps: string[] = [];
  const store = openLocalObjects(join(directory, "objects"), {
    before: async (step) => void steps.push(step),
    after: async () => {},
  });
  await store.put(bytes);
  expect(steps).toEqual([
    ...["file mkdir", "folder sync", "folder sync", "folder sync"].slice(0, steps.indexOf("file open")),
    ...["file open", "file write", "file sync", "file rename", "folder sync"],
  ]);
  steps.length = 0;
  await store.put(bytes);
  expect(steps).toEqual(["file open", "file write", "file sync", "file rename", "folder sync"]);
});

test("a folder that somebody removed is made again: only the put that finds out fails", async () => {
  const store = openLocalObjects(join(directory, "objects"));
  await store.put(bytes);
  await rm(join(directory, "objects"), { recursive: true });
  await expect(store.put(bytes)).rejects.toThrow(/ENOENT/);
  expect(await store.put(bytes)).toBe(hashOf(bytes));
});

test("a failure leaves no temporary file behind", async () => {
  const hash = hashOf(bytes);
  const folder = join(directory, "objects", hash.slice(0, 2));
  // Where the file should go stands a folder that is not empty: writing works, renaming does not.
  await mkdir(join(folder, hash.slice(2), "in the way"), { recursive: true });
  const before = await readdir(folder);
  await objects.put(bytes).catch(() => null);
  expect(await readdir(folder)).toEqual(before);
});

test("files and folders are for the service's own account only", async () => {
  await objects.put(bytes);
  const [path = ""] = await files();
  expect((await stat(path)).mode & 0o077).toBe(0);
  expect((await stat(join(path, ".."))).mode & 0o077).toBe(0);
});

test("a directory that cannot be written refuses with the system's word, and keeps nothing", async () => {
  // A file where the folder should be stops root, too.
  const folder = join(directory, "objects", hashOf(bytes).slice(0, 2));
  await mkdir(join(directory, "objects"));
  await writeFile(folder, "in the way");
  await expect(objects.put(bytes)).rejects.toThrow(/EEXIST|ENOTDIR/);
  await rm(folder);
  expect(await files()).toEqual([]);
});
