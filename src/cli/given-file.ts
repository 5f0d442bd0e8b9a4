import { readFile, stat } from "node:fs/promises";
import { WrongUse } from "./terminal.ts";

/** The bytes of a file that the command line names. */
export async function givenFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch {
    throw new WrongUse(`"${path}" cannot be read; name an existing file.`);
  }
}

/** The same, but null for a file larger than `mostBytes`, of which nothing is read. */
export async function givenFileUpTo(mostBytes: number, path: string): Promise<Buffer | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() && found.size > mostBytes ? null : givenFile(path);
}

/** The path of a file that is too large to be read at once. */
export async function givenPath(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new WrongUse(`"${path}" cannot be read; name an existing file.`);
  return path;
}
