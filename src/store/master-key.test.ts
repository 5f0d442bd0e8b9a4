import { randomBytes } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { masterKeyOf, openMasterKey, readMasterKeys } from "./master-key.ts";

const [one, other] = [randomBytes(32), randomBytes(32)];

describe("what a box locks", () => {
  const box = masterKeyOf([one]).box("evidence");
  const secret = Buffer.from("身份证 110101199003070000");
  const locked = box.lock(secret, "account-1");

  test("is opened by the same key for what it belongs to, and says nothing by itself", () => {
    expect(box.open(locked, "account-1")).toEqual(secret);
    expect(Buffer.from(locked).includes(secret)).toBe(false);
    expect(Buffer.from(box.lock(secret, "account-1"))).not.toEqual(Buffer.from(locked));
  });

  test("is opened neither for something else, nor for another purpose, nor under another key", () => {
    expect(box.open(locked, "account-2")).toBeNull();
    expect(masterKeyOf([one]).box("tokens").open(locked, "account-1")).toBeNull();
    expect(masterKeyOf([other]).box("evidence").open(locked, "account-1")).toBeNull();
  });

  test("is opened under a key that has been followed by another", () => {
    const later = masterKeyOf([other, one]);
    expect(later.box("evidence").open(locked, "account-1")).toEqual(secret);
    expect(later.id).toBe(masterKeyOf([other]).id);
    const relocked = later.box("evidence").lock(secret, "a");
    expect(masterKeyOf([one]).box("evidence").open(relocked, "a")).toBeNull();
  });

  test("is not opened once any of its bits is another, or bytes are missing", () => {
    for (let bit = 0; bit < locked.length * 8; bit++) {
      const altered = Buffer.from(locked);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(box.open(altered, "account-1")).toBeNull();
    }
    for (let length = 0; length < locked.length; length++) {
      expect(box.open(locked.subarray(0, length), "account-1")).toBeNull();
    }
  });
});

describe("a key of the installation's own", () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "orderseal-master-key-"));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  test("is made once, however many start at once, for its owner's eyes only", async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => openMasterKey(home, [])));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect((await stat(join(home, "master.key"))).mode & 0o777).toBe(0o600);
    expect((await openMasterKey(home, [one])).id).toBe(masterKeyOf([one]).id);
  });

  test("that cannot be read is told, and not replaced", async () => {
    await writeFile(join(home, "master.key"), "nonsense");
    await expect(openMasterKey(home, [])).rejects.toThrow(/holds no master key/);
  });
});

test.each([
  [one.toString("base64"), 1],
  [` ${one.toString("base64")} , ${other.toString("base64url")}`, 2],
])("keys are read from base64, the current one first: %s", (text, count) => {
  expect(readMasterKeys(text)?.length).toBe(count);
});

test.each(["short", one.toString("hex"), `${one.toString("base64")},short`, randomBytes(31).toString("base64")])(
  "%s is no list of keys",
  (text) => {
    expect(readMasterKeys(text)).toBeNull();
  },
);
