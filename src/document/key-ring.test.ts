import { generateKeyPairSync } from "node:crypto";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instantOf } from "../domain/time.ts";
import { fileKey, type KeyDirectory, makeKeyDirectory, SELLER } from "./key-folder.fixture.ts";
import { type KeyRing, openKeyRing } from "./key-ring.ts";
import { encryptedPem } from "./seal/seal-key-pair.ts";
import { createTestAuthority } from "./seal/test-authority.ts";

const AT = instantOf(Date.parse("2026-03-01T00:00:00Z"));
const LATER = instantOf(Date.parse("2026-09-01T00:00:00Z"));

let directory: KeyDirectory;
let ring: KeyRing;
beforeEach(() => {
  directory = makeKeyDirectory();
  ring = openKeyRing(directory.path, { freshForMs: 0 });
});
afterEach(() => directory.remove());

async function inUse(at = AT): Promise<string | null> {
  if (!(await ring.hasKey(SELLER, at))) return null;
  const key = await ring.key(SELLER, at);
  return (await ring.keys(SELLER, at)).find((known) => known.key === key)?.name ?? null;
}

async function faultOf(name: string): Promise<string | undefined> {
  return (await ring.keys(SELLER, AT)).find((key) => key.name === name)?.fault?.en;
}

test("the layout of the first release is the key named default", async () => {
  const { "key.json": _, ...plain } = fileKey(directory);
  directory.put(".", plain);
  expect(await inUse()).toBe("default");
  expect((await ring.keys(SELLER, AT))[0]).toMatchObject({
    kind: "file",
    certificate: { algorithmName: "P-256", period: { from: null, until: null } },
  });
});

test("a key that is put there, replaced or removed is noticed without a restart", async () => {
  expect(await inUse()).toBeNull();
  directory.put("first", fileKey(directory));
  expect(await inUse()).toBe("first");
  const before = await ring.key(SELLER, AT);
  expect(await ring.key(SELLER, AT)).toBe(before);
  directory.put("first", fileKey(directory));
  const after = await ring.key(SELLER, AT);
  expect(Buffer.from(after.certificate).equals(before.certificate)).toBe(false);
  directory.remove("first");
  expect(await inUse()).toBeNull();
  await expect(ring.key(SELLER, AT)).rejects.toThrow(/has no seal key in use/);
});

test("files are looked at only when what is known of them is old, and then once for all who ask", async () => {
  directory.put("first", fileKey(directory));
  const lazy = openKeyRing(directory.path, { freshForMs: 60_000 });
  const keys = await Promise.all(Array.from({ length: 10 }, () => lazy.key(SELLER, AT)));
  expect(new Set(keys).size).toBe(1);
  directory.remove("first");
  expect(await lazy.hasKey(SELLER, AT)).toBe(true);
});

test("a successor takes over when its time comes, and the seller cannot seal when every time is over", async () => {
  directory.put("old", fileKey(directory, { notAfter: new Date("2026-10-01T00:00:00Z") }));
  directory.put("new", fileKey(directory, {}, { from: "2026-09-01T00:00:00Z", until: "2026-11-01T00:00:00Z" }));
  expect(await inUse(AT)).toBe("old");
  expect(await inUse(LATER)).toBe("new");
  expect(await inUse(instantOf(Date.parse("2026-11-01T00:00:00Z")))).toBeNull();
});

test("a broken successor does not stop a seller whose older key still holds", async () => {
  directory.put("old", fileKey(directory));
  directory.put("new", { ...fileKey(directory, {}, { from: "2026-02-01T00:00:00Z" }), "key.pem": "nonsense" });
  expect(await inUse()).toBe("old");
  expect(await faultOf("new")).toMatch(/^Cannot read the private key/);
});

test("a seller's folder that cannot be looked into is a fault of its key, and nobody else's", async () => {
  directory.put("first", fileKey(directory));
  const folder = join(directory.path, "sellers", SELLER);
  rmSync(folder, { recursive: true });
  symlinkSync(folder, folder);
  expect(await inUse()).toBeNull();
  expect(await faultOf("default")).toMatch(/cannot be read \(ELOOP\); put it there, readable for the service/);
});

test("a key is opened with the passphrase of its file, relative to its folder or anywhere", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const files = {
    "key.pem": encryptedPem(privateKey, "correct horse"),
    "certificate.pem": directory.certificates(publicKey),
  };
  directory.put("near", {
    ...files,
    "key.json": { kind: "file", passphraseFile: "passphrase" },
    passphrase: "correct horse\n",
  });
  const elsewhere = join(directory.path, "secret");
  writeFileSync(elsewhere, "wrong");
  directory.put("far", { ...files, "key.json": { kind: "file", passphraseFile: elsewhere } });
  expect(await faultOf("near")).toBeUndefined();
  expect(await faultOf("far")).toMatch(/^Cannot read the private key/);
  // The passphrase is one of the key's files: correcting it is noticed.
  writeFileSync(elsewhere, "correct horse");
  expect(await faultOf("far")).toBeUndefined();
});

describe("what is wrong with a key is one sentence", () => {
  test.each<[string, Readonly<Record<string, string | object>>, RegExp]>([
    ["no JSON", { "key.json": "{" }, /^key.json is no JSON: /],
    ["no kind", { "key.json": {} }, /^kind in key.json must be file, pkcs11 or http$/],
    [
      "a setting of another kind",
      { "key.json": { kind: "file", url: "x" } },
      /^url is no setting of this kind of key; its settings in key.json are kind, passphraseFile, from, until$/,
    ],
    [
      "an instant without a zone",
      { "key.json": { kind: "file", from: "2026-01-01" } },
      /^from in key.json must be an instant/,
    ],
    [
      "a period that ends before it begins",
      { "key.json": { kind: "file", from: "2026-02-01T00:00:00Z", until: "2026-01-01T00:00:00Z" } },
      /^until in key.json must be later than from$/,
    ],
    [
      "a period outside the certificate's",
      { "key.json": { kind: "file", from: "2040-01-01T00:00:00Z" } },
      /lie outside the validity of the certificate/,
    ],
    [
      "a passphrase file that is not there",
      { "key.json": { kind: "file", passphraseFile: "gone" } },
      /^The file .*gone cannot be read \(ENOENT\)/,
    ],
    [
      "an http signer in the clear",
      { "key.json": { kind: "http", url: "http://kms.example/sign", keyReference: "k" } },
      /^url in key.json must be an https address/,
    ],
    [
      "a password in the address",
      { "key.json": { kind: "http", url: "https://a:b@kms.example/", keyReference: "k" } },
      /^url in key.json must be an https address/,
    ],
    [
      "a signer's key without a name",
      { "key.json": { kind: "http", url: "https://kms.example/" } },
      /^keyReference in key.json must be what the signer calls the key$/,
    ],
    [
      "a timeout that is too short",
      { "key.json": { kind: "http", url: "https://kms.example/", keyReference: "k", timeoutMs: 1 } },
      /^timeoutMs in key.json must be a whole number/,
    ],
    [
      "a token without label and slot",
      { "key.json": { kind: "pkcs11", module: "/x.so", keyId: "01", pinFile: "pin" } },
      /^key.json needs either tokenLabel or slot$/,
    ],
    [
      "a token key without label and id",
      { "key.json": { kind: "pkcs11", module: "/x.so", slot: 0, pinFile: "pin" } },
      /^key.json needs keyLabel or keyId$/,
    ],
    [
      "a key id that is not hexadecimal",
      { "key.json": { kind: "pkcs11", module: "/x.so", slot: 0, keyId: "xyz", pinFile: "pin" } },
      /^keyId in key.json must be the id/,
    ],
    ["no certificate in its file", { "certificate.pem": "" }, /^Expected a PEM certificate/],
  ])("%s", async (_, files, sentence) => {
    directory.put("wrong", { ...fileKey(directory), ...files });
    expect(await faultOf("wrong")).toMatch(sentence);
    expect((await ring.keys(SELLER, AT))[0]?.fault?.["zh-CN"]).toMatch(/\p{Script=Han}/u);
    expect(await ring.hasKey(SELLER, AT)).toBe(false);
  });

  test("RSA below 2048 bits", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    directory.put("short", {
      "key.json": { kind: "file" },
      "key.pem": privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      "certificate.pem": directory.certificates(publicKey),
    });
    expect(await faultOf("short")).toMatch(/RSA key of 2048 to 8192 bits, found RSA-1024/);
  });

  test("a private key of another certificate", async () => {
    directory.put("mixed", { ...fileKey(directory), "key.pem": String(fileKey(directory)["key.pem"]) });
    expect(await faultOf("mixed")).toMatch(/does not belong to the certificate/);
  });

  test("a certificate for something else, under which no contract would ever be let out", async () => {
    const { privateKeyPem, certificatePem } = directory.authority.issueTimestampCertificate({ validDays: 900 });
    const files = { "key.json": { kind: "file" }, "key.pem": privateKeyPem };
    directory.put("tsa", { ...files, "certificate.pem": certificatePem + directory.authority.root.certificatePem });
    expect(await faultOf("tsa")).toMatch(/ is not for sealing documents; /);
    // An authority's own certificate may sign certificates and lists, and no document.
    const root = directory.authority.root;
    directory.put("root", { ...files, "key.pem": root.privateKeyPem, "certificate.pem": root.certificatePem });
    expect(await faultOf("root")).toMatch(/ is not for sealing documents; /);
    expect(await ring.hasKey(SELLER, AT)).toBe(false);
  });

  test("a certificate that no root vouches for, until the root is put there", async () => {
    directory.put("first", fileKey(directory));
    const root = join(directory.path, "roots", "root.pem");
    writeFileSync(root, createTestAuthority({ keyType: "p256", now: new Date(AT) }).root.certificatePem);
    expect(await faultOf("first")).toMatch(/^No certificate among the roots of the key directory vouches for it/);
    writeFileSync(root, directory.authority.root.certificatePem);
    expect(await faultOf("first")).toBeUndefined();
    rmSync(root);
    expect(await ring.hasKey(SELLER, AT)).toBe(false);
  });

  test("a root that cannot be read: who runs goes on with those it has, and who starts is told", async () => {
    directory.put("first", fileKey(directory));
    expect(await ring.hasKey(SELLER, AT)).toBe(true);
    const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    writeFileSync(join(directory.path, "roots", "broken.pem"), broken);
    expect(await ring.hasKey(SELLER, AT)).toBe(true);
    expect(await ring.roots()).toHaveLength(1);
    await expect(openKeyRing(directory.path).roots()).rejects.toThrow(/broken.pem.*cannot be read/);
  });

  test("a key that waits for its certificate", async () => {
    const { "certificate.pem": _, ...requested } = fileKey(directory);
    directory.put("next", requested);
    expect((await ring.keys(SELLER, AT))[0]).toMatchObject({ isAwaitingCertificate: true, key: null });
    expect(await faultOf("next")).toMatch(/orderseal keys install --seller seller-1 --name next/);
  });
});

test("a key whose certificate has ended is listed, and nobody asks for its private part any more", async () => {
  const { "key.pem": _, ...rest } = fileKey(directory, { notAfter: new Date("2026-02-01T00:00:00Z") });
  directory.put("over", rest);
  expect((await ring.keys(SELLER, AT))[0]).toMatchObject({ name: "over", fault: null, key: null });
  expect(await ring.hasKey(SELLER, AT)).toBe(false);
});
