import { createPrivateKey } from "node:crypto";
import { expect, test } from "vitest";
import { sealKeyFromPem } from "./seal-key-file.ts";
import { encryptedPem } from "./seal-key-pair.ts";
import { createTestAuthority } from "./test-authority.ts";

const authority = createTestAuthority({ keyType: "p256", now: new Date("2026-01-01T00:00:00Z") });
const seller = authority.issueSealCertificate({ legalName: "示例有限公司", countryCode: "CN" });
const certificates = seller.certificatePem + authority.root.certificatePem;

test("a private key that is encrypted is opened by its passphrase alone", () => {
  const pem = { privateKey: encryptedPem(createPrivateKey(seller.privateKeyPem), "correct horse"), certificates };
  expect(pem.privateKey).toContain("BEGIN ENCRYPTED PRIVATE KEY");
  const key = sealKeyFromPem({ ...pem, passphrase: "correct horse" });
  expect(key.algorithm).toBe("ecdsa-p256-sha256");
  expect(Buffer.from(key.certificate).equals(seller.certificateDer)).toBe(true);
  expect(key.chain).toHaveLength(1);
  expect(() => sealKeyFromPem({ ...pem, passphrase: "wrong" })).toThrow("Cannot read the private key");
  expect(() => sealKeyFromPem(pem)).toThrow("Cannot read the private key");
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
