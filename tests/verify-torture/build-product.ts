import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What is stale of it. */
export async function buildProduct(): Promise<void> {
  await promisify(execFile)(process.execPath, ["scripts/build.mjs", "--if-needed"], { cwd: ROOT });
}
