import { execFileSync } from "node:child_process";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { median, timeEach } from "./measure.ts";

const BLOCK_BYTES = 170_000;
const BLOCKS = 100;

/** What figures cannot be read without: one line each, as Markdown list items' text. */
export async function describeMachine(directory: string): Promise<readonly string[]> {
  const processors = cpus();
  const mount = await mountOf(directory);
  const disk = await syncedWriteMs(directory);
  return [
    `CPU: ${processors[0]?.model ?? "unknown"}, ${processors.length} cores; memory: ${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    `Kernel: ${type()} ${release()}; Node ${process.version}`,
    `Disk under database and files: ${mount}; writing and fsyncing ${BLOCK_BYTES / 1000} kB takes ${disk.toFixed(2)} ms (median of ${BLOCKS})`,
    `Load average before the run: ${await loadAverage()}`,
  ];
}

/** "4f1c… (with changes not committed)"; "unknown" outside a checkout. */
export function describeCommit(): string {
  try {
    const git = (...args: string[]): string =>
      execFileSync("git", args, { cwd: import.meta.dirname, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const changed = git("status", "--porcelain", "--", "../src", ".", ":!RESULTS.md").trim() !== "";
    return git("rev-parse", "HEAD").trim() + (changed ? " (with changes that are not committed)" : "");
  } catch {
    return "unknown";
  }
}

async function syncedWriteMs(parent: string): Promise<number> {
  const directory = await mkdtemp(join(parent, "disk-"));
  const block = Buffer.alloc(BLOCK_BYTES, 7);
  try {
    return median(
      await timeEach(BLOCKS, async (run) => {
        const file = await open(join(directory, String(run)), "wx");
        await file.writeFile(block);
        await file.sync();
        await file.close();
      }),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The mount with the longest path that leads to the directory: "/dev/vda, ext4". */
async function mountOf(directory: string): Promise<string> {
  const table = await readFile("/proc/mounts", "utf8").catch(() => "");
  const mounts = table.split("\n").map((line) => line.split(" "));
  const [best] = mounts
    .filter(([, at = "-"]) => directory === at || directory.startsWith(at.endsWith("/") ? at : `${at}/`))
    .sort(([, a = ""], [, b = ""]) => b.length - a.length);
  return best ? `${best[0]}, ${best[2]}` : "unknown";
}

async function loadAverage(): Promise<string> {
  const text = await readFile("/proc/loadavg", "utf8").catch(() => "unknown");
  return text.split(" ").slice(0, 3).join(", ");
}
