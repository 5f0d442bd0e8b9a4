import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, readEnvironment } from "../src/environment.ts";
import { startService } from "../src/serve.ts";
import type { OpenOptions, Services } from "../src/services.ts";
import { freePort } from "./free-port.ts";
import { createTestDatabase } from "./test-database.ts";
import { makeKey } from "./test-key.ts";
import { workerCheckingProcess, workerRenderers, workerSealArtist } from "./worker-renderers.ts";

export interface TestServer {
  readonly url: string;
  /** A machine's key. */
  readonly apiKey: string;
  readonly services: Services;
  /** Lines that the service printed: failures, mostly. */
  readonly printed: readonly string[];
  close(): Promise<void>;
}

/** Without a `clock` it lives by the system's. */
type TestServerChanges = Pick<OpenOptions, "clock" | "faults" | "patienceMs">;

/** A machine that is busy with other tests seals late, and it is for those of late seals to tell what is said then. */
const PATIENCE_MS = 20_000;

/**
 * The whole product in demo mode on a port of its own, with a database of its own and the demo's accounts; `settings`
 * are environment variables that an operator would set.
 */
export async function startTestServer(
  settings: Readonly<Record<string, string>> = {},
  changes: TestServerChanges = {},
): Promise<TestServer> {
  const [database, home, port] = await Promise.all([
    createTestDatabase(),
    mkdtemp(join(tmpdir(), "orderseal-server-")),
    freePort(),
  ]);
  const printed: string[] = [];
  const environment = testEnvironment({
    ORDERSEAL_HOME: home,
    ORDERSEAL_PORT: String(port),
    DATABASE_URL: database.url,
    ...settings,
  });
  const options = {
    openRenderers: workerRenderers,
    sealArtist: workerSealArtist(),
    checking: workerCheckingProcess(),
    patienceMs: PATIENCE_MS,
    ...changes,
  };
  const { services, stop } = await startService(environment, (line) => printed.push(line), options);
  const secret = await makeKey(services, "test");
  const close = async () => {
    await stop();
    await database.drop();
    await rm(home, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, apiKey: secret, services, printed, close };
}

/** Reads settings as a start does; in demo mode unless they say otherwise. */
export function testEnvironment(settings: Readonly<Record<string, string>>): Environment {
  const environment = readEnvironment({ ORDERSEAL_DEMO: "1", ...settings }, tmpdir());
  if (!environment.ok) throw new Error(environment.fault);
  return environment.value;
}
