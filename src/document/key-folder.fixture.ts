import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { SellerId } from "../domain/identifiers.ts";
import { createTestAuthority, type TestAuthority } from "./seal/test-authority.ts";

export const SELLER = "seller-1" as SellerId;
const LEGAL_NAME = "深圳市示例云计算有限公司";

/** A key directory of one test, with the root of an authority in it. */
export interface KeyDirectory {
  readonly path: string;
  readonly authority: TestAuthority;
  /** Writes files into a key's folder; objects as JSON. */
  put(key: string, files: Readonly<Record<string, string | object>>): void;
  /** The certificate with its root as certificate.pem holds them. */
  certificates(publicKey: KeyObject, period?: { readonly notBefore?: Date; readonly notAfter?: Date }): string;
  remove(key?: string): void;
}

export function makeKeyDirectory(now = new Date("2026-01-01T00:00:00Z")): KeyDirectory {
  const path = mkdtempSync(join(tmpdir(), "orderseal-keys-"));
  const authority = createTestAuthority({ keyType: "p256", now });
  const write = (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write(join(path, "roots", "root.pem"), authority.root.certificatePem);
  const folder = (key: string) => join(path, "sellers", SELLER, key);
  return {
    path,
    authority,
    put(key, files) {
      for (const [name, content] of Object.entries(files)) {
        write(join(folder(key), name), typeof content === "string" ? content : JSON.stringify(content));
      }
    },
    certificates(publicKey, period = {}) {
      const wanted = { legalName: LEGAL_NAME, countryCode: "CN", publicKey, ...period };
      return authority.issueSealCertificate(wanted).certificatePem + authority.root.certificatePem;
    },
    remove: (key) => rmSync(key === undefined ? path : folder(key), { recursive: true, force: true }),
  };
}

/** A P-256 key as files of its folder. */
export function fileKey(
  directory: KeyDirectory,
  period: { readonly notBefore?: Date; readonly notAfter?: Date } = {},
  document: object = {},
): Readonly<Record<string, string | object>> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    "key.json": { kind: "file", ...document },
    "key.pem": privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    "certificate.pem": directory.certificates(publicKey, period),
  };
}
