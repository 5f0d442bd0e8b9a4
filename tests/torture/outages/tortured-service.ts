import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FaultPoints } from "../../../src/application/fault-points.ts";
import { readEnvironment } from "../../../src/environment.ts";
import { startService } from "../../../src/serve.ts";
import type { Services } from "../../../src/services.ts";
import { freePort } from "../../free-port.ts";
import { makeKey } from "../../test-key.ts";

/** The whole product in demo mode, to be ill-treated. */
export interface TorturedService {
  readonly url: string;
  /** ORDERSEAL_HOME. */
  readonly home: string;
  /** A machine's key. */
  readonly apiKey: string;
  readonly services: Services;
  /** Lines that it printed. */
  readonly printed: readonly string[];
  close(): Promise<void>;
}

interface Circumstances {
  /** Null: the embedded database, in a home of this service's own. */
  readonly databaseUrl: string | null;
  readonly timestampUrl?: string;
  readonly faults?: FaultPoints;
  /** Environment variables besides. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startTorturedService(circumstances: Circumstances): Promise<TorturedService> {
  const { databaseUrl, timestampUrl, faults, settings: more = {} } = circumstances;
  const [parent, port] = await Promise.all([mkdtemp(join(tmpdir(), "orderseal-outage-")), freePort()]);
  // Under root the embedded server runs as another user; where that one cannot pass, its data would be put elsewhere.
  await chmod(parent, 0o711);
  const home = join(parent, "home");
  const settings = {
    ORDERSEAL_DEMO: "1",
    ORDERSEAL_HOME: home,
    ORDERSEAL_PORT: String(port),
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    ...(timestampUrl === undefined ? {} : { ORDERSEAL_TSA_URL: timestampUrl }),
    ...more,
  };
  const environment = readEnvironment(settings, parent);
  if (!environment.ok) throw new Error(environment.fault);
  const printed: string[] = [];
  const options = { renderProcesses: 1, ...(faults && { faults }) };
  const { services, stop, url } = await startService(environment.value, (line) => printed.push(line), options);
  const secret = await makeKey(services, "torture");
  const close = async () => {
    await stop();
    await rm(parent, { recursive: true, force: true });
  };
  return { url, home, apiKey: secret, services, printed, close };
}
