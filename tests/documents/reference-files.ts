import { readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DrawnVariant } from "./drawn-variant.ts";
import {
  countDifferences,
  differencePng,
  type ReferenceImage,
  readReference,
  referencePng,
} from "./reference-image.ts";

export const REFERENCES = fileURLToPath(new URL("./references/", import.meta.url));
export const HASHES = join(REFERENCES, "unsealed.sha256");

/** As `sha256sum` writes them: hash, two spaces, name. */
export function hashLines(hashes: ReadonlyMap<string, string>): string {
  return [...hashes].map(([name, hash]) => `${hash}  ${name}.pdf\n`).join("");
}

/** The unsealed SHA-256 of each variant document, by its name, as the references have them. */
export function readHashes(text = readFileSync(HASHES, "utf8")): ReadonlyMap<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(66).replace(/\.pdf$/, ""), line.slice(0, 64)]));
}

let folder: Promise<string> | null = null;

/**
 * One sentence for each page that does not look like its reference image. What it looks like and where it differs are
 * written to a new temporary folder, which the sentence names.
 */
export async function differencesOf({ images }: DrawnVariant): Promise<readonly string[]> {
  const found = await Promise.all([...images].map(([name, actual]) => differenceOf(name, actual)));
  return found.filter((sentence) => sentence !== null);
}

async function differenceOf(name: string, actual: ReferenceImage): Promise<string | null> {
  const expected = referenceNamed(name);
  const pixels = expected && countDifferences(expected, actual);
  if (pixels === 0) return null;
  folder ??= mkdtemp(join(tmpdir(), "orderseal-pages-"));
  const path = join(await folder, name);
  await writeFile(path, referencePng(actual));
  if (expected === null) return `${name} has no reference image; it looks like ${path}`;
  const difference = path.replace(/\.png$/, ".difference.png");
  await writeFile(difference, differencePng(expected, actual));
  return `${name} differs in ${pixels} pixels: ${path}, ${difference}`;
}

function referenceNamed(name: string): ReferenceImage | null {
  try {
    return readReference(readFileSync(join(REFERENCES, name)));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
