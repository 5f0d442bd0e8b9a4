import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TrustedCertificate, TrustedCertificates } from "../application/backup-ports.ts";

const FOLDERS = ["roots", "tsa-roots"];
const PATH = /^(?:tsa-)?roots\/[\w-][\w .-]*\.pem$/;

/** Those in `roots/` and `tsa-roots/` beside the seal keys. */
export function openTrustedCertificates(keyDirectory: string): TrustedCertificates {
  return {
    read: () => readCertificates(keyDirectory),
    add: (certificates) => addCertificates(keyDirectory, certificates),
  };
}

async function readCertificates(keyDirectory: string): Promise<readonly TrustedCertificate[]> {
  const found: TrustedCertificate[] = [];
  for (const folder of FOLDERS) {
    const names = await readdir(join(keyDirectory, folder)).catch(() => []);
    for (const path of names.sort().map((name) => `${folder}/${name}`)) {
      if (PATH.test(path)) found.push({ path, pem: await readFile(join(keyDirectory, path), "utf8") });
    }
  }
  return found;
}

async function addCertificates(keyDirectory: string, certificates: readonly TrustedCertificate[]): Promise<void> {
  for (const { path, pem } of certificates) {
    // They come from a file, which must not choose where else to write.
    if (!PATH.test(path)) throw new Error(`the backup names a certificate in an unexpected place: ${path}`);
    await mkdir(dirname(join(keyDirectory, path)), { recursive: true, mode: 0o700 });
    await writeFile(join(keyDirectory, path), pem, { flag: "wx", mode: 0o600 }).catch(unlessThere);
  }
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
}
