import { createPrivateKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadSealKey, sealKeyFromPem } from "./seal-key-file.ts";
import { createTestAuthority } from "./test-authority.ts";

const authority = createTestAuthority({ keyType: "p256", now: new Date("2026-01-01T00:00:00Z") });
const seller = authority.issueSealCertificate({ legalName: "示例有限公司", countryCode: "CN" });
const certificates = seller.certificatePem + authority.root.certificatePem;
const directory = mkdtempSync(join(tmpdir(), "orderseal-key-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test("a key is loaded from files, its private part encrypted", async () => {
  const encrypted = createPrivateKey(seller.privateKeyPem).export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase: "correct horse",
  });
  const files = { privateKeyPath: join(directory, "key.pem"), certificatePath: join(directory, "chain.pem") };
  writeFileSync(files.privateKeyPath, encrypted);
  writeFileSync(files.certificatePath, certificates);
  const key = await loadSealKey({ ...files, passphrase: "correct horse" });
  expect(key.algorithm).toBe("ecdsa-p256-sha256");
  expect(Buffer.from(key.certificate).equals(seller.certificateDer)).toBe(true);
  expect(key.chain).toHaveLength(1);
  await expect(loadSealKey({ ...files, passphrase: "wrong" })).rejects.toThrow("Cannot read the private key");
  await expect(loadSealKey(files)).rejects.toThrow("Cannot read the private key");
});

test("a private key that belongs to another certificate is refused", () => {
  const privateKey = authority.root.privateKeyPem;
  expect(() => sealKeyFromPem({ privateKey, certificates })).toThrow("does not belong to the certificate");
});

test("certificates that do not follow each other are refused", () => {
  const stranger = createTestAuthority({ keyType: "p256", now: new Date("2026-01-01T00:00:00Z") });
  const mixed = seller.certificatePem + stranger.root.certificatePem;
  expect(() => sealKeyFromPem({ privateKey: seller.privateKeyPem, certificates: mixed })).toThrow(
    "Expected the issuer",
  );
});

test("a certificate file without a certificate is refused", () => {
  expect(() => sealKeyFromPem({ privateKey: seller.privateKeyPem, certificates: "" })).toThrow("PEM certificate");
});
