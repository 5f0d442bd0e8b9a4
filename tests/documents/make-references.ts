// npm run references: draws every variant and keeps what its pages look like; also the picture in the README.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pngOf } from "../../src/document/pages/page-png.ts";
import { inLanes, openDrawingPool } from "./draw-with-pool.ts";
import { drawVariant } from "./drawn-variant.ts";
import { HASHES, hashLines, REFERENCES } from "./reference-files.ts";
import { referencePng } from "./reference-image.ts";
import { showcase } from "./showcase.ts";
import { variantDocument, variantDocuments } from "./variants.ts";

const README_IMAGE = fileURLToPath(new URL("../../docs/images/contract.png", import.meta.url));
/** 220 kB instead of 320, and no difference to be seen. */
const README_COLOURS = 64;
const PROCESSES = 2;

const pool = await openDrawingPool(PROCESSES);
try {
  await rm(REFERENCES, { recursive: true, force: true });
  await mkdir(REFERENCES, { recursive: true });
  await mkdir(dirname(README_IMAGE), { recursive: true });
  let [images, bytes] = [0, 0];
  const keep = async (path: string, png: Uint8Array): Promise<void> => {
    await writeFile(path, png);
    [images, bytes] = [images + 1, bytes + png.length];
  };
  const hashes = await inLanes(variantDocuments(), PROCESSES, async (document) => {
    const drawn = await drawVariant(document, pool.draw);
    for (const [name, image] of drawn.images) await keep(join(REFERENCES, name), referencePng(image));
    return [document.name, drawn.unsealed] as const;
  });
  await writeFile(HASHES, hashLines(new Map(hashes)));
  await keep(
    README_IMAGE,
    pngOf(await showcase(variantDocument("order.both"), pool.draw), { colours: README_COLOURS }),
  );
  console.log(`${hashes.length} documents, ${images} images, ${(bytes / 1e6).toFixed(2)} MB`);
} finally {
  await pool.close();
}
