import { execFile } from "node:child_process";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LOCK = join(ROOT, "node_modules", ".orderseal-test-build");
const LONGEST_BUILD_MS = 120_000;
const run = promisify(execFile);

let built: Promise<string> | null = null;

/** The command as it is shipped; built where sources are newer. Test files that come at once wait for one build. */
export function builtOrderseal(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  while (!(await isLocked())) await sleep(100);
  try {
    await run(process.execPath, [join(ROOT, "scripts/build.mjs"), "--if-needed"], { cwd: ROOT });
    return join(ROOT, "bin/orderseal.js");
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
}

/** Locks for us; a lock that a killed test run left behind is taken away. */
async function isLocked(): Promise<boolean> {
  try {
    await mkdir(LOCK);
    return true;
  } catch {
    const left = await stat(LOCK).catch(() => null);
    if (left && Date.now() - left.mtimeMs > LONGEST_BUILD_MS) await rm(LOCK, { recursive: true, force: true });
    return false;
  }
}
