// npm run lock: resolves package-lock.json afresh, then adds the platform packages that the registry at hand does not
// carry. A partial mirror drops them from the lock file, and `npm ci` then refuses the whole file ("Missing … from lock
// file"), here and on every other platform. Their versions are exact in their parents, and their platforms stand in
// their names; what cannot be known is their integrity, which npm checks for every package that was resolved.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const lockPath = join(root, "package-lock.json");

if (process.argv.includes("--afresh")) resolveAfresh();
const lock = JSON.parse(readFileSync(lockPath, "utf8"));
const added = completeLock(lock.packages);
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([left], [right]) => (left < right ? -1 : 1)));
writeFileSync(lockPath, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} platform packages added to package-lock.json`);

/** In a folder without node_modules, whose contents would otherwise shape the result. */
function resolveAfresh() {
  const scratch = mkdtempSync(join(tmpdir(), "orderseal-lock-"));
  mkdirSync(join(scratch, "web"));
  for (const file of ["package.json", ".npmrc", "web/package.json"]) cpSync(join(root, file), join(scratch, file));
  const args = ["install", "--package-lock-only", "--ignore-scripts"];
  const { status } = spawnSync("npm", args, { cwd: scratch, stdio: "inherit" });
  if (status === 0) cpSync(join(scratch, "package-lock.json"), lockPath);
  rmSync(scratch, { recursive: true, force: true });
  if (status !== 0) process.exit(status ?? 1);
}

function completeLock(packages) {
  const missing = [];
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!/^\d/.test(version) || isPresent(packages, path, name)) continue;
      const place = path.includes("/node_modules/") ? `${path}/node_modules/${name}` : `node_modules/${name}`;
      packages[place] = { version, ...platformOf(name), ...(dev ? { dev } : {}), optional: true };
      missing.push(name);
    }
  }
  return missing;
}

/** Looks where Node looks: beside the package, and in every node_modules above it. */
function isPresent(packages, from, name) {
  for (let folder = from; ; folder = folder.includes("/") ? dirname(folder) : "") {
    if (packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`]) return true;
    if (folder === "") return false;
  }
}

/** "@scope/tool-linux-arm64-musl" → os linux, cpu arm64, libc musl, as npm writes them. */
function platformOf(name) {
  const words = name.replace(/^@[^/]+\//, "").split("-");
  const os = words.find((word) =>
    /^(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)$/.test(word),
  );
  const cpu = words.find((word) => /^(arm|arm64|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)$/.test(word));
  const libc = words.some((word) => /^musl/.test(word))
    ? "musl"
    : words.some((word) => /^gnu/.test(word))
      ? "glibc"
      : null;
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc && os === "linux" ? { libc: [libc] } : {}),
    ...(os ? { os: [os] } : {}),
  };
}
