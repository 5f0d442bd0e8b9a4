import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApiKey } from "../src/application/access.ts";
import { startService } from "../src/serve.ts";
import type { Services } from "../src/services.ts";
import { freePort } from "./free-port.ts";
import { createTestDatabase } from "./test-database.ts";

export interface TestServer {
  readonly url: string;
  /** A machine's key. */
  readonly apiKey: string;
  readonly services: Services;
  /** Lines that the service printed: failures, mostly. */
  readonly printed: readonly string[];
  close(): Promise<void>;
}

/** The whole product in demo mode on a port of its own, with a database of its own and the demo's accounts. */
export async function startTestServer(): Promise<TestServer> {
  const [database, home, port] = await Promise.all([
    createTestDatabase(),
    mkdtemp(join(tmpdir(), "orderseal-server-")),
    freePort(),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const printed: string[] = [];
  const environment = {
    home,
    host: "127.0.0.1",
    port,
    publicUrl: url,
    databaseUrl: database.url,
    objects: join(home, "objects"),
    timestampUrl: null,
    demo: true,
    isLocal: true,
  };
  const { services, stop } = await startService(environment, (line) => printed.push(line));
  const { secret } = await createApiKey(services, "test");
  const close = async () => {
    await stop();
    await database.drop();
    await rm(home, { recursive: true, force: true });
  };
  return { url, apiKey: secret, services, printed, close };
}
