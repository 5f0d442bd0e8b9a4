import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { killed, sql, type TestHome, TestSuite } from "./test-home.fixture.ts";

const asRoot = process.getuid?.() === 0;
let suite: TestSuite;
let home: TestHome;

beforeAll(async () => {
  suite = await TestSuite.make();
});
beforeEach(async () => {
  home = await suite.home();
});
afterEach(() => home.clear());
afterAll(() => suite.remove());

test("the first open makes the database, the next one finds its data again", async () => {
  const first = await home.open();
  expect(first.started).toBe("created");
  await sql(first.connection, "create table kept as select 'sealed' as word");
  await first.close();
  expect(existsSync(join(home.directory, "data", "postmaster.pid"))).toBe(false);
  const second = await home.open();
  expect(second.started).toBe("started");
  expect(await sql(second.connection, "select word from kept")).toEqual([["sealed"]]);
});

test("the database is durable, checks its pages, sorts alike everywhere and asks for a password", async () => {
  await home.fill();
  const { connection } = await home.open();
  const settings = "fsync synchronous_commit full_page_writes data_checksums server_encoding".split(" ");
  for (const name of settings) {
    expect(await sql(connection, `show ${name}`)).toEqual([[name === "server_encoding" ? "UTF8" : "on"]]);
  }
  const locale = "select datlocprovider::text, datlocale from pg_database where datname = current_database()";
  expect(await sql(connection, locale)).toEqual([["b", "C.UTF-8"]]);
  expect(await sql(connection, "select rolsuper from pg_roles where rolname = current_user")).toEqual([[false]]);
  await expect(sql({ ...connection, password: "guess" }, "select 1")).rejects.toThrow(/password authentication failed/);
  expect(statSync(join(home.directory, "password")).mode & 0o777).toBe(0o600);
  expect(await sql(connection, "select rolsuper from pg_roles where rolname = current_user", "postgres")).toEqual([
    [true],
  ]);
});

test("what statements say when they fail is not in the server's log, and what it says of itself is", async () => {
  await home.fill();
  const { connection } = await home.open();
  await sql(connection, "create table walled (name text check (name = 'nobody'))");
  await expect(sql(connection, "insert into walled values ('Ouyang')")).rejects.toThrow(/violates check constraint/);
  await expect(sql(connection, "select 'Ouyang'::integer")).rejects.toThrow(/"Ouyang"/);
  const log = readFileSync(join(home.directory, "server.log"), "utf8");
  expect(log).toContain("ready to accept connections");
  expect(log).not.toMatch(/Ouyang|walled/);
});

test("nothing listens on TCP", async () => {
  await home.fill();
  const { connection } = await home.open();
  expect(await sql(connection, "show listen_addresses")).toEqual([[""]]);
  if (process.platform !== "linux") return;
  const sockets = new Set(
    ["tcp", "tcp6"].flatMap((kind) =>
      (existsSync(`/proc/net/${kind}`) ? readFileSync(`/proc/net/${kind}`, "utf8") : "")
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[3] === "0A")
        .map((fields) => `socket:[${fields[9]}]`),
    ),
  );
  const descriptors = `/proc/${await home.serverPid()}/fd`;
  const held = readdirSync(descriptors).map((name) => readlinkSync(join(descriptors, name)));
  expect(held.some((target) => target.startsWith("socket:"))).toBe(true);
  expect(held.filter((target) => sockets.has(target))).toEqual([]);
});

test("a home with a long path gets its socket in a short private directory", async () => {
  home.directory = join(dirname(home.directory), "long-".repeat(30), "database");
  const database = await home.open();
  const { connection, dataDirectory } = database;
  expect(dataDirectory.startsWith(home.directory)).toBe(true);
  expect(Buffer.byteLength(join(connection.host, ".s.PGSQL.5432"))).toBeLessThan(100);
  expect(statSync(connection.host).mode & 0o777).toBe(0o700);
  expect(statSync(connection.host).uid).toBe(statSync(dataDirectory).uid);
  expect(await sql(connection, "select 1")).toEqual([[1]]);
  await database.close();
  rmSync(connection.host, { recursive: true });
});

test("the server outlives a Node that is killed, and the next open joins it", async () => {
  await home.fill();
  const { child, opened: theirs } = await home.openElsewhere();
  await sql(theirs.connection, "create table kept as select 1 as number");
  const server = await home.serverPid();
  await killed(child);
  expect(await home.serves(server)).toBe(true);
  const database = await home.open();
  expect(database.started).toBe("joined");
  expect(await sql(database.connection, "select number from kept")).toEqual([[1]]);
  await database.close();
  expect(await home.serves(server)).toBe(false);
});

test("after the server was killed the next open recovers what was committed", async () => {
  await home.fill();
  const { child, opened: theirs } = await home.openElsewhere();
  await sql(theirs.connection, "create table kept as select 2 as number");
  await killed(child);
  process.kill(await home.serverPid(), "SIGKILL");
  const database = await home.open();
  expect(database.started).toBe("started");
  expect(await sql(database.connection, "select number from kept")).toEqual([[2]]);
});

test("a database that is open finds its server started again after it was killed", async () => {
  await home.fill();
  const { connection } = await home.open();
  const server = await home.serverPid();
  process.kill(server, "SIGKILL");
  await expect.poll(() => sql(connection, "select 3").catch(() => null), { timeout: 10_000 }).toEqual([[3]]);
  expect(await home.serverPid()).not.toBe(server);
});

test("pids in stale lock files that now belong to another program do not keep the server from starting", async () => {
  await home.fill();
  const first = await home.open();
  const { uid, gid } = statSync(first.dataDirectory);
  await first.close();
  const stranger = spawn("sleep", ["60"], { uid, gid, cwd: "/" });
  home.children.push(stranger);
  const { data } = home;
  const pidFile = [stranger.pid, data, 1, 5432, data, "", "", "ready", ""].join("\n");
  await writeFile(join(data, "postmaster.pid"), pidFile);
  await writeFile(join(data, ".s.PGSQL.5432.lock"), pidFile);
  const second = await home.open();
  expect(second.started).toBe("started");
  await second.close();
  expect(stranger.exitCode ?? stranger.signalCode).toBe(null);
});

test("processes that open at the same time all succeed, one makes the database, the last to close stops it", async () => {
  const openers = await Promise.all([home.openElsewhere(), home.openElsewhere(), home.openElsewhere()]);
  expect(openers.map((opener) => opener.opened.started).sort()).toEqual(["created", "joined", "joined"]);
  const server = await home.serverPid();
  for (const opener of openers) {
    expect(await home.serves(server)).toBe(true);
    await opener.close();
  }
  expect(await home.serves(server)).toBe(false);
});

test("an open that meets the stop of the last user starts the server again", async () => {
  await home.fill();
  let last = await home.open();
  for (let round = 0; round < 8; round++) {
    const closing = last.close();
    await sleep(round * 3);
    last = await home.open();
    await closing;
    expect(await sql(last.connection, "select 1")).toEqual([[1]]);
  }
  const server = await home.serverPid();
  await last.close();
  expect(await home.serves(server)).toBe(false);
});

test("closing while another holds the database leaves the server running", async () => {
  await home.fill();
  const [mine, theirs] = [await home.open(), await home.open()];
  expect(theirs.started).toBe("joined");
  await mine.close();
  expect(await sql(theirs.connection, "select 1")).toEqual([[1]]);
  const server = await home.serverPid();
  await theirs.close();
  await theirs.close();
  expect(await home.serves(server)).toBe(false);
});

test("what a killed initdb left is removed and the database is made anew", async () => {
  const { child } = home.launchElsewhere();
  const halfMade = () =>
    (existsSync(home.directory) ? readdirSync(home.directory) : []).filter((name) => name.startsWith("initdb-"));
  await expect.poll(halfMade, { timeout: 10_000, interval: 5 }).toHaveLength(1);
  await sleep(150);
  await killed(child);
  expect(existsSync(home.data)).toBe(false);
  expect(halfMade()).toHaveLength(1);
  const database = await home.open();
  expect(database.started).toBe("created");
  // What a dying initdb still wrote to is left for the next start.
  await database.close();
  await home.open();
  const left = readdirSync(home.directory).filter((name) => !name.startsWith("start-lock."));
  expect(left.sort()).toEqual(["data", "password", "server.log"]);
});

test("library links that npm did not make are made", async () => {
  const bare = join(suite.directory, "bare-package");
  await cp(suite.packageDirectory, bare, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/libpq\.so\.5$|libicu\w+\.so\.60$|libpq\.5\.dylib$/.test(path),
  });
  const database = await home.open({ packageDirectory: bare });
  expect(database.started).toBe("created");
});

test("a server that cannot start says so with the end of its log and leaves no process", async () => {
  await home.fill();
  await (await home.open()).close();
  const configuration = join(home.directory, "data", "postgresql.conf");
  await writeFile(configuration, `${await readFile(configuration, "utf8")}\nshared_buffers = 'plenty'\n`);
  const failing = home.open();
  await expect(failing).rejects.toThrow(
    /did not start on .*server\.log[\s\S]*invalid value for parameter "shared_buffers"/,
  );
  expect(existsSync(join(home.directory, "data", "postmaster.pid"))).toBe(false);
});

test("data of another PostgreSQL version is refused in one sentence", async () => {
  await home.fill();
  await (await home.open()).close();
  await writeFile(join(home.directory, "data", "PG_VERSION"), "17\n");
  await expect(home.open()).rejects.toThrow(/made by PostgreSQL 17 and this release brings 18/);
});

test("a lost password is named as the fault", async () => {
  await home.fill();
  const first = await home.open();
  await rm(join(home.directory, "password"));
  await expect(home.open()).rejects.toThrow(/password of the database in .* is gone/);
  await first.close();
});

test.skipIf(!asRoot)("under root the server runs as an ordinary account", async () => {
  const { dataDirectory } = await home.open();
  expect(statSync(dataDirectory).uid).not.toBe(0);
  expect(statSync(`/proc/${await home.serverPid()}`).uid).toBe(statSync(dataDirectory).uid);
  const environment = readFileSync(`/proc/${await home.serverPid()}/environ`, "utf8");
  expect(
    environment
      .split("\0")
      .filter(Boolean)
      .map((entry) => entry.split("=")[0])
      .sort(),
  ).toEqual([...["HOME", "LC_ALL", "PATH"]]);
});

test.skipIf(!asRoot)("under root a home that only root may enter works, and its data is found again", async () => {
  const sharedDirectory = await mkdtemp("/var/lib/orderseal-test-");
  await chmod(sharedDirectory, 0o755);
  const closed = join(suite.directory, "closed");
  await mkdir(closed, { mode: 0o700 });
  await cp(suite.packageDirectory, join(closed, "package"), { recursive: true, verbatimSymlinks: true });
  home.directory = join(closed, "database");
  const options = { sharedDirectory, packageDirectory: join(closed, "package") };
  // A busy machine may have to wait for a server that is starting, and says so.
  const said = (): readonly string[] => home.lines.filter((line) => !line.startsWith("PostgreSQL is recovering"));
  try {
    const first = await home.open(options);
    expect(first.dataDirectory.startsWith(join(sharedDirectory, "databases"))).toBe(true);
    expect(said()).toHaveLength(2);
    expect(home.lines[0]).toContain(`cannot enter ${home.directory}: the data is in ${dirname(first.dataDirectory)}`);
    expect(home.lines[1]).toContain(`Copying PostgreSQL to ${sharedDirectory}/postgres-18`);
    await sql(first.connection, "create table kept as select 4 as number");
    await first.close();
    await rename(closed, `${closed}-moved`);
    home.directory = join(`${closed}-moved`, "database");
    const second = await home.open({ ...options, packageDirectory: join(`${closed}-moved`, "package") });
    expect(second.started).toBe("started");
    expect(await sql(second.connection, "select number from kept")).toEqual([[4]]);
    expect(said()).toHaveLength(2);
    await second.close();
    await rm(home.directory, { recursive: true });
    const third = await home.open({ ...options, packageDirectory: join(`${closed}-moved`, "package") });
    expect(third.started).toBe("created");
    await third.close();
  } finally {
    await rm(sharedDirectory, { recursive: true, force: true });
  }
});

test.skipIf(!asRoot)("under root the data of an ordinary account is served as that account", async () => {
  const nobody = Number(execFileSync("id", ["-u", "nobody"], { encoding: "utf8" }));
  const group = Number(execFileSync("id", ["-g", "nobody"], { encoding: "utf8" }));
  execFileSync("install", ["-d", "-o", String(nobody), "-g", String(group), "-m", "700", home.directory]);
  const { dataDirectory } = await home.open();
  expect(statSync(dataDirectory).uid).toBe(nobody);
  expect(statSync(join(home.directory, "password")).uid).toBe(nobody);
});
