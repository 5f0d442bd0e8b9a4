import { chmod, mkdir, mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const OUT = fileURLToPath(new URL("./out/", import.meta.url));
/** statfs(2): a directory that lives in memory, where an fsync costs nothing. */
const TMPFS = 0x01021994;

/** A directory of its own, and everything that has to be undone at the end, whatever happens. */
export interface Scratch {
  readonly directory: string;
  /** Runs at the end, last one first; at once where the end has begun. */
  atEnd(undo: () => Promise<unknown>): void;
  /** A second call waits for the first. */
  clean(): Promise<void>;
}

/** On a real disk: below the system's temporary directory, or below bench/out where that one lives in memory. */
export async function openScratch(): Promise<Scratch> {
  const directory = await mkdtemp(join(await diskDirectory(), "orderseal-bench-"));
  // Under root the embedded PostgreSQL runs as another account, which has to pass through.
  await chmod(directory, 0o711);
  const undoing: (() => Promise<unknown>)[] = [];
  let cleaning: Promise<void> | null = null;
  return {
    directory,
    atEnd(undo) {
      if (cleaning) void undo().catch(complain);
      else undoing.push(undo);
    },
    clean() {
      cleaning ??= undoAll(undoing).then(() => rm(directory, { recursive: true, force: true }));
      return cleaning;
    },
  };
}

async function undoAll(undoing: (() => Promise<unknown>)[]): Promise<void> {
  for (let undo = undoing.pop(); undo; undo = undoing.pop()) await undo().catch(complain);
}

/** Where documents to look at are left: bench/out, which git ignores. */
export async function outDirectory(): Promise<string> {
  await mkdir(OUT, { recursive: true });
  return OUT;
}

async function diskDirectory(): Promise<string> {
  const { type } = await statfs(tmpdir());
  return type === TMPFS ? outDirectory() : tmpdir();
}

function complain(error: unknown): void {
  process.stderr.write(`cleaning up: ${String(error)}\n`);
}
