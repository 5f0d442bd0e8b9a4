import { X509Certificate } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { certificatesOfPem } from "./seal-roots.ts";

/**
 * DER certificates from `tsa-roots/*.pem` beside the keys: the authorities whose timestamps are accepted. Null when
 * nobody has put any there; then any timestamp that holds in itself is.
 */
export async function readTimestampRoots(keyDirectory: string): Promise<readonly Uint8Array[] | null> {
  const folder = join(keyDirectory, "tsa-roots");
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  const pems = await Promise.all(
    names.filter((name) => name.endsWith(".pem")).map((name) => readFile(join(folder, name), "utf8")),
  );
  if (pems.length === 0) return null;
  const roots = pems.flatMap(certificatesOfPem);
  if (roots.length === 0) throw new Error(`the files in ${folder} hold no certificate`);
  // The verifier accepts what an authority has issued, so that a signer's own certificate here would let nothing pass.
  const signer = roots.map((der) => new X509Certificate(der)).find(({ ca }) => !ca);
  if (signer) throw new Error(`${folder} must hold roots, and "${oneLine(signer.subject)}" is none`);
  return roots;
}

function oneLine(subject: string): string {
  return subject.replaceAll("\n", ", ");
}
