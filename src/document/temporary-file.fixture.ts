import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Lends the bytes to a tool that reads files only; nothing is left behind. */
export function inTemporaryFile(bytes: Uint8Array, body: (path: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), "orderseal-document-"));
  try {
    const path = join(directory, "document.pdf");
    writeFileSync(path, bytes);
    body(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
