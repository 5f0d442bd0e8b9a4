// Builds the service to dist/ and the console to web/dist/. With --if-needed: only what is missing or older than its
// sources, so that `npm start` is instant after `npm ci`, and right after an edit.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const onlyIfNeeded = process.argv.includes("--if-needed");
const ASSETS = new Set([".sql", ".typ"]);
const COMPRESSED = new Set([".js", ".mjs", ".css", ".html", ".svg"]);
const LEAST_COMPRESSED = 1_000;

const service = {
  sources: ["src", "tsconfig.json", "tsconfig.build.json", "tsconfig.verify-types.json", "package-lock.json"],
  built: "dist/main.js",
};
const console_ = {
  sources: ["web/src", "web/index.html", "web/vite.config.ts", "package-lock.json"],
  built: "web/dist/index.html",
};

if (isNeeded(service)) buildService();
if (isNeeded(console_)) buildConsole();

/** Built aside and renamed: a build that fails or is interrupted leaves what was built before. */
function buildService() {
  const aside = `dist.${process.pid}.new`;
  try {
    const compiler = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
    run([compiler, "-p", "tsconfig.build.json", "--outDir", aside]);
    // What others may build on says what it takes and gives.
    run([compiler, "-p", "tsconfig.verify-types.json", "--outDir", aside]);
    const isAsset = (path) => statSync(path).isDirectory() || ASSETS.has(extname(path));
    cpSync(join(root, "src"), join(root, aside), { recursive: true, filter: isAsset });
    rmSync(join(root, "dist"), { recursive: true, force: true });
    renameSync(join(root, aside), join(root, "dist"));
  } finally {
    rmSync(join(root, aside), { recursive: true, force: true });
  }
}

function buildConsole() {
  const vite = createRequire(join(root, "web/package.json")).resolve("vite/package.json");
  run([join(dirname(vite), "bin/vite.js"), "build", "web", "--logLevel", "warn"]);
  compressBelow(join(root, "web/dist"));
}

/** Once here instead of with every answer: a page comes over a slow line in a third of the time. */
function compressBelow(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) compressBelow(path);
    else if (COMPRESSED.has(extname(path)) && statSync(path).size >= LEAST_COMPRESSED) {
      const content = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
      writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    }
  }
}

function isNeeded({ sources, built }) {
  if (!onlyIfNeeded) return true;
  const path = join(root, built);
  if (!existsSync(path)) return true;
  const builtAt = statSync(path).mtimeMs;
  return sources.some((source) => newest(join(root, source)) > builtAt);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function run(args) {
  // Whoever asks for the build, such as a test: what is built is what is shipped.
  const env = { ...process.env, NODE_ENV: "production" };
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env });
  if (status !== 0) throw new Error(`the build failed: ${args.join(" ")}`);
}
