import { X509Certificate } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SellerId } from "../domain/identifiers.ts";
import type { SealKey } from "./seal/seal-key.ts";
import { loadSealKey } from "./seal/seal-key-file.ts";

/** The sellers' seal keys and the roots that vouch for them. */
export interface KeyRing {
  hasKey(seller: SellerId): Promise<boolean>;
  /** Throws when the seller has no key: the ladder has refused before (R18). */
  key(seller: SellerId): Promise<SealKey>;
  /** DER certificates of the authorities whose seals are accepted. */
  roots(): Promise<readonly Uint8Array[]>;
}

/**
 * Keys in PEM files: `sellers/<seller>/key.pem` (PKCS #8) with `certificate.pem` (seal certificate first, then its
 * issuers), and `roots/*.pem`. Read once and kept.
 */
export function openKeyRing(directory: string): KeyRing {
  const keys = new Map<SellerId, Promise<SealKey | null>>();
  let roots: Promise<readonly Uint8Array[]> | null = null;
  const keyOf = (seller: SellerId): Promise<SealKey | null> => {
    const known = keys.get(seller);
    if (known) return known;
    const read = readKey(directory, seller);
    keys.set(seller, read);
    // A key that could not be read may be mended; it is read again at the next use.
    read.catch(() => keys.delete(seller));
    return read;
  };
  return {
    async hasKey(seller) {
      const found = (await keyOf(seller)) !== null;
      // Looked for again next time, so that a key put there later is found.
      if (!found) keys.delete(seller);
      return found;
    },
    async key(seller) {
      const key = await keyOf(seller);
      if (!key) throw new Error(`seller ${seller} has no seal key in ${directory}`);
      return key;
    },
    roots() {
      roots ??= readRoots(directory);
      return roots;
    },
  };
}

export function keyPaths(directory: string, seller: SellerId): { privateKeyPath: string; certificatePath: string } {
  const folder = join(directory, "sellers", seller);
  return { privateKeyPath: join(folder, "key.pem"), certificatePath: join(folder, "certificate.pem") };
}

async function readKey(directory: string, seller: SellerId): Promise<SealKey | null> {
  try {
    return await loadSealKey(keyPaths(directory, seller));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function readRoots(directory: string): Promise<readonly Uint8Array[]> {
  const folder = join(directory, "roots");
  const names = await readdir(folder).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  const pems = await Promise.all(
    names.filter((name) => name.endsWith(".pem")).map((name) => readFile(join(folder, name), "utf8")),
  );
  return pems.flatMap(certificatesOfPem);
}

/** Every certificate of a PEM text, DER. Throws when one of them cannot be read. */
export function certificatesOfPem(pem: string): readonly Uint8Array[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block).raw);
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
