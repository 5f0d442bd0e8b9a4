import { createPrivateKey, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SellerId } from "../domain/identifiers.ts";
import { keyFiles } from "./key-folder.ts";
import { sellerFolder } from "./key-ring.ts";
import { encryptedPem } from "./seal/seal-key-pair.ts";
import { createTestAuthority, type TestKeyType } from "./seal/test-authority.ts";

/** A file of this name among the keys says that they are for demonstration only. */
const DEMO_MARK = "DEMO";
const DEMO_KEY_NAME = "demo";

export function areDemoKeys(directory: string): boolean {
  return existsSync(join(directory, DEMO_MARK));
}

/**
 * Makes a demonstration authority on the spot and an encrypted seal key for each seller; the authority's own key is
 * thrown away at once. Nobody outside trusts these seals, and every certificate says DEMO 演示. Written aside and renamed, so that
 * a kill leaves either all of it or nothing.
 */
export async function makeDemoKeys(
  directory: string,
  sellers: readonly { readonly id: SellerId; readonly legalName: string }[],
  now: Date,
  keyType: TestKeyType = "p256",
): Promise<void> {
  const authority = createTestAuthority({ keyType, now });
  const aside = `${directory}.${process.pid}.new`;
  await rm(aside, { recursive: true, force: true });
  await writePrivate(join(aside, "roots", "demo-root.pem"), authority.root.certificatePem);
  for (const { id, legalName } of sellers) {
    const seal = authority.issueSealCertificate({ legalName, countryCode: "CN" });
    const files = keyFiles(join(sellerFolder(aside, id), DEMO_KEY_NAME));
    const passphrase = randomBytes(32).toString("base64url");
    await writePrivate(files.document, `${JSON.stringify({ kind: "file", passphraseFile: "passphrase" })}\n`);
    await writePrivate(files.passphrase, `${passphrase}\n`);
    await writePrivate(files.privateKey, encryptedPem(createPrivateKey(seal.privateKeyPem), passphrase));
    await writePrivate(files.certificate, seal.certificatePem + authority.root.certificatePem);
  }
  await writePrivate(join(aside, DEMO_MARK), "Seals made with these keys have no legal effect.\n");
  try {
    await rename(aside, directory);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    // Another process that started at the same time was first; its keys are as good.
    if (!areDemoKeys(directory)) throw error;
  }
}

async function writePrivate(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, text, { mode: 0o600 });
}
