import { mkdir, writeFile } from "node:fs/promises";
import { WrongUse } from "./terminal.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "it may not be written to",
  EEXIST: "there is a file of that name",
  EISDIR: "it is a directory",
  ENOENT: "its directory does not exist",
  ENOSPC: "the disk is full",
  ENOTDIR: "there is a file in the place of its directory",
  EPERM: "it may not be written to",
  EROFS: "it is on a disk that is only read",
};

/** Writes what a command was asked to keep; a place where it cannot is wrong use, told in one sentence. */
export async function writeOutput(path: string, bytes: Uint8Array | string): Promise<void> {
  await toldPlace(path, writeFile(path, bytes));
}

/** Makes the directory that a command was asked to fill, unless it is there. */
export async function makeOutputDirectory(path: string): Promise<void> {
  await toldPlace(path, mkdir(path, { recursive: true }));
}

/** What writes to the place; where it cannot be written to, wrong use, told in one sentence. */
export async function toldPlace<Value>(
  path: string,
  writing: Promise<Value>,
  wayOut = "choose another place with -o",
): Promise<Value> {
  try {
    return await writing;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = REASONS[code];
    if (reason === undefined) throw error;
    throw new WrongUse(`Nothing can be written to "${path}": ${reason}; ${wayOut}.`);
  }
}
