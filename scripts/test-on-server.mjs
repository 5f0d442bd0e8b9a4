// npm run test:server: the tests that use a database, on a PostgreSQL server of the operating system (15 or later)
// instead of the embedded one. Makes a throw-away cluster that listens on a Unix socket only, and removes it again.
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const ROOT = "/usr/lib/postgresql";
const version = existsSync(ROOT) ? readdirSync(ROOT).sort((left, right) => Number(right) - Number(left))[0] : undefined;
if (version === undefined || Number(version) < 15) {
  console.error(`No PostgreSQL 15 or later in ${ROOT}; install Debian's package postgresql.`);
  process.exit(1);
}
const bin = join(ROOT, version, "bin");
const directory = mkdtempSync("/tmp/orderseal-pg-");
const asRoot = process.getuid?.() === 0;
const postgres = asRoot ? idsOf("postgres") : {};
if (asRoot) chownSync(directory, postgres.uid, postgres.gid);
chmodSync(directory, 0o700);
const data = join(directory, "data");

let status = 1;
try {
  run(join(bin, "initdb"), [
    "-D",
    data,
    "-U",
    "orderseal",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
  ]);
  const settings = `-c listen_addresses= -c unix_socket_directories=${directory} -c fsync=off`;
  run(join(bin, "pg_ctl"), ["-D", data, "-w", "-l", join(directory, "log"), "-o", settings, "start"]);
  const url = `postgres://orderseal@/postgres?host=${encodeURIComponent(directory)}`;
  const suites =
    process.argv.length > 2 ? process.argv.slice(2) : ["tests/store", "tests/http", "tests/issue-contract.test.ts"];
  console.log(`PostgreSQL ${version}: ${suites.join(" ")}`);
  const environment = { ...process.env, DATABASE_URL: url };
  status = spawnSync("npx", ["vitest", "run", ...suites], { stdio: "inherit", env: environment }).status ?? 1;
} finally {
  if (existsSync(join(data, "postmaster.pid"))) run(join(bin, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"]);
  rmSync(directory, { recursive: true, force: true });
}
process.exit(status);

function run(program, args) {
  const done = spawnSync(program, args, {
    ...postgres,
    cwd: "/",
    encoding: "utf8",
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (done.status !== 0) throw new Error(`${program} failed`);
}

function idsOf(user) {
  const id = (flag) => Number(spawnSync("id", [flag, user], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}
