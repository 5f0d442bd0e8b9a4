import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { judgeTest } from "../../../tests/judges.ts";
import { createTestAuthority } from "./test-authority.ts";

const now = new Date("2026-01-01T00:00:00Z");

test("the root lasts 20 years, the seal certificate three, and both say DEMO", () => {
  const authority = createTestAuthority({ keyType: "p256", now });
  const root = new X509Certificate(authority.root.certificatePem);
  const { certificatePem } = authority.issueSealCertificate({
    legalName: "深圳市示例云计算有限公司",
    countryCode: "CN",
  });
  const seal = new X509Certificate(certificatePem);
  expect(new Date(root.validTo)).toEqual(new Date("2046-01-01T00:00:00Z"));
  expect(new Date(seal.validTo)).toEqual(new Date("2029-01-01T00:00:00Z"));
  expect(root.ca).toBe(true);
  expect(seal.ca).toBe(false);
  expect(seal.verify(root.publicKey)).toBe(true);
  expect(seal.subject).toBe("C=CN\nO=深圳市示例云计算有限公司\nCN=DEMO 演示 深圳市示例云计算有限公司");
  expect(root.subject).toContain("DEMO");
});

judgeTest("openssl", "reads the key usages and the chain of an RSA authority", (openssl) => {
  const directory = mkdtempSync(join(tmpdir(), "orderseal-authority-"));
  try {
    const authority = createTestAuthority({ keyType: "rsa2048", now });
    const seal = authority.issueSealCertificate({ legalName: "Example Ltd.", countryCode: "GB" });
    const [rootPath, sealPath] = [join(directory, "root.pem"), join(directory, "seal.pem")];
    writeFileSync(rootPath, authority.root.certificatePem);
    writeFileSync(sealPath, seal.certificatePem);
    const { output } = openssl("x509", "-in", sealPath, "-noout", "-text");
    expect(output).toMatch(/Key Usage: critical\s+Digital Signature, Non Repudiation\n/);
    expect(output).toMatch(/Extended Key Usage: \s+1\.3\.6\.1\.5\.5\.7\.3\.36/);
    expect(output).toMatch(/Basic Constraints: critical\s+CA:FALSE/);
    const verdict = openssl(
      "verify",
      "-x509_strict",
      "-attime",
      String(now.getTime() / 1000 + 60),
      "-CAfile",
      rootPath,
      sealPath,
    );
    expect(verdict.output).toContain("OK");
    expect(verdict.exitCode).toBe(0);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
