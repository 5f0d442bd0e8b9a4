import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import type { Localized } from "../domain/localized.ts";
import type { Instant } from "../domain/time.ts";
import { isAbsent } from "./folder-files.ts";
import { type UsePeriod, useBegins, useEnds } from "./key-choice.ts";
import { type KeyDocument, type KeyKind, parseKeyDocument } from "./key-document.ts";
import { leadsToRoot, oneLine, readSealCertificates, type SealCertificates } from "./seal/seal-certificates.ts";
import type { SealKey } from "./seal/seal-key.ts";
import { SealKeyFault } from "./seal/seal-key-fault.ts";
import { fileSealKey } from "./seal/seal-key-file.ts";

/** One key of a seller as it lies in the key directory. */
export interface KeyFolder {
  readonly name: string;
  readonly path: string;
  /** The layout of the first release: `key.pem` and `certificate.pem` in the seller's own folder. */
  readonly isPlain: boolean;
}

/** What was found in a key's folder: with a fault it cannot be used, whatever else is known of it. */
export interface ReadKey {
  readonly name: string;
  readonly kind: KeyKind | null;
  readonly certificate: {
    readonly subject: string;
    /** Of its DER, hexadecimal. */
    readonly sha256: string;
    readonly algorithmName: string;
    readonly period: UsePeriod;
  } | null;
  /** Null with a fault, and for a key whose time is over: nobody needs it any more. */
  readonly key: SealKey | null;
  readonly fault: Localized | null;
  /** Asked for, and not certified yet: the fault of a key that waits for its certificate. */
  readonly isAwaitingCertificate: boolean;
  /** Nothing is wrong with it but that no second person has approved it. */
  readonly isAwaitingApproval?: boolean;
  /** A fault that may pass by itself, such as a signer that does not answer. */
  readonly mayBeTriedAgain: boolean;
  /** The files that it was read from; a change of any makes it another key. */
  readonly files: readonly string[];
}

/** The plain layout is the key of this name. */
const PLAIN_KEY_NAME = "default";
const KEY_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function isKeyName(text: string): boolean {
  return KEY_NAME.test(text);
}

/** The files of a key's folder; the passphrase may lie elsewhere, but what we make lies here. */
export function keyFiles(folder: string) {
  return {
    document: join(folder, "key.json"),
    privateKey: join(folder, "key.pem"),
    certificate: join(folder, "certificate.pem"),
    passphrase: join(folder, "passphrase"),
    request: join(folder, "request.csr"),
  };
}

/**
 * The keys of a seller, by name; none when the folder is absent. One that cannot be looked into has the key of the
 * plain layout, whose fault tells what cannot be read.
 */
export async function keyFolders(sellerFolder: string): Promise<readonly KeyFolder[]> {
  const listed = await readdir(sellerFolder, { withFileTypes: true }).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    if (isSystemError(error)) return null;
    throw error;
  });
  const entries = listed ?? [];
  const isPlain = listed === null || entries.some((entry) => entry.name === "key.pem");
  const plain = isPlain ? [{ name: PLAIN_KEY_NAME, path: sellerFolder, isPlain }] : [];
  const named = await Promise.all(
    entries
      // A mounted secret is a link to a folder.
      .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && isKeyName(entry.name))
      .map(async ({ name }) => ({
        name,
        path: join(sellerFolder, name),
        isFolder: await isDirectory(join(sellerFolder, name)),
      })),
  );
  return [
    ...plain,
    ...named.filter(({ isFolder }) => isFolder).map(({ name, path }) => ({ name, path, isPlain: false })),
  ].toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** Files of a folder that say whether it is worth reading before anything is known of it. */
export function firstFilesOf({ path }: KeyFolder): readonly string[] {
  const { document, privateKey, certificate } = keyFiles(path);
  return [document, privateKey, certificate];
}

/** A certificate that does not lie in the folder yet, and the beginning of use that is wanted. */
export interface TriedCertificate {
  readonly certificates: string;
  readonly from: Instant | null;
}

/**
 * Reads a key and tries it: a private key in a file must belong to its certificate, any other has to sign something.
 * Whatever is wrong with it is a fault in the answer; nothing is thrown but bugs.
 */
export async function readKeyFolder(
  folder: KeyFolder,
  roots: readonly Uint8Array[],
  at: Instant,
  tried: TriedCertificate | null = null,
): Promise<ReadKey> {
  const known: { -readonly [Part in "kind" | "certificate" | "files"]: ReadKey[Part] } = {
    kind: null,
    certificate: null,
    files: firstFilesOf(folder),
  };
  try {
    const read = await readDocument(folder);
    const document = tried?.from ? { ...read, from: tried.from } : read;
    known.kind = document.kind;
    const secretFile = secretFileOf(document);
    if (secretFile !== undefined) known.files = [...known.files, pathOf(folder, secretFile)];
    if (!tried && !folder.isPlain && !(await isThere(keyFiles(folder.path).certificate)))
      return awaiting(folder, known);
    const certificates = readSealCertificates(tried?.certificates ?? (await textOf(keyFiles(folder.path).certificate)));
    const period = periodOf(document, certificates);
    known.certificate = {
      subject: oneLine(certificates.certificate.subject),
      sha256: certificates.certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
      algorithmName: certificates.algorithmName,
      period,
    };
    checkPeriod(period);
    const isOver = useEnds(period) <= at;
    if (!isOver && !leadsToRoot(certificates, roots)) throw noRoot(certificates);
    const key = isOver ? null : await openKey(folder, document, certificates);
    return { ...known, name: folder.name, key, fault: null, isAwaitingCertificate: false, mayBeTriedAgain: false };
  } catch (error) {
    if (!(error instanceof SealKeyFault)) throw error;
    const { sentence: fault, mayBeTriedAgain } = error;
    return { ...known, name: folder.name, key: null, fault, isAwaitingCertificate: false, mayBeTriedAgain };
  }
}

function awaiting({ name, path }: KeyFolder, known: Pick<ReadKey, "kind" | "certificate" | "files">): ReadKey {
  const install = `orderseal keys install --seller ${basename(dirname(path))} --name ${name}`;
  const fault = {
    "zh-CN": `等待证书；取得证书后执行 ${install} certificate.pem。`,
    en: `It waits for its certificate; when you have it, run ${install} certificate.pem.`,
  };
  return { ...known, name, key: null, fault, isAwaitingCertificate: true, mayBeTriedAgain: false };
}

async function readDocument(folder: KeyFolder): Promise<KeyDocument> {
  if (folder.isPlain) return { kind: "file", from: null, until: null };
  const parsed = parseKeyDocument(await textOf(keyFiles(folder.path).document));
  if (!parsed.ok) throw new SealKeyFault(parsed.fault);
  return parsed.value;
}

async function openKey(folder: KeyFolder, document: KeyDocument, certificates: SealCertificates): Promise<SealKey> {
  switch (document.kind) {
    case "file": {
      const privateKey = await textOf(keyFiles(folder.path).privateKey);
      const { passphraseFile } = document;
      const passphrase = passphraseFile === undefined ? {} : { passphrase: await secretOf(folder, passphraseFile) };
      return fileSealKey({ privateKey, ...passphrase }, certificates);
    }
    // Loaded only where such a key is: most installations have none.
    case "pkcs11": {
      const { openPkcs11Key } = await import("./pkcs11-key.ts");
      return openPkcs11Key(document, await secretOf(folder, document.pinFile), certificates);
    }
    case "http": {
      const { openHttpKey } = await import("./http-key.ts");
      const { tokenFile } = document;
      return openHttpKey(document, tokenFile === undefined ? null : await secretOf(folder, tokenFile), certificates);
    }
  }
}

function secretFileOf(document: KeyDocument): string | undefined {
  switch (document.kind) {
    case "file":
      return document.passphraseFile;
    case "pkcs11":
      return document.pinFile;
    case "http":
      return document.tokenFile;
  }
}

function pathOf({ path }: KeyFolder, file: string): string {
  return isAbsolute(file) ? file : join(path, file);
}

/** Editors end the last line; that line end is no part of a passphrase, a PIN or a token. */
async function secretOf(folder: KeyFolder, file: string): Promise<string> {
  return (await textOf(pathOf(folder, file))).replace(/\r?\n$/, "");
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new SealKeyFault(
      {
        "zh-CN": `文件 ${path} 无法读取（${code}）；请放入该文件并检查权限。`,
        en: `The file ${path} cannot be read (${code}); put it there, readable for the service.`,
      },
      { cause },
    );
  }
}

function periodOf({ from, until }: KeyDocument, { notBefore, notAfter }: SealCertificates): UsePeriod {
  return { notBefore, notAfter, from, until };
}

function checkPeriod(period: UsePeriod): void {
  if (useBegins(period) < useEnds(period)) return;
  throw new SealKeyFault({
    "zh-CN": "key.json 中的 from、until 与证书有效期没有交集；请更正使用期。",
    en: "from and until in key.json lie outside the validity of the certificate; correct the period of use.",
  });
}

function noRoot({ certificate, chain }: SealCertificates): SealKeyFault {
  const last = oneLine((chain.at(-1) ?? certificate).issuer);
  return new SealKeyFault({
    "zh-CN": `密钥目录的 roots 中没有可验证该证书的根证书（${last}）；请将该根证书的 PEM 文件放入 roots。`,
    en: `No certificate among the roots of the key directory vouches for it (issuer ${last}); put that root there as a .pem file.`,
  });
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
