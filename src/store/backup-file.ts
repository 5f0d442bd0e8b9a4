import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { extract, pack } from "tar-stream";
import type { BackupEntry } from "../application/backup-ports.ts";

/**
 * Makes the file with what `work` writes into it: a tar archive (POSIX.1-2001, pax), which every system can list. It has
 * its name only once it is whole and fsynced; a failure leaves nothing behind, and an older file of the name as it was.
 */
export async function writeBackupFile<Value>(
  path: string,
  work: (write: (entry: BackupEntry) => Promise<void>) => Promise<Value>,
): Promise<Value> {
  const aside = `${path}.partial`;
  const archive = pack();
  // For its owner alone: it holds names, prices and addresses.
  const file = createWriteStream(aside, { mode: 0o600, flush: true });
  const writing = pipeline(archive, file);
  // Waited for below; a disk that is full must not end the process before.
  writing.catch(() => {});
  try {
    const value = await Promise.race([work((entry) => add(archive, entry)), failureOf(writing)]);
    archive.finalize();
    await writing;
    await rename(aside, path);
    await syncFolder(dirname(path));
    return value;
  } catch (error) {
    archive.destroy();
    await writing.catch(() => {});
    await rm(aside, { force: true });
    throw error;
  }
}

/** The entries of a backup in the order in which they were written; ends early where the file was cut off. */
export async function* readBackupFile(path: string): AsyncIterable<BackupEntry> {
  const source = createReadStream(path);
  const archive = extract();
  source.on("error", (error) => archive.destroy(error));
  source.pipe(archive);
  try {
    for await (const entry of archive) yield { name: entry.header.name, bytes: await buffer(entry) };
  } catch (error) {
    // What is no tar archive, or half of one, has no more entries; a file that cannot be read is another matter.
    if (error instanceof Error && "code" in error) throw error;
  } finally {
    source.destroy();
  }
}

function add(archive: ReturnType<typeof pack>, { name, bytes }: BackupEntry): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name, mode: 0o600 }, Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
  });
}

/** Never resolves: only for waiting beside the work that writes. */
function failureOf(writing: Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    writing.catch(reject);
  });
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
