import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fingerprintOf, orNothing } from "./folder-files.ts";
import { readCertificates } from "./seal/seal-certificates.ts";

interface KnownRoots {
  readonly certificates: readonly Uint8Array[];
  readonly fingerprint: string;
}

export interface Roots {
  current(): Promise<KnownRoots>;
  known(): readonly Uint8Array[];
}

/**
 * A file that cannot be read stops whoever starts. Who runs goes on with the roots that were read before: every order asks whether its
 * seller can seal, and none must fail for a certificate that somebody else put there.
 */
export function openRoots(folder: string, freshForMs: number): Roots {
  let known: KnownRoots | null = null;
  let lookedAtMs = -Infinity;
  return {
    async current() {
      if (known && performance.now() - lookedAtMs < freshForMs) return known;
      lookedAtMs = performance.now();
      const former = known;
      const read = readRoots(folder, former);
      known = former ? await read.catch(() => former) : await read;
      return known;
    },
    known: () => known?.certificates ?? [],
  };
}

async function readRoots(folder: string, former: KnownRoots | null): Promise<KnownRoots> {
  const names = (await readdir(folder).catch(orNothing)).filter((name) => name.endsWith(".pem"));
  const files = names.map((name) => join(folder, name));
  const fingerprint = `${names.join(" ")} ${await fingerprintOf(files)}`;
  if (fingerprint === former?.fingerprint) return former;
  const certificates = await Promise.all(files.map(async (file) => rootsOf(file, await readFile(file, "utf8"))));
  return { certificates: certificates.flat(), fingerprint };
}

function rootsOf(file: string, pem: string): readonly Uint8Array[] {
  try {
    return certificatesOfPem(pem);
  } catch (cause) {
    throw new Error(`${file}, a root, cannot be read; put it there again as PEM, or take it away`, { cause });
  }
}

/** Every certificate of a PEM text, DER. Throws when one of them cannot be read. */
export function certificatesOfPem(pem: string): readonly Uint8Array[] {
  return readCertificates(pem).map(({ raw }) => raw);
}
