import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export interface UnpackedChromium {
  readonly executablePath: string;
  /** Where the libraries are that the host lacks; null where it has them. */
  readonly libraries: string | null;
}

/**
 * The Chromium of `@sparticuz/chromium`, unpacked once per user and version (what another user unpacked is neither ours
 * to run nor to trust). Several tests may ask at once: each unpacks aside, and the first rename wins.
 */
export async function unpackedChromium(): Promise<UnpackedChromium> {
  const home = join(tmpdir(), `orderseal-chromium-${await packageVersion()}-${userInfo().uid}`);
  if (!existsSync(home)) {
    const aside = await mkdtemp(`${home}-`);
    await unpackInto(aside);
    await rename(aside, home).catch(() => rm(aside, { recursive: true, force: true }));
  }
  return {
    executablePath: join(home, "chromium"),
    libraries: hostHasNss() ? null : join(home, "al2023", "lib"),
  };
}

/**
 * In a process of its own: the package is told where to unpack, and to unpack its libraries too, by TMPDIR and another
 * variable only, and whatever else runs in this process would follow them.
 */
async function unpackInto(directory: string): Promise<void> {
  const entry = JSON.stringify(import.meta.resolve("@sparticuz/chromium"));
  const script = `const { default: packaged } = await import(${entry}); await packaged.executablePath();`;
  const env = { ...process.env, TMPDIR: directory, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" };
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], { env });
}

function hostHasNss(): boolean {
  for (const ldconfig of ["ldconfig", "/sbin/ldconfig"]) {
    try {
      return execFileSync(ldconfig, ["-p"], { encoding: "utf8" }).includes("libnss3.so");
    } catch {
      // Not on the path of an ordinary user, or no such program: try the next.
    }
  }
  return false;
}

async function packageVersion(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve("@sparticuz/chromium"));
  const text = await readFile(join(dirname(entry), "..", "..", "package.json"), "utf8");
  return /"version":\s*"([\d.]+)"/.exec(text)?.[1] ?? "unknown";
}
