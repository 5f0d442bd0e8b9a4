import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CertificateToInstall, KeyDesk, SealKeyLine, SealKeyRequest } from "../application/seal-keys.ts";
import type { Localized } from "../domain/localized.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { type Instant, isoOf } from "../domain/time.ts";
import { areDemoKeys } from "./demo-keys.ts";
import type { ApprovedKeys } from "./key-approval.ts";
import { useEnds } from "./key-choice.ts";
import { keyFiles, keyFolders, readKeyFolder } from "./key-folder.ts";
import { openKeyRing, sellerFolder } from "./key-ring.ts";
import { keyLines } from "./key-state.ts";
import { certificateRequest } from "./seal/certificate-request.ts";
import { encryptedPem, generateSealKeyPair } from "./seal/seal-key-pair.ts";

const KEY_TYPE = { p256: "p256", "rsa-2048": "rsa2048", "rsa-3072": "rsa3072" } as const;

/** Looks after the keys of a directory; a service that runs notices what is changed here by itself. */
export function openKeyDesk(directory: string, approved: () => Promise<ApprovedKeys> = async () => null): KeyDesk {
  return {
    async list(seller, at) {
      const ring = openKeyRing(directory, { freshForMs: 0, approved });
      const sellers = seller === null ? (await ring.sellers()).toSorted() : [seller];
      const lines = await Promise.all(sellers.map(async (one) => keyLines(one, await ring.keys(one, at), at)));
      return lines.flat();
    },
    request: (wanted) => makeRequest(directory, wanted),
    install: (certificate, at) => installCertificate(directory, certificate, at),
    needsApproval: () => !areDemoKeys(directory),
  };
}

/** Written aside and renamed, so that a kill leaves either all of it or nothing. */
async function makeRequest(
  directory: string,
  { seller, name, algorithm, legalName, countryCode }: SealKeyRequest,
): Promise<Result<{ readonly folder: string; readonly request: string }, Localized>> {
  const folder = join(sellerFolder(directory, seller), name);
  // The layout of the first release is a key with a name, too, and has no folder of that name.
  const isTaken = (await keyFolders(sellerFolder(directory, seller))).some((key) => key.name === name);
  if (isTaken || (await isThere(folder))) {
    return fail({
      "zh-CN": `${seller} 已有名为 ${name} 的密钥；请用 --name 另取一个名称。`,
      en: `${seller} has a key named ${name} already; choose another name with --name.`,
    });
  }
  const pair = generateSealKeyPair(KEY_TYPE[algorithm]);
  const request = certificateRequest(pair, { legalName, countryCode });
  const passphrase = randomBytes(32).toString("base64url");
  const aside = `${join(sellerFolder(directory, seller), `.${name}`)}.${process.pid}`;
  await mkdir(aside, { recursive: true, mode: 0o700 });
  const files = keyFiles(aside);
  try {
    await writePrivate(files.document, documentText({ kind: "file", passphraseFile: "passphrase" }));
    await writePrivate(files.passphrase, `${passphrase}\n`);
    await writePrivate(files.privateKey, encryptedPem(pair.privateKey, passphrase));
    await writePrivate(files.request, request);
    await rename(aside, folder);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
  return succeed({ folder, request });
}

async function installCertificate(
  directory: string,
  { seller, name, certificates, from }: CertificateToInstall,
  at: Instant,
): Promise<Result<SealKeyLine, Localized>> {
  const found = (await keyFolders(sellerFolder(directory, seller))).find((folder) => folder.name === name);
  if (!found || found.isPlain) return fail(noSuchKey(seller, name));
  const files = keyFiles(found.path);
  if (await isThere(files.certificate)) return fail(hasCertificate(seller, name));
  const roots = await openKeyRing(directory).roots();
  const tried = await readKeyFolder(found, roots, at, { certificates, from });
  if (tried.fault !== null) return fail(tried.fault);
  if (tried.certificate !== null && useEnds(tried.certificate.period) <= at) {
    return fail({
      "zh-CN": "该证书已到期，未安装；请向签发机构申请新的证书。",
      en: "The certificate has ended and was not installed; ask the authority for a new one.",
    });
  }
  if (from !== null) await replacePrivate(files.document, await documentWithFrom(files.document, from));
  // Last of all: with it the key is complete.
  await replacePrivate(files.certificate, certificates);
  const ring = openKeyRing(directory, { freshForMs: 0 });
  const line = keyLines(seller, await ring.keys(seller, at), at).find((known) => known.name === name);
  if (!line) throw new Error(`the key ${name} of ${seller} was removed while its certificate was installed`);
  return succeed(line);
}

async function documentWithFrom(path: string, from: Instant): Promise<string> {
  const document: unknown = JSON.parse(await readFile(path, "utf8"));
  return documentText({ ...(document !== null && typeof document === "object" ? document : {}), from: isoOf(from) });
}

function documentText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function writePrivate(path: string, content: string): Promise<void> {
  return writeFile(path, content, { mode: 0o600, flush: true });
}

/** Nobody reads half a file. */
async function replacePrivate(path: string, content: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  await writePrivate(aside, content);
  await rename(aside, path);
}

function noSuchKey(seller: string, name: string): Localized {
  return {
    "zh-CN": `${seller} 没有名为 ${name}、可安装证书的密钥；请用 orderseal keys list 查看，或先执行 orderseal keys request。`,
    en: `${seller} has no key named ${name} that a certificate can be installed for; see orderseal keys list, or begin with orderseal keys request.`,
  };
}

function hasCertificate(seller: string, name: string): Localized {
  return {
    "zh-CN": `${seller} 的密钥 ${name} 已有证书；续期请以新名称申请新密钥：orderseal keys request。`,
    en: `The key ${name} of ${seller} has its certificate already; to renew, request a new key under another name: orderseal keys request.`,
  };
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
