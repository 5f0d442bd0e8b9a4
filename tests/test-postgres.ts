import { appendFile, chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedPostgres } from "../src/store/embedded/launcher.ts";

export interface TestPostgres {
  readonly url: string;
  close(): Promise<void>;
}

/** A real PostgreSQL: that of DATABASE_URL where it is set, or else the embedded one in a scratch directory. */
export async function openTestPostgres(): Promise<TestPostgres> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, close: async () => {} };
  const directory = await mkdtemp(join(tmpdir(), "orderseal-test-"));
  // Under root the server runs as another user; where that one cannot pass, its data would be put elsewhere.
  await chmod(directory, 0o711);
  const postgres = await openEmbeddedPostgres({ directory: join(directory, "database") });
  await forgetOnPowerCut(join(directory, "database", "data"));
  const { host, port, user, password, database } = postgres.connection;
  const url = `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  const close = async () => {
    await postgres.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { url, close };
}

/** The tests that end a database end one of their own; this one need not outlive a power cut, and is faster so. */
async function forgetOnPowerCut(data: string): Promise<void> {
  await appendFile(join(data, "postgresql.conf"), "\nfsync = off\nfull_page_writes = off\nautovacuum = off\n");
  const [postmaster = ""] = (await readFile(join(data, "postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(postmaster), "SIGHUP");
}
