import { execFile } from "node:child_process";
import { cp, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const NODE = "tests/torture/crash/crash-node";
const ASSETS = new Set([".sql", ".typ"]);
const run = promisify(execFile);

export interface BuiltNode {
  /** To be started by Node alone. */
  readonly script: string;
  remove(): Promise<void>;
}

/**
 * The node and the whole product behind it, as JavaScript: a start from source takes 3.5 s of a processor, one of this
 * 1.3, and there are more than a thousand. Beside the packages, so that they are found.
 */
export async function buildNode(): Promise<BuiltNode> {
  const out = join(ROOT, "node_modules", `.orderseal-torture-${process.pid}`);
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const config = {
    extends: join(ROOT, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      noCheck: true,
      rootDir: ROOT,
      outDir: out,
      typeRoots: [join(ROOT, "node_modules/@types")],
    },
    include: [join(ROOT, `${NODE}.ts`), join(ROOT, "src")],
    exclude: [join(ROOT, "src/**/*.test.ts")],
  };
  await mkdir(out, { recursive: true });
  const configFile = join(out, "tsconfig.json");
  await writeFile(configFile, JSON.stringify(config));
  await writeFile(join(out, "package.json"), JSON.stringify({ type: "module" }));
  await run(process.execPath, [compiler, "-p", configFile]);
  const isAsset = async (path: string) => (await stat(path)).isDirectory() || ASSETS.has(extname(path));
  await cp(join(ROOT, "src"), join(out, "src"), { recursive: true, filter: isAsset });
  return { script: join(out, `${NODE}.js`), remove: () => rm(out, { recursive: true, force: true }) };
}
