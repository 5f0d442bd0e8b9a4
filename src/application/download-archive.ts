import type { Archive } from "../domain/archive.ts";
import type { Objects } from "./ports.ts";

/** The archive, byte for byte as it was made. A missing file is broken infrastructure and throws. */
export async function downloadArchive(
  { objects }: { readonly objects: Objects },
  { document }: Archive,
): Promise<Uint8Array> {
  const archive = await objects.get(document);
  if (!archive) throw new Error(`the archive ${document} is missing`);
  return archive;
}
