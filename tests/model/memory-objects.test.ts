import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { parseSha256 } from "../../src/domain/identifiers.ts";
import { openMemoryObjects, type Shelf } from "./memory-objects.ts";

const bytes = Buffer.from("%PDF-1.7 a contract");

test("what was put is got, byte for byte, under its SHA-256, also by another node", async () => {
  const shelf: Shelf = new Map();
  const hash = await openMemoryObjects(shelf).put(bytes);
  expect(hash).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect(Buffer.from((await openMemoryObjects(shelf).get(hash)) ?? []).equals(bytes)).toBe(true);
});

test("put again it is one file, and what was never put is absent", async () => {
  const shelf: Shelf = new Map();
  const objects = openMemoryObjects(shelf);
  expect(await objects.put(bytes)).toBe(await objects.put(bytes));
  expect(shelf.size).toBe(1);
  const absent = parseSha256("0".repeat(64));
  expect(absent && (await objects.get(absent))).toBeNull();
});

test("an altered file is not given out", async () => {
  const shelf: Shelf = new Map();
  const objects = openMemoryObjects(shelf);
  const hash = await objects.put(bytes);
  shelf.set(hash, Buffer.from("another contract"));
  await expect(objects.get(hash)).rejects.toThrow(/altered/);
});
